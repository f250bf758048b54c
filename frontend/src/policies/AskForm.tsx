import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { ProblemNote } from "../ui/ProblemNote";
import { UnitSelect } from "../ui/staff/UnitSelect";

/** AskForm asks a unit to acknowledge a version, after showing how many people that is. */
export function AskForm({ code, n }: { code: string; n: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [unit, setUnit] = useState<string>();
  const [due, setDue] = useState("");
  const send = (dry_run: boolean) =>
    ask(api.POST("/policies/{code}/versions/{n}/requests", {
      params: { path: { code, n } },
      body: { unit_code: unit ?? "", ...(due && { due_on: due }), dry_run },
    }));
  const check = useMutation({ mutationFn: () => send(true) });
  const request = useMutation({ mutationFn: () => send(false), onSuccess: () => client.invalidateQueries({ queryKey: ["policies"] }) });
  const stale = () => {
    check.reset();
    request.reset();
  };
  return (
    <section className="panel stack" aria-labelledby="ask">
      <h2 id="ask">{t("policies.ask")}</h2>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <div className="field">
          <label htmlFor="ask-unit">{t("policies.unit")}</label>
          <UnitSelect id="ask-unit" width={280} value={unit} placeholder={t("policies.choose_unit")} onChange={(v) => { setUnit(v); stale(); }} />
        </div>
        <div className="field">
          <label htmlFor="ask-due">{t("policies.due_date")}</label>
          <input id="ask-due" type="date" className="native-input" value={due} onChange={(e) => { setDue(e.target.value); stale(); }} />
        </div>
        <Button disabled={!unit || check.isPending} onClick={() => check.mutate()}>{t("policies.preview")}</Button>
        <Button type="primary" disabled={!check.isSuccess || check.data.asked === 0 || request.isPending || request.isSuccess} onClick={() => request.mutate()}>{t("policies.ask_now")}</Button>
      </div>
      {(check.isError || request.isError) && <ProblemNote error={check.error ?? request.error} />}
      {check.isSuccess && !request.isSuccess && (
        <p className="note" role="status">{t("policies.would_ask", { asked: check.data.asked, already: check.data.already_asked, acknowledged: check.data.already_acknowledged })}</p>
      )}
      {request.isSuccess && <p className="note good" role="status">{t("policies.has_asked", { count: request.data.asked })}</p>}
    </section>
  );
}
