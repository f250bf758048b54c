import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import type { Manuscript } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { useNamesKept } from "../ui/edited/useEdited";
import { EarlierWords } from "./EarlierWords";
import { FileList } from "./FileList";
import { manuscriptQuery, nameOfText, type TextState } from "./manuscript";
import { NewerRevision } from "./NewerRevision";
import { NotOpen } from "./NotOpen";
import { Publication } from "./Publication";
import { TextFile } from "./TextFile";
import "./course.css";
import "./writing.css";

/** EditorPage writes a course in the browser: its files, their text beside the preview, and its publication. */
export default function EditorPage() {
  const { t } = useTranslation();
  const { slug = "" } = useParams();
  const manuscript = useQuery({ ...manuscriptQuery(slug), retry: false });
  const notOpen = manuscript.error instanceof Problem && manuscript.error.code === "courses.manuscript_not_found";
  const m = manuscript.data;
  return (
    <Page title={t("courses.write_course", { slug })} ready={!!m || manuscript.isError} dense back={{ to: "/officer/writing", text: t("courses.writing") }}
      lead={m && (m.base ? t("courses.based_on", { n: m.base }) : t("courses.new_course"))}>
      {!m && notOpen ? <NotOpen slug={slug} /> : <Loaded query={manuscript} lines={10}>{(data) => <Work key={data.opened_at} manuscript={data} />}</Loaded>}
    </Page>
  );
}

const folders: Record<string, string> = { png: "images", jpg: "images", jpeg: "images", gif: "images", webp: "images", mp4: "media", webm: "media", vtt: "media" };

function Work({ manuscript: m }: { manuscript: Manuscript }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const [written, setWritten] = useState<{ name: string; state: TextState }>();
  const names = m.files.map((f) => f.name);
  const lessons = names.filter((n) => n.startsWith("lessons/"));
  const chosen = search.get("file") ?? lessons.find((n) => n.endsWith(`.${i18n.language}.md`)) ?? lessons[0] ?? "course.md";
  const kept = useNamesKept(nameOfText(m, "")).map((name) => name.slice(nameOfText(m, "").length));
  const state = written?.name === chosen ? written.state : "saved";
  const unsaved = state === "saved" || state === "new" || kept.includes(chosen) ? kept : [...kept, chosen];
  const stuck = unsaved.filter((name) => name !== chosen || state === "failed" || state === "conflict"); // the others are being sent
  const onState = useCallback((name: string, now: TextState) => setWritten({ name, state: now }), []);
  const choose = (file: string) => setSearch({ file }, { replace: true });
  const refresh = () => client.invalidateQueries({ queryKey: manuscriptQuery(m.slug).queryKey, exact: true });
  const upload = useMutation({
    mutationFn: (file: File) => {
      const safe = file.name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
      const name = `${folders[safe.split(".").pop()?.toLowerCase() ?? ""] ?? "files"}/${safe}`;
      return ask(api.PUT("/manuscripts/{slug}/file", {
        params: { path: { slug: m.slug }, query: { name, edition: m.files.find((f) => f.name === name)?.edition ?? 0 } },
        body: { file: file.name },
        bodySerializer: () => { const form = new FormData(); form.append("file", file, file.name); return form; },
      }));
    },
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: ({ name, edition }: { name: string; edition: number }) =>
      ask(api.DELETE("/manuscripts/{slug}/file", { params: { path: { slug: m.slug }, query: { name, edition } } })),
    onSuccess: refresh,
  });
  return (
    <div className="stack loose">
      <NewerRevision manuscript={m} saved={unsaved.length === 0} onChoose={choose} />
      <div className="workbench">
        <section className="panel" aria-label={t("courses.files")}>
          <FileList manuscript={m} chosen={chosen} unsaved={unsaved} onChoose={choose}
            onUpload={(f) => upload.mutate(f)} onRemove={(name, edition) => remove.mutate({ name, edition })} />
          {(upload.isError || remove.isError) && <ProblemNote error={upload.error ?? remove.error} />}
        </section>
        <section aria-labelledby="file-name" style={{ minWidth: 0 }}>
          <h2 id="file-name" className="mono section-title">{chosen}</h2>
          <TextFile key={chosen} slug={m.slug} name={chosen} keptAs={nameOfText(m, chosen)} fresh={!names.includes(chosen)} names={names} onFiles={() => void refresh()} onState={onState} />
        </section>
      </div>
      <EarlierWords slug={m.slug} open={m.opened_at} />
      <Publication slug={m.slug} saved={unsaved.length === 0} stuck={stuck} onChoose={choose} />
    </div>
  );
}
