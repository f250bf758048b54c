import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type ClipboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { pastedImage } from "../ui/pasted";
import { Choice } from "../ui/staff/Choice";
import { ProblemNote } from "../ui/ProblemNote";
import { locales } from "../i18n";
import type { Locale } from "../api/views";
import { FilePreview, OtherText } from "./FilePreview";
import { inLanguage, languageOf, type TextState } from "./manuscript";
import { insertions, type Insertion } from "./insertion";
import { Unsettled } from "../ui/edited/Unsettled";
import { useEdited } from "../ui/edited/useEdited";

interface Props { slug: string; name: string; keptAs: string; stored: File; names: string[]; onFiles: () => void; onState: (name: string, state: TextState) => void }

interface File { edition: number; editor: string; content: string }

const pause = 1200; // ms without a keystroke before the text is saved

const asStored = ({ content, ...rest }: File) => ({ edition: rest.edition, editor: rest.editor, value: content });

/** TextEditor writes one text, saved as one writes, beside what readers would see or the same text in another language. */
export function TextEditor({ slug, name, keptAs, stored, names, onFiles, onState }: Props) {
  const { t } = useTranslation();
  const at = { params: { path: { slug }, query: { name } } };
  const file = useEdited({
    name: keptAs,
    stored: useMemo(() => asStored(stored), [stored]),
    home: {
      save: async (content, edition) => {
        const saved = await ask(api.PUT("/manuscripts/{slug}/text", { ...at, body: { edition, content } }));
        if (edition === 0) onFiles();
        return { edition: saved.edition, editor: "", value: content };
      },
      newest: async () => asStored(await ask(api.GET("/manuscripts/{slug}/text", at))),
      refusal: "courses.file_changed",
    },
    pause,
  });
  const { state } = file;
  useEffect(() => onState(name, state), [name, state, onState]);
  const area = useRef<TextAreaRef>(null);
  const [problem, setProblem] = useState<unknown>();
  const lesson = name.startsWith("lessons/");
  const others = locales.map((l) => l.code).filter((l) => l !== languageOf(name) && names.includes(inLanguage(name, l) ?? ""));
  const [beside, setBeside] = useState<"preview" | Locale>("preview");
  const put = (make: Insertion) => {
    const box = area.current?.resizableTextArea?.textArea;
    const from = box?.selectionStart ?? file.value.length, to = box?.selectionEnd ?? from;
    const { text, select } = make(file.value, from, to);
    file.write(text);
    requestAnimationFrame(() => { box?.focus(); box?.setSelectionRange(select[0], select[1]); });
  };
  const paste = async (e: ClipboardEvent) => {
    const image = pastedImage(e.clipboardData);
    if (!image || !lesson) return;
    e.preventDefault();
    const picture = `images/${image.name}`;
    try {
      await ask(api.PUT("/manuscripts/{slug}/file", {
        params: { path: { slug }, query: { name: picture, edition: 0 } },
        body: { file: image.name },
        bodySerializer: () => { const form = new FormData(); form.append("file", image, image.name); return form; },
      }));
      put((text, from, to) => ({ text: `${text.slice(0, from)}![](../${picture})${text.slice(to)}`, select: [from + 2, from + 2] }));
      onFiles();
    } catch (cause) {
      setProblem(cause);
    }
  };
  return (
    <div className="writing">
      <div className="stack" style={{ gap: 8 }}>
        <div className="row apart">
          {lesson ? (
            <div className="row" style={{ gap: 4 }} role="toolbar" aria-label={t("courses.insert")}>
              {insertions.map((i) => <Button key={i.key} size="small" onClick={() => put(i.make)}>{t(`courses.insert_${i.key}`)}</Button>)}
            </div>
          ) : <span />}
          <span className="small soft" role="status">{t(`app.text_${file.state}`)}</span>
        </div>
        <label htmlFor="text" className="hidden-text">{name}</label>
        <Input.TextArea id="text" ref={area} className="mono writing-text" lang={languageOf(name)} value={file.value} autoSize={{ minRows: 18, maxRows: 40 }}
          onChange={(e) => file.write(e.target.value)} onPaste={(e) => void paste(e)}
          onKeyDown={(e) => { if ((e.ctrlKey || e.metaKey) && e.key === "s") { e.preventDefault(); void file.save(); } }} />
        {lesson && <p className="small soft">{t("courses.paste_hint")}</p>}
        {file.state === "failed" && <ProblemNote error={file.error} retry={() => void file.save()} />}
        {problem !== undefined && <ProblemNote error={problem} />}
        <Unsettled edited={file} show={(text) => text} />
      </div>
      <div className="stack" style={{ gap: 8, minWidth: 0 }}>
        {others.length > 0 && (
          <Choice label={t("courses.beside")} value={beside} onChoose={(v) => setBeside(v ?? "preview")}
            options={[{ value: "preview" as const, label: t("courses.preview_text") }, ...others.map((l) => ({ value: l, label: locales.find((x) => x.code === l)?.name ?? l }))]} />
        )}
        {beside === "preview" ? <FilePreview slug={slug} name={name} text={file.value} /> : <OtherText slug={slug} name={inLanguage(name, beside) ?? ""} locale={beside} />}
      </div>
    </div>
  );
}
