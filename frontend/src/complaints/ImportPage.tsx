import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
import { useDryRun } from "../ui/dryRun";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { DropZone } from "../ui/staff/DropZone";
import { Waiting } from "../ui/Waiting";
import { ImportReport } from "./ImportReport";
import { ProfileColumns } from "./ProfileColumns";

/** ImportPage reads a file of complaint facts: first what it would do, then the import. */
export default function ImportPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const profiles = useQuery({ queryKey: ["complaint-profiles"], queryFn: () => ask(api.GET("/complaint-profiles")), staleTime: 300_000 });
  const [profile, setProfile] = useState("anwen");
  const [file, setFile] = useState<File | null>(null);
  const facts = useDryRun(
    (v: { f: File; p: string }, dry_run) => ask(api.POST("/complaints/imports", asForm(v.f, { dry_run, profile: v.p }))),
    () => client.invalidateQueries({ queryKey: ["complaints"] }),
  );
  const look = (f: File | null, p: string) => {
    setFile(f);
    setProfile(p);
    if (f) facts.look({ f, p });
    else facts.reset();
  };
  const step = facts.result ? 3 : facts.preview ? 2 : 1;
  return (
    <Page dense title={t("complaints.import")} lead={t("complaints.import_lead")}>
      <ol className="steps" aria-label={t("complaints.steps")}>
        {([1, 2, 3] as const).map((n) => <li key={n} aria-current={n === step ? "step" : undefined}>{t(`complaints.step_${n}`)}</li>)}
      </ol>
      <div className="stack loose">
        <Loaded query={profiles} lines={2}>
          {({ items }) => (
            <section className="panel stack" aria-label={t("complaints.step_1")}>
              <Choice label={t("complaints.profile")} value={profile} options={items.map((p) => ({ value: p.code, label: p.title }))} onChoose={(p) => p && look(file, p)} />
              <DropZone label={t("complaints.file")} hint={t("complaints.file_hint")} accept=".csv,.xlsx,.txt,text/csv" file={file} onFile={(f) => look(f, profile)} />
              <ProfileColumns profile={items.find((p) => p.code === profile)} />
            </section>
          )}
        </Loaded>
        {(facts.looking || facts.acting) && <Waiting lines={5} />}
        {facts.error && <ProblemNote error={facts.error} />}
        {facts.preview && !facts.acting && (
          <>
            <ImportReport report={facts.preview} />
            <div className="row">
              <Button type="primary" size="large" disabled={facts.preview.accepted === 0} onClick={facts.act}>
                {t("complaints.import_now", { count: facts.preview.accepted })}
              </Button>
              <span className="soft small">{t("complaints.all_or_nothing")}</span>
            </div>
          </>
        )}
        {facts.result && (
          <>
            <div className="note good" role="status">
              <b>{t("complaints.imported", { created: facts.result.created, updated: facts.result.updated, unchanged: facts.result.unchanged })}</b>
              <Link to="/desk/complaints">{t("complaints.to_list")}</Link>
            </div>
            <ImportReport report={facts.result} />
          </>
        )}
      </div>
    </Page>
  );
}
