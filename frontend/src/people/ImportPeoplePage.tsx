import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
import type { PeopleImport } from "../api/views";
import { useDryRun } from "../ui/dryRun";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { DropZone } from "../ui/staff/DropZone";
import { LeftOut } from "../ui/staff/LeftOut";
import { Waiting } from "../ui/Waiting";
import { ImportRules } from "./ImportRules";
import { PeopleChanges } from "./PeopleChanges";

/** ImportPeoplePage reads a staff list: first what it would change, then the import. */
export default function ImportPeoplePage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const list = useDryRun(
    (f: File, dry_run) => ask(api.POST("/people/imports", asForm(f, { dry_run }))),
    () => client.invalidateQueries({ queryKey: ["people"] }),
  );
  const take = (f: File) => {
    setFile(f);
    list.look(f);
  };
  return (
    <Page dense title={t("people.import")} lead={t("people.import_lead")} back={{ to: "/hr/people", text: t("people.staff") }}>
      <section className="panel stack" aria-label={t("people.import")} style={{ maxWidth: 900 }}>
        <ImportRules />
        <DropZone label={t("people.file")} hint={t("people.file_hint")} accept=".csv,.xlsx,.txt,text/csv" file={file} onFile={take} />
        {(list.looking || list.acting) && <Waiting lines={3} />}
        {list.error && <ProblemNote error={list.error} />}
        {list.preview && !list.acting && (
          <>
            <Figures report={list.preview} />
            <div><Button type="primary" onClick={list.act}>{t("people.import_now", { count: list.preview.rows_read })}</Button></div>
          </>
        )}
        {list.result && (
          <>
            <div className="note good" role="status"><b>{t("people.imported")}</b><Link to="/hr/people">{t("people.to_staff")}</Link></div>
            <Figures report={list.result} />
          </>
        )}
      </section>
    </Page>
  );
}

function Figures({ report: r }: { report: PeopleImport }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="stack" style={{ gap: 8 }} role="status">
        <dl className="figures">
          <div><dt>{t("people.rows_read")}</dt><dd>{r.rows_read}</dd></div>
          <div><dt>{t("people.created")}</dt><dd>{r.created}</dd></div>
          <div><dt>{t("people.updated")}</dt><dd>{r.updated}</dd></div>
          <div><dt>{t("people.row_unchanged")}</dt><dd>{r.unchanged}</dd></div>
          <div><dt>{t("people.units_created")}</dt><dd>{r.units_created}</dd></div>
        </dl>
        <p className="small soft">{t("people.encoding", { encoding: r.encoding })}</p>
      </div>
      <LeftOut file={r} />
      <PeopleChanges report={r} />
    </>
  );
}
