import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { today } from "../ui/time";

/** Repeal proposes to end a policy from a date on; it stays folded away until somebody means it. */
export function Repeal({ code, newest }: { code: string; newest: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [from, setFrom] = useState(today());
  const why = useUnsent(`repeal/${code}`, "");
  const reason = why.value;
  const repeal = useMutation({
    mutationFn: () => ask(api.POST("/policies/{code}/repeal", { params: { path: { code } }, body: { effective_from: from, reason, newest } })),
    onSuccess: () => why.sent(),
    onSettled: () => client.invalidateQueries({ queryKey: ["policies"] }),
  });
  return (
    <details className="no-print" open={why.foundFrom !== undefined || undefined}>
      <summary>{t("policies.propose_repeal")}</summary>
      <div className="panel stack" style={{ marginTop: 10, maxWidth: 620 }}>
        <p className="soft">{t("policies.repeal_text")} {t("policies.repeal_two_people")}</p>
        <div className="field">
          <label htmlFor="repeal-from">{t("policies.repeal_from")}</label>
          <input id="repeal-from" type="date" className="native-input" style={{ maxWidth: 220 }} value={from} onChange={(e) => setFrom(e.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="repeal-reason">{t("policies.repeal_reason")}</label>
          <Input.TextArea id="repeal-reason" rows={2} maxLength={2000} value={reason} onChange={(e) => why.write(e.target.value)} />
        </div>
        <Unsettled edited={why} show={(words) => words} />
        {repeal.isError && <ProblemNote error={repeal.error} />}
        <div><Button danger disabled={!from || !reason.trim() || repeal.isPending} onClick={() => repeal.mutate()}>{t("policies.propose_repeal")}</Button></div>
      </div>
    </details>
  );
}
