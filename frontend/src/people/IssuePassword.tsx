import { useMutation } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { CopyButton } from "../ui/CopyButton";
import { ProblemNote } from "../ui/ProblemNote";

/** IssuePassword gives a person a temporary password and shows it once, with the login that it belongs to. */
export function IssuePassword({ person }: { person: number }) {
  const { t } = useTranslation();
  const shown = useRef<HTMLElement>(null);
  const issue = useMutation({ mutationFn: () => ask(api.POST("/people/{id}/password", { params: { path: { id: person } } })) });
  return (
    <div className="stack" style={{ paddingTop: 16, borderTop: "1px solid var(--line)" }}>
      <h3 style={{ fontSize: 15 }}>{t("people.temporary_password")}</h3>
      <p className="soft small">{t("people.temporary_password_text")}</p>
      {issue.isError && <ProblemNote error={issue.error} />}
      {issue.isSuccess && (
        <div className="note good" role="status">
          <dl className="facts">
            <dt>{t("people.login_name")}</dt><dd className="mono">{issue.data.login}</dd>
            <dt>{t("people.temporary_password")}</dt><dd><b ref={shown} className="mono" style={{ fontSize: 18, overflowWrap: "anywhere" }}>{issue.data.password}</b></dd>
          </dl>
          <CopyButton text={issue.data.password} label={t("people.copy_password")} shown={shown} />
          <span className="small">{t("people.shown_once", { count: issue.data.valid_for })}</span>
        </div>
      )}
      <div>
        <Popconfirm
          title={t("people.issue_confirm")}
          okText={t("people.issue_password")}
          cancelText={t("people.cancel")}
          getPopupContainer={(button) => button.parentElement ?? document.body}
          onConfirm={() => issue.mutate()}
        >
          <Button disabled={issue.isPending}>{t("people.issue_password")}</Button>
        </Popconfirm>
      </div>
    </div>
  );
}
