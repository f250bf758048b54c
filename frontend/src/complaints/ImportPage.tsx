import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
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
  const send = (f: File, p: string, dry_run: boolean) => ask(api.POST("/complaints/imports", asForm(f, { dry_run, profile: p })));
  const check = useMutation({ mutationFn: (v: { f: File; p: string }) => send(v.f, v.p, true) });
  const run = useMutation({
    mutationFn: (v: { f: File; p: string }) => send(v.f, v.p, false),
    onSuccess: () => client.invalidateQueries({ queryKey: ["complaints"] }),
  });
  const look = (f: File | null, p: string) => {
    setFile(f);
    setProfile(p);
    run.reset();
    if (f) check.mutate({ f, p });
    else check.reset();
  };
  const step = run.isSuccess ? 3 : check.isSuccess ? 2 : 1;
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
        {(check.isPending || run.isPending) && <Waiting lines={5} />}
        {check.isError && <ProblemNote error={check.error} />}
        {run.isError && <ProblemNote error={run.error} />}
        {check.isSuccess && !run.isSuccess && !run.isPending && (
          <>
            <ImportReport report={check.data} />
            <div className="row">
              <Button type="primary" size="large" disabled={!file || check.data.accepted === 0} onClick={() => file && run.mutate({ f: file, p: profile })}>
                {t("complaints.import_now", { count: check.data.accepted })}
              </Button>
              <span className="soft small">{t("complaints.all_or_nothing")}</span>
            </div>
          </>
        )}
        {run.isSuccess && (
          <>
            <div className="note good" role="status">
              <b>{t("complaints.imported", { created: run.data.created, updated: run.data.updated, unchanged: run.data.unchanged })}</b>
              <Link to="/desk/complaints">{t("complaints.to_list")}</Link>
            </div>
            <ImportReport report={run.data} />
          </>
        )}
      </div>
    </Page>
  );
}
