import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
import type { PublishedCourse } from "../api/views";
import { FaultTable } from "../ui/FaultTable";
import { ProblemNote } from "../ui/ProblemNote";
import { DropZone } from "../ui/staff/DropZone";
import { Waiting } from "../ui/Waiting";

/** PublishCourse takes a zipped course folder, shows what it would become, and publishes it. */
export function PublishCourse() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const upload = (f: File, dry_run: boolean) => ask(api.POST("/courses", asForm(f, { dry_run })));
  const check = useMutation({ mutationFn: (f: File) => upload(f, true) });
  const publish = useMutation({
    mutationFn: (f: File) => upload(f, false),
    onSuccess: () => client.invalidateQueries({ queryKey: ["courses"] }),
  });
  const take = (f: File) => {
    setFile(f);
    publish.reset();
    check.mutate(f);
  };
  return (
    <section className="panel stack" aria-labelledby="publish">
      <h2 id="publish">{t("courses.publish")}</h2>
      <DropZone label={t("courses.zip")} hint={t("courses.zip_hint")} accept=".zip,application/zip" file={file} onFile={take} />
      {(check.isPending || publish.isPending) && <Waiting lines={3} />}
      {check.isError && <ProblemNote error={check.error} />}
      {check.isSuccess && !publish.isSuccess && (
        <>
          <Preview course={check.data} />
          {publish.isError && <ProblemNote error={publish.error} />}
          {!check.data.unchanged && (
            <div>
              <Button type="primary" disabled={!file || publish.isPending} onClick={() => file && publish.mutate(file)}>
                {t("courses.publish_revision", { n: check.data.revision })}
              </Button>
            </div>
          )}
        </>
      )}
      {publish.isSuccess && (
        <div className="note good" role="status">
          <b>{t("courses.published", { title: publish.data.title, n: publish.data.revision })}</b>
          <Link to={`/courses/${publish.data.slug}`}>{t("courses.see_course")}</Link>
        </div>
      )}
    </section>
  );
}

function Preview({ course: c }: { course: PublishedCourse }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status">
      <p className={c.unchanged ? "note" : "note good"}>
        <b>{c.unchanged ? t("courses.unchanged", { n: c.revision }) : t("courses.check_ok")}</b>
      </p>
      <dl className="facts">
        <dt>{t("courses.course")}</dt><dd>{c.title} <span className="mono soft">{c.slug}</span></dd>
        <dt>{t("courses.revision")}</dt><dd>{c.revision}</dd>
        <dt>{t("courses.lessons_title")}</dt><dd>{c.lessons}</dd>
        <dt>{t("courses.quiz_items")}</dt><dd>{c.items}</dd>
        <dt>{t("courses.languages")}</dt><dd>{c.languages.join(", ")}</dd>
        <dt>SHA-256</dt><dd className="mono" style={{ overflowWrap: "anywhere" }}>{c.sha256}</dd>
      </dl>
      {c.warnings.length > 0 && (
        <>
          <p className="note warn">{t("courses.warnings")}</p>
          <FaultTable faults={c.warnings} />
        </>
      )}
    </div>
  );
}
