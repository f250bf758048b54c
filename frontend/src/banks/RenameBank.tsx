import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, type InputRef } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { banksQuery } from "../api/queries";
import type { Bank, Texts } from "../api/views";
import { locales } from "../i18n";
import type { Stored } from "../ui/edited/EditedText";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";
import { ProblemNote } from "../ui/ProblemNote";

const asStored = (bank: Bank): Stored<Texts> => ({ edition: bank.edition, editor: "", value: bank.names });

/** RenameBank gives a bank another name, in each language. */
export function RenameBank({ bank }: { bank: Bank }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const newest = async () => {
    const { items } = await client.fetchQuery({ ...banksQuery, staleTime: 0 });
    return asStored(items.find((b) => b.code === bank.code) ?? bank);
  };
  const names = useEdited<Texts>({
    name: `bank/${bank.code}/names`,
    stored: useMemo(() => asStored(bank), [bank]),
    sample: {},
    home: {
      save: async (value, edition) => {
        // A language that is left out stays: one that was emptied is sent empty.
        const sent = Object.fromEntries(locales.map((l) => [l.code, value[l.code]?.trim() ?? ""]));
        await ask(api.PATCH("/banks/{code}", { params: { path: { code: bank.code } }, body: { edition, names: sent } }));
        return newest();
      },
      newest,
      refusal: "quizzes.bank_changed",
    },
  });
  const first = useRef<InputRef>(null);
  const begin = () => {
    setOpen(true);
    requestAnimationFrame(() => first.current?.focus());
  };
  const close = () => {
    names.discard();
    setOpen(false);
  };
  const save = async () => {
    if (await names.save()) setOpen(false);
  };
  if (!open && !names.unsaved) return <Button size="small" onClick={begin}>{t("banks.rename")}</Button>;
  return (
    <form className="panel stack bank-form" aria-label={t("banks.rename")} style={{ maxWidth: 620 }} onSubmit={(e) => { e.preventDefault(); void save(); }}>
      {locales.map((l) => (
        <div key={l.code} className="field">
          <label htmlFor={`bank-name-${l.code}`}>{t("banks.name")} · <span lang={l.code}>{l.name}</span></label>
          <Input ref={l === locales[0] ? first : undefined} id={`bank-name-${l.code}`} lang={l.code} maxLength={200} value={names.value[l.code] ?? ""} onChange={(e) => names.write({ ...names.value, [l.code]: e.target.value })} />
        </div>
      ))}
      <Unsettled edited={names} show={(v) => locales.map((l) => v[l.code]).filter(Boolean).join("\n")} />
      {names.state === "failed" && <ProblemNote error={names.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" disabled={!["changed", "failed"].includes(names.state) || Object.values(names.value).every((n) => !n.trim())}>{t("banks.rename_save")}</Button>
        <Button onClick={close}>{t("banks.cancel")}</Button>
      </div>
    </form>
  );
}
