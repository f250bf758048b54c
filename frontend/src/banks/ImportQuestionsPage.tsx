import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type ClipboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api, ask, asForm } from "../api/client";
import type { BankImport, Locale } from "../api/views";
import { localeNow, locales } from "../i18n";
import { Page } from "../ui/Page";
import { pastedImage } from "../ui/pasted";
import { ProblemNote } from "../ui/ProblemNote";
import { Choice } from "../ui/staff/Choice";
import { DropZone } from "../ui/staff/DropZone";
import { ReadQuestions } from "./ReadQuestions";
import { lineAt } from "./line";
import "./banks.css";

const rest = 500; // ms after the last key until the text is read again

/** ImportQuestionsPage reads questions out of a file or a pasted text, beside which it shows what was read, until all of it is right. */
export default function ImportQuestionsPage() {
  const { t } = useTranslation();
  const code = useParams().code ?? "";
  const client = useQueryClient();
  const [chosen, setLocale] = useState<Locale>();
  const [typed, setText] = useState<string>();
  const [settled, setSettled] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const area = useRef<TextAreaRef>(null);
  // An item that is edited comes as text, and goes back as its next version.
  const [search] = useSearchParams();
  const edited = Number(search.get("item"));
  const item = useQuery({
    queryKey: ["banks", code, "items", edited],
    queryFn: () => ask(api.GET("/banks/{code}/items/{item}", { params: { path: { code, item: edited } } })),
    enabled: edited > 0,
  });
  const text = typed ?? item.data?.source ?? "";
  const locale = chosen ?? item.data?.locale ?? localeNow();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), rest);
    return () => clearTimeout(timer);
  }, [text]);

  const sendText = (dry_run: boolean) => ask(api.POST("/banks/{code}/imports", { params: { path: { code } }, body: { text, locale, dry_run } }));
  const sendFile = (f: File, dry_run: boolean) => ask(api.POST("/banks/{code}/files", { params: { path: { code }, query: { locale } }, ...asForm(f, { dry_run }) }));
  const read = useQuery({
    queryKey: ["banks", code, "reading", locale, settled],
    queryFn: () => ask(api.POST("/banks/{code}/imports", { params: { path: { code } }, body: { text: settled, locale, dry_run: true } })),
    enabled: settled.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  // A text goes into the editor, where it can be corrected; a workbook or a package stays a file.
  const take = useMutation({
    mutationFn: (f: File) => sendFile(f, true),
    onSuccess: (seen, f) => {
      if (seen.text === null) return setFile(f);
      setFile(null);
      setText(seen.text);
    },
  });
  const put = useMutation({
    mutationFn: () => (file ? sendFile(file, false) : sendText(false)),
    onSuccess: () => client.invalidateQueries({ queryKey: ["banks"] }),
  });
  const seen: BankImport | undefined = file ? take.data : settled.trim() === "" ? undefined : read.data;
  const ready = !!seen && seen.faults.length === 0 && seen.questions.length > 0 && (file !== null || text === settled) && !read.isFetching;
  const paste = useMutation({
    mutationFn: (image: File) => ask(api.POST("/banks/{code}/pictures", { params: { path: { code } }, ...asForm(image, { dry_run: false }) })),
    onSuccess: ({ name }) => {
      const box = area.current?.resizableTextArea?.textArea;
      const from = box?.selectionStart ?? text.length, to = box?.selectionEnd ?? from;
      setText(`${text.slice(0, from)}![](${name})${text.slice(to)}`);
    },
  });
  const onPaste = (e: ClipboardEvent) => {
    const image = pastedImage(e.clipboardData);
    if (!image) return;
    e.preventDefault();
    paste.mutate(image);
  };
  const go = (line: number) => {
    const box = area.current?.resizableTextArea?.textArea;
    if (!box) return;
    const [from, to] = lineAt(text, line);
    box.focus();
    box.setSelectionRange(from, to);
    box.scrollTop = (box.scrollHeight * (line - 3)) / Math.max(1, text.split("\n").length);
  };
  if (put.isSuccess && !put.data.dry_run) {
    return (
      <Page dense title={t("banks.import")} back={{ to: `/officer/banks/${code}`, text: t("banks.back") }}>
        <div className="note good" role="status">
          <b>{t("banks.imported", { created: put.data.created, changed: put.data.changed, unchanged: put.data.unchanged })}</b>
          <span>{t("banks.now_review")}</span>
          <Link to={`/officer/banks/${code}?state=draft`}>{t("banks.to_drafts")}</Link>
        </div>
      </Page>
    );
  }
  return (
    <Page dense title={edited > 0 ? t("banks.edit_item", { name: item.data?.name ?? "" }) : t("banks.import")} lead={t(edited > 0 ? "banks.edit_lead" : "banks.import_lead")} back={{ to: `/officer/banks/${code}`, text: t("banks.back") }}>
      <div className="stack loose">
        {item.isError && <ProblemNote error={item.error} />}
        {edited === 0 && <DropZone label={t("banks.file")} hint={t("banks.file_hint")} accept=".gift,.txt,.xml,.zip,.xlsx,.csv,.md" file={file} onFile={(f) => { put.reset(); take.mutate(f); }} />}
        {take.isError && <ProblemNote error={take.error} />}
        <div className="row"><Choice label={t("banks.language")} value={locale} options={locales.map((l) => ({ value: l.code, label: l.name }))} onChoose={(l) => l && setLocale(l)} /></div>
        <div className="correction">
          <div className="field">
            <label htmlFor="questions">{t("banks.text")}</label>
            {file ? (
              <p className="soft">{t("banks.file_not_text", { name: file.name })} <Button type="link" style={{ padding: 0 }} onClick={() => { setFile(null); take.reset(); }}>{t("banks.paste_instead")}</Button></p>
            ) : (
              <Input.TextArea id="questions" ref={area} className="mono" lang={locale} spellCheck={false} autoSize={{ minRows: 16, maxRows: 34 }} placeholder={t("banks.placeholder")} value={text} onChange={(e) => { put.reset(); setText(e.target.value); }} onPaste={onPaste} aria-describedby="questions-hint" />
            )}
            {!file && <p id="questions-hint" className="small soft">{t("banks.text_hint")}</p>}
          </div>
          <div className="stack" aria-live="polite" aria-busy={read.isFetching || take.isPending}>
            {paste.isError && <ProblemNote error={paste.error} />}
            {read.isError && !file && <ProblemNote error={read.error} />}
            <ReadQuestions seen={seen} onLine={file ? undefined : go} />
            <div className="row">
              <Button type="primary" size="large" disabled={!ready || put.isPending} onClick={() => put.mutate()}>{t("banks.put_in", { count: seen?.questions.length ?? 0 })}</Button>
              <span className="small soft">{t("banks.as_drafts")}</span>
            </div>
            {put.isError && <ProblemNote error={put.error} />}
          </div>
        </div>
      </div>
    </Page>
  );
}
