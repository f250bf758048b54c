import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import type { Manuscript } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { FileList } from "./FileList";
import { manuscriptQuery } from "./manuscript";
import { Publication } from "./Publication";
import { TextFile } from "./TextFile";
import "./course.css";
import "./writing.css";

/** EditorPage writes a course in the browser: its files, their text beside the preview, and its publication. */
export default function EditorPage() {
  const { t } = useTranslation();
  const { slug = "" } = useParams();
  const client = useQueryClient();
  const query = manuscriptQuery(slug);
  const manuscript = useQuery({
    ...query,
    // Whoever follows "write" from a course opens it by coming here.
    queryFn: () => ask(api.GET("/manuscripts/{slug}", { params: { path: { slug } } })).catch(async (error: unknown) => {
      if (!(error instanceof Problem && error.code === "courses.manuscript_not_found")) throw error;
      const opened = await ask(api.POST("/manuscripts", { body: { slug } }));
      await client.invalidateQueries({ queryKey: ["manuscripts"], exact: true });
      return opened;
    }),
    retry: false,
  });
  const m = manuscript.data;
  return (
    <Page title={t("courses.write_course", { slug })} ready={!!m || manuscript.isError} dense back={{ to: "/officer/writing", text: t("courses.writing") }}
      lead={m && (m.base ? t("courses.based_on", { n: m.base }) : t("courses.new_course"))}>
      <Loaded query={manuscript} lines={10}>{(data) => <Work manuscript={data} />}</Loaded>
    </Page>
  );
}

const folders: Record<string, string> = { png: "images", jpg: "images", jpeg: "images", gif: "images", webp: "images", mp4: "media", webm: "media", vtt: "media" };

function Work({ manuscript: m }: { manuscript: Manuscript }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const [saved, setSaved] = useState(true);
  const names = m.files.map((f) => f.name);
  const chosen = search.get("file") ?? names.find((n) => n.startsWith("lessons/")) ?? "course.md";
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
      <div className="workbench">
        <section className="panel" aria-label={t("courses.files")}>
          <FileList manuscript={m} chosen={chosen} onChoose={(file) => setSearch({ file }, { replace: true })}
            onUpload={(f) => upload.mutate(f)} onRemove={(name, edition) => remove.mutate({ name, edition })} />
          {(upload.isError || remove.isError) && <ProblemNote error={upload.error ?? remove.error} />}
        </section>
        <section aria-labelledby="file-name" style={{ minWidth: 0 }}>
          <h2 id="file-name" className="mono section-title">{chosen}</h2>
          <TextFile key={chosen} slug={m.slug} name={chosen} fresh={!names.includes(chosen)} names={names} onFiles={() => void refresh()} onSaved={setSaved} />
        </section>
      </div>
      <Publication slug={m.slug} saved={saved} />
    </div>
  );
}
