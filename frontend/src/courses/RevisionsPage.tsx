import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api, ask, linkTo } from "../api/client";
import { courseQuery } from "../api/queries";
import { DifferenceView } from "../ui/DifferenceView";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import "./course.css";

/** RevisionsPage is the history of a course, and what each revision changed. */
export default function RevisionsPage() {
  const { t } = useTranslation();
  const time = useTime();
  const { slug = "" } = useParams();
  const [search] = useSearchParams();
  const course = useQuery(courseQuery(slug));
  const revisions = useQuery({
    queryKey: ["courses", slug, "revisions"],
    queryFn: () => ask(api.GET("/courses/{slug}/revisions", { params: { path: { slug } } })),
  });
  const chosen = Number(search.get("n") ?? revisions.data?.items[0]?.number ?? 0);
  return (
    <Page title={t("courses.history")} ready={!!revisions.data || revisions.isError} lead={course.data?.title} back={{ to: `/courses/${slug}`, text: course.data?.title ?? t("courses.course") }}>
      <Loaded query={revisions} lines={5}>
        {({ items }) => (
          <div className="stack loose">
            <ol role="list" className="ledger">
              {items.map((r) => (
                <li key={r.number}>
                  <div>
                    <h2>{r.kept ? <Link to={`?n=${r.number}`} aria-current={r.number === chosen || undefined}>{t("courses.revision_n", { n: r.number })}</Link> : t("courses.revision_n", { n: r.number })}</h2>
                    <p className="meta">
                      <span>{time.instant(r.published_at)}</span>
                      {r.published_by && <span>{r.published_by}</span>}
                      <span className="mono">{r.sha256.slice(0, 12)}…</span>
                      {!r.kept && <span>{t("courses.not_kept")}</span>}
                    </p>
                  </div>
                  <div className="act">{r.kept && <a href={linkTo(`/courses/${slug}/export.zip`, { revision: String(r.number) })} download>{t("courses.export")}</a>}</div>
                </li>
              ))}
            </ol>
            {items.find((r) => r.number === chosen)?.kept && (chosen === 1 || items.find((r) => r.number === chosen - 1)?.kept) && <Changes key={chosen} slug={slug} n={chosen} />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

const tones: Record<string, Tone> = { added: "good", removed: "bad", changed: "accent" };

function Changes({ slug, n }: { slug: string; n: number }) {
  const { t } = useTranslation();
  const [name, setName] = useState<string>();
  const difference = useQuery({
    queryKey: ["courses", slug, "revisions", n, name],
    queryFn: () => ask(api.GET("/courses/{slug}/revisions/{number}/difference", { params: { path: { slug, number: n }, query: { ...(name && { name }) } } })),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  return (
    <Loaded query={difference} lines={8}>
      {(d) => (
        <div className="stack">
          <section className="section" aria-labelledby="files-changed">
            <h2 id="files-changed">{t("courses.files_changed", { from: d.from, to: d.to })} <span className="count">{d.files.length}</span></h2>
            <ul role="list" className="ledger">
              {d.files.map((f) => (
                <li key={f.name} style={{ padding: "9px 20px" }}>
                  {f.text ? <button type="button" className="link-button mono" aria-pressed={f.name === d.name} onClick={() => setName(f.name)}>{f.name}</button> : <span className="mono">{f.name}</span>}
                  <Tag tone={tones[f.change] ?? "plain"}>{t(`courses.file_${f.change}`)}</Tag>
                </li>
              ))}
            </ul>
          </section>
          {d.name && <div><p className="mono small soft">{d.name}</p><DifferenceView key={d.name} difference={d} /></div>}
        </div>
      )}
    </Loaded>
  );
}
