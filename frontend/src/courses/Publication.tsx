import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, ask } from "../api/client";
import { hasOverAll, useMe } from "../app/me";
import { ConfirmWarnings } from "../ui/ConfirmWarnings";
import { confirming, useDryRun } from "../ui/dryRun";
import { jumpTo } from "../ui/jump";
import { ProblemNote } from "../ui/ProblemNote";
import { manuscriptsQuery } from "./manuscript";

interface Props { slug: string; saved: boolean; stuck: string[]; onChoose: (file: string) => void }

/** Publication checks what was written, publishes it as the next revision, or gives it up. */
export function Publication({ slug, saved, stuck, onChoose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayPublish = hasOverAll(useMe(), "author", "compliance");
  const [sure, setSure] = useState(false);
  const { preview, result, ...revision } = useDryRun(
    (_: void, dry_run, shown) => ask(api.POST("/manuscripts/{slug}/publication", { params: { path: { slug } }, body: { dry_run, ...confirming(shown) } })),
    () => Promise.all([client.invalidateQueries({ queryKey: ["courses"] }), client.invalidateQueries({ queryKey: manuscriptsQuery.queryKey, exact: true })]),
  );
  // What was checked is not what is written now.
  const { reset } = revision;
  const [confirmed, setConfirmed] = useState(false);
  const unconfirmed = !!preview && preview.warnings.length > 0 && !confirmed;
  useEffect(() => { if (!saved && !result) reset(); }, [saved]); // eslint-disable-line react-hooks/exhaustive-deps -- reset is another function each time, and what is published stays said
  const go = ({ file = "", line }: { file?: string; line?: number }) => {
    onChoose(file);
    jumpTo(() => (document.getElementById("file-name")?.textContent === file ? document.getElementById("text") : null), line);
  };
  const discard = useMutation({
    mutationFn: () => ask(api.DELETE("/manuscripts/{slug}", { params: { path: { slug } } })),
    onSuccess: async () => {
      await navigate("/officer/writing");
      client.removeQueries({ queryKey: ["manuscripts", slug] });
      await client.invalidateQueries({ queryKey: manuscriptsQuery.queryKey, exact: true });
    },
  });
  if (result) {
    return (
      <div className="note good" role="status">
        <b>{t("courses.published", { title: result.title, n: result.revision })}</b>
        <Link to={`/courses/${slug}`}>{t("courses.see_course")}</Link>
      </div>
    );
  }
  return (
    <section className="panel stack" aria-labelledby="publication">
      <h2 id="publication">{t("courses.publish")}</h2>
      <div className="row">
        <Button disabled={!saved || revision.looking} onClick={() => { setConfirmed(false); revision.look(); }}>{t("courses.check_all")}</Button>
        {mayPublish && (
          <Button type="primary" disabled={!saved || !preview || preview.unchanged || unconfirmed || revision.acting} onClick={revision.act}>
            {preview ? t("courses.publish_revision", { n: preview.revision }) : t("courses.publish")}
          </Button>
        )}
        {sure ? (
          <>
            <Button danger disabled={discard.isPending} onClick={() => discard.mutate()}>{t("courses.discard_sure")}</Button>
            <Button onClick={() => setSure(false)}>{t("courses.keep_writing")}</Button>
          </>
        ) : <Button onClick={() => setSure(true)}>{t("courses.discard")}</Button>}
      </div>
      {!mayPublish && <p className="soft">{t("app.institution_only")}</p>}
      {mayPublish && saved && !preview && <p className="small soft">{t("courses.check_first")}</p>}
      {mayPublish && saved && unconfirmed && <p className="small soft">{t("app.confirm_warnings_first")}</p>}
      {stuck.length > 0 && (
        <div className="note warn" role="status">
          <span>{t("courses.unsaved_files")}</span>
          <ul role="list" className="row">{stuck.map((file) => <li key={file}><button type="button" className="link-button mono" onClick={() => onChoose(file)}>{file}</button></li>)}</ul>
        </div>
      )}
      {(revision.error ?? discard.error) && <ProblemNote error={revision.error ?? discard.error} />}
      {saved && preview && (
        <div className="stack">
          {preview.unchanged ? <p className="note" role="status"><b>{t("courses.unchanged", { n: preview.revision })}</b></p> : <ConfirmWarnings fine={t("courses.check_ok")} warnings={preview.warnings} onGo={go} confirmed={confirmed} onConfirm={setConfirmed} />}
        </div>
      )}
    </section>
  );
}
