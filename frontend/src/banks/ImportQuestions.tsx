import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type ClipboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, asForm } from "../api/client";
import { Problem } from "../api/problem";
import type { BankImport, Locale } from "../api/views";
import { localeNow, locales } from "../i18n";
import { standing, useDryRun } from "../ui/dryRun";
import type { Stored } from "../ui/edited/EditedText";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";
import { jumpTo } from "../ui/jump";
import { pastedImage } from "../ui/pasted";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { DropZone } from "../ui/staff/DropZone";
import { ReadQuestions } from "./ReadQuestions";

const rest = 500; // ms after the last key until the text is read again

/** Source is the text of questions and its language; without one it is that of the reader. */
export type Source = Stored<{ text: string; locale: string }>;

interface Props { code: string; item?: number; stored: Source; onDone: (result: BankImport) => void }

/** ImportQuestions reads questions out of a file or a pasted text, beside which it shows what was read, until all of it is right. */
export function ImportQuestions({ code, item = 0, stored, onDone }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [chosen, setLocale] = useState<Locale>();
  const [last, setLast] = useState<BankImport>();
  const [file, setFile] = useState<File | null>(null);
  const [overNewer, setOverNewer] = useState(false); // older texts over newer versions, as was confirmed
  const area = useRef<TextAreaRef>(null);
  const source = useEdited({ name: item > 0 ? `questions/${code}/${item}` : `questions/${code}`, stored });
  const { text } = source.value;
  const locale = chosen ?? locales.find((l) => l.code === source.value.locale)?.code ?? localeNow();
  const keep = (words: string, language: Locale) => source.write({ text: words, locale: words === "" ? "" : language });
  // A text goes into the editor, where it can be corrected; a workbook or a package stays a file.
  const questions = useDryRun(
    async (v: { file: File | null; text: string; locale: Locale }, dry_run, shown) => {
      const params = { path: { code } };
      const opened = item > 0 ? { item, item_version: source.edition } : {};
      const seen = await (v.file
        ? ask(api.POST("/banks/{code}/files", { params: { ...params, query: { locale: v.locale } }, ...asForm(v.file, { dry_run, ...standing(shown) }) }))
        : ask(api.POST("/banks/{code}/imports", { params, body: { text: v.text, locale: v.locale, dry_run, ...standing(shown), ...opened } })));
      if (!dry_run) return seen;
      setLast(seen);
      if (v.file) {
        setFile(seen.text === null ? v.file : null);
        if (seen.text !== null) keep(seen.text, v.locale);
      }
      return seen;
    },
    async (seen) => {
      if (!file) source.forget(stored);
      onDone(seen);
      await client.invalidateQueries({ queryKey: ["banks"] });
    },
  );
  const read = useEffectEvent(() => questions.look({ file: null, text, locale }));
  useEffect(() => {
    if (file || text.trim() === "") return;
    const timer = setTimeout(() => read(), rest);
    return () => clearTimeout(timer);
  }, [text, locale, file]);
  const again = () => {
    questions.reset();
    setOverNewer(false);
  };
  const write = (next: string) => {
    again();
    keep(next, locale);
  };
  const choose = (l: Locale) => {
    again();
    setLocale(l);
    if (file) questions.look({ file, text: "", locale: l });
    else keep(text, l);
  };

  // While the next text is read, what was read of the one before stays beside it.
  const seen = questions.preview ?? (text.trim() === "" ? undefined : last);
  const older = questions.preview?.questions.filter((q) => q.older > 0).length ?? 0;
  // Why the button is grey; nothing when it is not.
  const why = () => {
    if (!file && text.trim() === "") return t("banks.read_nothing_yet");
    if (questions.looking || (!questions.preview && !questions.error)) return t("banks.reading");
    if (!questions.preview) return "";
    if (questions.preview.faults.length > 0) return t("banks.faults_first", { count: questions.preview.fault_count });
    if (questions.preview.questions.length === 0) return t("banks.no_question_read");
    return older > 0 && !overNewer ? t("banks.older_first") : "";
  };
  const ready = !!questions.preview && why() === "" && source.state !== "conflict";
  const paste = useMutation({
    mutationFn: (image: File) => ask(api.POST("/banks/{code}/pictures", { params: { path: { code } }, ...asForm(image, { dry_run: false }) })),
    onSuccess: ({ name }) => {
      const box = area.current?.resizableTextArea?.textArea;
      const from = box?.selectionStart ?? text.length, to = box?.selectionEnd ?? from;
      write(`${text.slice(0, from)}![](${name})${text.slice(to)}`);
    },
  });
  const onPaste = (e: ClipboardEvent) => {
    const image = pastedImage(e.clipboardData);
    if (!image) return;
    e.preventDefault();
    paste.mutate(image);
  };
  const go = (line: number) => jumpTo(() => area.current?.resizableTextArea?.textArea ?? null, line);
  const refused = (problem: string) => questions.error instanceof Problem && questions.error.code === problem;
  return (
    <div className="stack loose">
      {item === 0 && <DropZone label={t("banks.file")} hint={t("banks.file_hint")} accept=".gift,.txt,.xml,.zip,.xlsx,.csv,.md" file={file} onFile={(f) => questions.look({ file: f, text: "", locale })} />}
      <div className="row"><Choice label={t("banks.language")} value={locale} options={locales.map((l) => ({ value: l.code, label: l.name }))} onChoose={(l) => l && choose(l)} /></div>
      <div className="correction">
        <div className="field">
          <label htmlFor="questions">{t("banks.text")}</label>
          {file ? (
            <p className="soft">{t("banks.file_not_text", { name: file.name })} <Button type="link" style={{ padding: 0 }} onClick={() => { setFile(null); questions.reset(); setLast(undefined); }}>{t("banks.paste_instead")}</Button></p>
          ) : (
            <Input.TextArea id="questions" ref={area} className="mono" lang={locale} spellCheck={false} autoSize={{ minRows: 16, maxRows: 34 }} placeholder={t("banks.placeholder")} value={text} onChange={(e) => write(e.target.value)} onPaste={onPaste} aria-describedby="questions-hint" />
          )}
          {!file && <p id="questions-hint" className="small soft">{t("banks.text_hint")}</p>}
          <Unsettled edited={source} show={(v) => v.text} />
        </div>
        <div className="stack" aria-live="polite" aria-busy={questions.looking}>
          {paste.isError && <ProblemNote error={paste.error} />}
          <ReadQuestions seen={seen} onLine={file ? undefined : go} />
          {older > 0 && (
            <div className="note warn">
              <span>{t("banks.older_found", { count: older })}</span>
              <label className="row" style={{ gap: 8, minHeight: 32 }}><input type="checkbox" checked={overNewer} onChange={(e) => setOverNewer(e.target.checked)} /> {t("banks.older_confirm")}</label>
            </div>
          )}
          <div className="row">
            <Button type="primary" size="large" disabled={!ready || questions.acting} onClick={questions.act}>{t("banks.put_in", { count: seen?.questions.length ?? 0 })}</Button>
            <span className="small soft" role="status">{ready ? t("banks.as_drafts") : why()}</span>
          </div>
          {questions.error && <ProblemNote error={questions.error} />}
          {refused("quizzes.import_unseen") && <div><Button onClick={() => questions.look({ file, text, locale })}>{t("banks.look_again")}</Button></div>}
          {refused("quizzes.item_changed") && <div><Link to={`/officer/banks/${code}/items/${item}`}>{t("banks.reload_item")}</Link></div>}
        </div>
      </div>
    </div>
  );
}
