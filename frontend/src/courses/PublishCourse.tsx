import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
import type { PublishedCourse } from "../api/views";
import { ConfirmWarnings } from "../ui/ConfirmWarnings";
import { confirming, useDryRun } from "../ui/dryRun";
import { ProblemNote } from "../ui/ProblemNote";
import { DropZone } from "../ui/staff/DropZone";
import { Waiting } from "../ui/Waiting";

/** PublishCourse takes a zipped course folder, shows what it would become, and publishes it. */
export function PublishCourse() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const folder = useDryRun(
    (f: File, dry_run, shown) => ask(api.POST("/courses", asForm(f, { dry_run, ...confirming(shown) }))),
    () => client.invalidateQueries({ queryKey: ["courses"] }),
  );
  const [confirmed, setConfirmed] = useState(false);
  const take = (f: File) => {
    setFile(f);
    setConfirmed(false);
    folder.look(f);
  };
  return (
    <section className="panel stack" aria-labelledby="publish">
      <h2 id="publish">{t("courses.publish")}</h2>
      <DropZone label={t("courses.zip")} hint={t("courses.zip_hint")} accept=".zip,application/zip" file={file} onFile={take} />
      {(folder.looking || folder.acting) && <Waiting lines={3} />}
      {folder.error && <ProblemNote error={folder.error} />}
      {folder.preview && (
        <>
          <Preview course={folder.preview} />
          <ConfirmWarnings warnings={folder.preview.warnings} confirmed={confirmed} onConfirm={setConfirmed} />
          {!folder.preview.unchanged && (
            <div>
              <Button type="primary" disabled={folder.acting || (folder.preview.warnings.length > 0 && !confirmed)} onClick={folder.act}>
                {t("courses.publish_revision", { n: folder.preview.revision })}
              </Button>
            </div>
          )}
        </>
      )}
      {folder.result && (
        <div className="note good" role="status">
          <b>{t("courses.published", { title: folder.result.title, n: folder.result.revision })}</b>
          <Link to={`/courses/${folder.result.slug}`}>{t("courses.see_course")}</Link>
        </div>
      )}
    </section>
  );
}

function Preview({ course: c }: { course: PublishedCourse }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status">
      {c.unchanged && <p className="note"><b>{t("courses.unchanged", { n: c.revision })}</b></p>}
      {!c.unchanged && c.warnings.length === 0 && <p className="note good"><b>{t("courses.check_ok")}</b></p>}
      <dl className="facts">
        <dt>{t("courses.course")}</dt><dd>{c.title} <span className="mono soft">{c.slug}</span></dd>
        <dt>{t("courses.revision")}</dt><dd>{c.revision}</dd>
        <dt>{t("courses.lessons_title")}</dt><dd>{c.lessons}</dd>
        <dt>{t("courses.quiz_items")}</dt><dd>{c.items}</dd>
        <dt>{t("courses.languages")}</dt><dd>{c.languages.join(", ")}</dd>
        <dt>SHA-256</dt><dd className="mono" style={{ overflowWrap: "anywhere" }}>{c.sha256}</dd>
      </dl>
    </div>
  );
}
