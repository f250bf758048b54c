import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import { draftQuery } from "../api/queries";
import { Problem } from "../api/problem";
import type { PolicyDraft } from "../api/views";
import { hasOverAll, useMe } from "../app/me";
import { ConfirmWarnings } from "../ui/ConfirmWarnings";
import { confirming } from "../ui/dryRun";
import { jumpToLanguage } from "../ui/jump";
import { ProblemNote } from "../ui/ProblemNote";
import { useTime } from "../ui/time";
import { isOvertaken } from "./draft";
import { PublishDraft } from "./PublishDraft";
import { ReviewDraft } from "./ReviewDraft";

/** Decision is the next step of a draft, for whoever may take it. */
export function Decision({ draft: d }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const client = useQueryClient();
  const [confirmed, setConfirmed] = useState(false);
  const [sure, setSure] = useState(false);
  const warnings = d.warnings ?? [];
  const unconfirmed = warnings.length > 0 && !confirmed;
  const at = { params: { path: { id: d.id } } };
  const edition = { edition: d.edition };
  const step = useMutation({
    mutationFn: (take: () => Promise<PolicyDraft>) => take(),
    onSuccess: async (next) => {
      client.setQueryData(draftQuery(next.id).queryKey, next);
      await Promise.all([client.invalidateQueries({ queryKey: ["policy-drafts"] }), client.invalidateQueries({ queryKey: ["policies"] })]);
    },
    onError: (error) => error instanceof Problem && error.code === "policies.newer_version" && client.invalidateQueries({ queryKey: draftQuery(d.id).queryKey, exact: true }),
  });
  const overtaken = isOvertaken(d);
  const officer = hasOverAll(me, "compliance");
  const button = (text: string, take: () => Promise<PolicyDraft>, primary = false, disabled = false) => (
    <Button type={primary ? "primary" : "default"} disabled={disabled || step.isPending} onClick={() => step.mutate(take)}>{text}</Button>
  );
  const withdraw = d.writable && button(t("policies.withdraw"), () => ask(api.POST("/policy-drafts/{id}/withdrawal", { ...at, body: edition })));
  return (
    <section className="panel stack" aria-labelledby="decision">
      <h2 id="decision" style={{ fontSize: 17 }}>{t("policies.next_step")}</h2>
      {d.note && <p className="note"><b>{t("policies.note_of_reviewer")}</b><span>{d.note}</span></p>}
      {overtaken && <p className="note warn">{t("policies.overtaken", { n: d.newest })}</p>}
      {step.isError && <ProblemNote error={step.error} />}
      {d.state === "draft" && (
        <>
          <p className="soft">{t(d.writable ? "policies.submit_text" : "policies.other_unit_text")}</p>
          {d.writable && <ConfirmWarnings warnings={warnings} confirmed={confirmed} onConfirm={setConfirmed} onGo={({ file = "", line }) => jumpToLanguage(`texts-${file}`, file, line)} />}
          {d.writable && (
            <div className="row">
              {button(t("policies.submit_draft"), () => ask(api.POST("/policy-drafts/{id}/submission", { ...at, body: { ...edition, ...confirming(d) } })), true, overtaken || unconfirmed)}
              {withdraw}
              {unconfirmed && <span className="small soft">{t("app.confirm_warnings_first")}</span>}
            </div>
          )}
        </>
      )}
      {d.state === "in_review" && !officer && <p className="soft">{t("policies.waits_for_approval")}</p>}
      {d.state === "in_review" && officer && d.mine && (
        <>
          <p className="note">{t("policies.own_draft_text", { names: d.editors.join("、") })}</p>
          <div className="row">{withdraw}</div>
        </>
      )}
      {d.state === "in_review" && officer && !d.mine && (
        <ReviewDraft draft={d} mayApprove={!overtaken} pending={step.isPending}
          onApprove={(material, note, sent) => step.mutate(() => ask(api.POST("/policy-drafts/{id}/approval", { ...at, body: { ...edition, material, note } })), { onSuccess: sent })}
          onReturn={(reason, sent) => step.mutate(() => ask(api.POST("/policy-drafts/{id}/return", { ...at, body: { ...edition, reason } })), { onSuccess: sent })} />
      )}
      {d.state === "approved" && (
        <>
          <p>{d.approved_at ? t("policies.approved_at", { name: d.approver, time: time.instant(d.approved_at) }) : t("policies.approved_by", { name: d.approver })} · <b>{t(d.material ? "policies.material" : "policies.editorial")}</b></p>
          {officer && sure && !overtaken && (
            <PublishDraft draft={d} pending={step.isPending} onNo={() => setSure(false)}
              onYes={() => step.mutate(() => ask(api.POST("/policy-drafts/{id}/publication", { ...at, body: edition })))} />
          )}
          {officer && (!sure || overtaken) && (
            <div className="row">
              <Button type="primary" disabled={overtaken || step.isPending} onClick={() => setSure(true)}>{t("policies.publish")}</Button>
              {withdraw}
            </div>
          )}
        </>
      )}
      {d.state === "published" && (
        <div className="note good" role="status">
          <b>{t("policies.published", { code: d.code, n: d.number })}</b>
          <span>{t("policies.approved_by", { name: d.approver })} · {t(d.material ? "policies.material" : "policies.editorial")}</span>
          <span className="row">
            <Link to={`/policies/${d.code}/versions/${d.number}`}>{t("policies.see_version")}</Link>
            {d.material && <Link to={`/officer/acknowledgements?policy=${d.code}&version=${d.number}`}>{t("policies.ask_next")}</Link>}
          </span>
        </div>
      )}
      {d.state === "withdrawn" && <p className="soft">{t("policies.withdrawn_text")}</p>}
    </section>
  );
}
