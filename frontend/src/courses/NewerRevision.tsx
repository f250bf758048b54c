import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Manuscript } from "../api/views";
import { DifferenceView } from "../ui/DifferenceView";
import { Loaded } from "../ui/Loaded";
import { ProblemNote } from "../ui/ProblemNote";
import { manuscriptQuery } from "./manuscript";

/** NewerRevision shows what was published while a course was being written; its writer takes it as base and keeps the own words. */
export function NewerRevision({ manuscript: m, saved, onChoose }: { manuscript: Manuscript; saved: boolean; onChoose: (file: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<string>();
  const take = useMutation({
    mutationFn: () => ask(api.PUT("/manuscripts/{slug}/base", { params: { path: { slug: m.slug } }, body: { base: m.newest } })),
    onSuccess: (next) => client.setQueryData(manuscriptQuery(m.slug).queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey: ["manuscripts", m.slug] }),
  });
  if (m.newest === m.base) return null;
  const files = (names: string[], text: string) => names.length > 0 && (
    <div>
      <p className="small">{text}</p>
      <ul role="list" className="row">
        {names.map((name) => <li key={name}><Button size="small" className="mono" aria-pressed={name === file} onClick={() => setFile(name === file ? undefined : name)}>{name}</Button></li>)}
      </ul>
    </div>
  );
  return (
    <section className="panel stack" aria-labelledby="newer-revision">
      <h2 id="newer-revision">{t("courses.newer_revision", { n: m.newest })}</h2>
      <p className="note warn">{t("courses.newer_revision_text", { n: m.newest, base: m.base })}</p>
      {files(m.both, t("courses.changed_both", { count: m.both.length }))}
      {files(m.theirs, t("courses.changed_there", { count: m.theirs.length }))}
      {file && <Came slug={m.slug} from={m.base} to={m.newest} name={file} />}
      {file && m.both.includes(file) && <div><Button type="link" style={{ padding: 0 }} onClick={() => onChoose(file)}>{t("courses.open_own_text")}</Button></div>}
      {take.isError && <ProblemNote error={take.error} />}
      <div className="row">
        <Button type="primary" disabled={!saved || take.isPending} onClick={() => take.mutate()}>{t("courses.take_revision", { n: m.newest })}</Button>
        <span className="small soft">{t(saved ? "courses.take_revision_text" : "courses.take_revision_save_first")}</span>
      </div>
    </section>
  );
}

/** Came is how a revision changed one file. */
function Came({ slug, from, to, name }: { slug: string; from: number; to: number; name: string }) {
  const { t } = useTranslation();
  const difference = useQuery({
    queryKey: ["courses", slug, "revisions", from, to, name],
    queryFn: () => ask(api.GET("/courses/{slug}/revisions/{number}/difference", { params: { path: { slug, number: to }, query: { from, name } } })),
    staleTime: Infinity,
  });
  return <Loaded query={difference} lines={4}>{(d) => (d.name === name ? <DifferenceView difference={d} title={t("courses.came_in", { file: name, n: to })} /> : <p className="soft">{t("courses.not_compared", { file: name })}</p>)}</Loaded>;
}
