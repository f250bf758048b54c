import { useMutation } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { ProblemNote } from "../ui/ProblemNote";

/** IssuePassword gives a person a temporary password and shows it once. */
export function IssuePassword({ person }: { person: number }) {
  const { t } = useTranslation();
  const issue = useMutation({ mutationFn: () => ask(api.POST("/people/{id}/password", { params: { path: { id: person } } })) });
  return (
    <div className="stack" style={{ paddingTop: 16, borderTop: "1px solid var(--line)" }}>
      <h3 style={{ fontSize: 15 }}>{t("people.temporary_password")}</h3>
      <p className="soft small">{t("people.temporary_password_text")}</p>
      {issue.isError && <ProblemNote error={issue.error} />}
      {issue.isSuccess && (
        <div className="note good" role="status">
          <b className="mono" style={{ fontSize: 18 }}>{issue.data.password}</b>
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
