import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Manuscript } from "../api/views";
import { locales } from "../i18n";
import { DropZone } from "../ui/staff/DropZone";
import { inLanguage, lessonsOf, nextLesson } from "./manuscript";

const accepted = ".png,.jpg,.jpeg,.gif,.webp,.mp4,.webm,.vtt,.pdf,.docx,.xlsx,.pptx,.txt,.csv,.zip";

interface Props { manuscript: Manuscript; chosen: string; unsaved: string[]; onChoose: (name: string) => void; onUpload: (file: File) => void; onRemove: (name: string, edition: number) => void }

/** FileList is what a course consists of: each lesson in each language, with what is missing; quiz, pictures and files. */
export function FileList({ manuscript: m, chosen, unsaved, onChoose, onUpload, onRemove }: Props) {
  const { t } = useTranslation();
  const rows = lessonsOf(m.files);
  const names = m.files.map((f) => f.name);
  const other = m.files.filter((f) => !f.text || f.name.startsWith("media/") || f.name.startsWith("files/"));
  const cell = (name: string, label: string) => {
    const there = names.includes(name);
    const marked = unsaved.includes(name);
    return (
      <button type="button" className={there ? "file-cell" : "file-cell missing"} title={marked ? t("courses.file_unsaved") : undefined} aria-current={chosen === name || undefined} onClick={() => onChoose(name)}>
        {there ? label : <>＋<span className="hidden-text"> {label}</span></>}<span className="hidden-text"> {name}</span>
        {marked && <><span aria-hidden> ●</span><span className="hidden-text"> {t("courses.file_unsaved")}</span></>}
      </button>
    );
  };
  return (
    <nav className="stack" aria-label={t("courses.files")}>
      <div className="row">{cell("course.md", t("courses.header_file"))}</div>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={t("courses.lessons_title")}>
        <table className="plain-table file-table">
          <thead><tr><th scope="col">{t("courses.lessons_title")}</th>{locales.map((l) => <th key={l.code} scope="col">{l.name}</th>)}</tr></thead>
          <tbody>
            {rows.map((r) => (
              <tr key={`${r.n}-${r.name}`}>
                <th scope="row">{r.n} {r.name}</th>
                {locales.map((l) => <td key={l.code}>{cell(`lessons/${r.n}-${r.name}.${l.code}.md`, t("courses.text_there"))}</td>)}
              </tr>
            ))}
            <tr>
              <th scope="row">{t("courses.quiz")}</th>
              {locales.map((l) => <td key={l.code}>{cell(inLanguage("quiz.en.gift", l.code) ?? "", t("courses.text_there"))}</td>)}
            </tr>
          </tbody>
        </table>
      </div>
      <NewLesson n={nextLesson(rows)} onName={onChoose} />
      {other.length > 0 && (
        <ul role="list" className="stack" style={{ gap: 4 }}>
          {other.map((f) => (
            <li key={f.name} className="row apart small">
              <span className="mono" style={{ overflowWrap: "anywhere" }}>{f.name}</span>
              <Button size="small" onClick={() => onRemove(f.name, f.edition)}>{t("courses.remove")}<span className="hidden-text"> {f.name}</span></Button>
            </li>
          ))}
        </ul>
      )}
      <DropZone label={t("courses.add_file")} hint={t("courses.add_file_hint")} accept={accepted} file={null} onFile={onUpload} />
    </nav>
  );
}

function NewLesson({ n, onName }: { n: string; onName: (name: string) => void }) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState("");
  const clean = name.trim().replace(/[^\p{L}\p{N}_-]+/gu, "-");
  return (
    <form className="row" onSubmit={(e) => { e.preventDefault(); if (clean) { onName(`lessons/${n}-${clean}.${i18n.language === "en" ? "en" : "zh-Hans"}.md`); setName(""); } }}>
      <label htmlFor="new-lesson" className="small">{t("courses.new_lesson", { n })}</label>
      <Input id="new-lesson" size="small" style={{ width: 150 }} value={name} onChange={(e) => setName(e.target.value)} />
      <Button size="small" htmlType="submit" disabled={!clean}>{t("courses.add")}</Button>
    </form>
  );
}
