import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Bank } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { levels, states } from "./words";

type Change = { state?: (typeof states)[number]; category?: string; add_tags?: string[]; remove_tags?: string[]; difficulty?: number };

/** Refile files the chosen questions anew: state, category, tags and difficulty, each by itself. */
export function Refile({ bank, chosen, onDone }: { bank: Bank; chosen: number[]; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const file = useMutation({
    mutationFn: (change: Change) => ask(api.PUT("/banks/{code}/filing", { params: { path: { code: bank.code } }, body: { items: chosen, ...change } })),
    onSuccess: async () => {
      setText("");
      onDone();
      await client.invalidateQueries({ queryKey: ["banks"] });
    },
  });
  const words = text.trim();
  return (
    <section className="panel stack refile" aria-label={t("banks.refile")} hidden={chosen.length === 0}>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <b role="status">{t("banks.chosen", { count: chosen.length })}</b>
        {states.map((state) => <Button key={state} disabled={file.isPending} onClick={() => file.mutate({ state })}>{t(`banks.make_${state}`)}</Button>)}
        <Choice label={t("banks.difficulty")} any={t("banks.choose")} value={undefined} options={[...levels.map((l) => ({ value: l, label: l })), { value: "0", label: t("banks.not_said") }]}
          onChoose={(v) => v !== undefined && file.mutate({ difficulty: Number(v) })} />
      </div>
      {!bank.course_slug && (
        <div className="row" style={{ alignItems: "flex-end" }}>
          <div className="field">
            <label htmlFor="refile-text" className="label">{t("banks.category_or_tag")}</label>
            <Input id="refile-text" maxLength={200} style={{ width: 260, maxWidth: "100%" }} value={text} onChange={(e) => setText(e.target.value)} />
          </div>
          <Button disabled={file.isPending} onClick={() => file.mutate({ category: words })}>{t(words ? "banks.set_category" : "banks.clear_category")}</Button>
          <Button disabled={!words || file.isPending} onClick={() => file.mutate({ add_tags: [words] })}>{t("banks.add_tag")}</Button>
          <Button disabled={!words || file.isPending} onClick={() => file.mutate({ remove_tags: [words] })}>{t("banks.remove_tag")}</Button>
        </div>
      )}
      {file.isError && <ProblemNote error={file.error} />}
    </section>
  );
}
