import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { useDryRun } from "../ui/dryRun";
import { ProblemNote } from "../ui/ProblemNote";
import { UnitSelect } from "../ui/staff/UnitSelect";

/** AskForm asks a unit to acknowledge a version, after showing how many people that is. */
export function AskForm({ code, n }: { code: string; n: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [unit, setUnit] = useState<string>();
  const [due, setDue] = useState("");
  const { preview, result, ...request } = useDryRun(
    (_: void, dry_run) => ask(api.POST("/policies/{code}/versions/{n}/requests", {
      params: { path: { code, n } },
      body: { unit_code: unit ?? "", ...(due && { due_on: due }), dry_run },
    })),
    () => client.invalidateQueries({ queryKey: ["policies"] }),
  );
  return (
    <section className="panel stack" aria-labelledby="ask">
      <h2 id="ask">{t("policies.ask")}</h2>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <div className="field">
          <label htmlFor="ask-unit">{t("policies.unit")}</label>
          <UnitSelect id="ask-unit" width={280} value={unit} placeholder={t("policies.choose_unit")} onChange={(v) => { setUnit(v); request.reset(); }} />
        </div>
        <div className="field">
          <label htmlFor="ask-due">{t("policies.due_date")}</label>
          <input id="ask-due" type="date" className="native-input" value={due} onChange={(e) => { setDue(e.target.value); request.reset(); }} />
        </div>
        <Button disabled={!unit || request.looking} onClick={() => request.look()}>{t("policies.preview")}</Button>
        <Button type="primary" disabled={!preview || preview.asked === 0 || request.acting} onClick={request.act}>{t("policies.ask_now")}</Button>
      </div>
      {request.error && <ProblemNote error={request.error} />}
      {preview && (
        <p className="note" role="status">{t("policies.would_ask", { asked: preview.asked, already: preview.already_asked, acknowledged: preview.already_acknowledged })}</p>
      )}
      {result && <p className="note good" role="status">{t("policies.has_asked", { count: result.asked })}</p>}
    </section>
  );
}
