import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { api, ask, asForm } from "../api/client";
import { FaultTable } from "../ui/FaultTable";
import { ProblemNote } from "../ui/ProblemNote";

/** TextFile takes a text out of a Markdown, plain or Word file, read by the server in whatever encoding it is. */
export function TextFile({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const read = useMutation({
    mutationFn: (file: File) => ask(api.POST("/policy-texts", asForm(file, { dry_run: true }))),
    onSuccess: (answer) => onText(answer.text),
  });
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div className="file-line">
        <label className="button-link quiet" htmlFor={id}>{t("policies.text_from_file")}</label>
        <input id={id} type="file" className="hidden-text" accept=".md,.markdown,.txt,.docx" onChange={(e) => { const file = e.target.files?.[0]; if (file) read.mutate(file); e.target.value = ""; }} />
        <span className="small soft" role="status">{read.isSuccess ? t("policies.text_read", { encoding: read.data.encoding }) : t("policies.text_file_hint")}</span>
      </div>
      {read.data && read.data.warnings.length > 0 && <div className="note warn small"><FaultTable faults={read.data.warnings} warning /></div>}
      {read.isError && <ProblemNote error={read.error} />}
    </div>
  );
}
