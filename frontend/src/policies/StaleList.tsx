import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { StaleCitation } from "../api/views";
import { hasOverAll, useMe } from "../app/me";
import { locales } from "../i18n";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import { usePart } from "./usePart";

const tones: Record<StaleCitation["fate"], Tone> = { renumbered: "plain", changed: "accent", removed: "bad", split: "accent", merged: "accent" };

/** StaleList names each citation, what became of its clause, and where to mend it. */
export function StaleList({ citations, review = false }: { citations: StaleCitation[]; review?: boolean }) {
  return <ul role="list" className="ledger">{citations.map((c) => <Citation key={c.id} citation={c} review={review} />)}</ul>;
}

function Citation({ citation: c, review }: { citation: StaleCitation; review: boolean }) {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const Heading = review ? "h2" : "h3"; // in a draft it stands below a heading
  const part = usePart()(c);
  return (
    <li>
      <div className="stack" style={{ gap: 4 }}>
        <Heading><Link to={c.kind === "course" ? `/courses/${c.source}` : `/briefings/${encodeURIComponent(c.source)}`}>{c.title}</Link></Heading>
        <p className="meta"><span>{part}</span><span>{locales.find((l) => l.code === c.locale)?.name}</span>{c.author && <span>{t("policies.written_by", { name: c.author })}</span>}</p>
        <p className="row" style={{ gap: 8 }}>
          <span>{c.policy_title} · <b>{c.clause_name || t("policies.whole_policy")}</b></span>
          <Tag tone={tones[c.fate]}>{t(`policies.fate_${c.fate}`)}</Tag>
          {c.now && c.now !== c.clause_name && <span>→ {c.now}</span>}
        </p>
        <p className="small soft">
          {c.changed > 0
            ? <Link to={`/policies/${c.policy}/versions/${c.since}/changes`}>{t("policies.stale_since", { from: c.version, to: c.since, date: time.date(c.effective_from) })}</Link>
            : t("policies.would_be_stale", { from: c.version })}
        </p>
        {review && hasOverAll(me, "author", "compliance") && <Review citation={c} />}
      </div>
    </li>
  );
}

function Review({ citation: c }: { citation: StaleCitation }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const why = useUnsent(`citation/${c.id}`, "");
  const note = why.value;
  const done = useMutation({
    mutationFn: () => ask(api.POST("/citations/{id}/review", { params: { path: { id: c.id } }, body: { changed: c.changed, note } })),
    onSuccess: () => why.sent(),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ["citations"] }), client.invalidateQueries({ queryKey: ["courses"] })]),
  });
  return (
    <div className="row">
      {c.kind === "course" && <Link className="button-link quiet" to={`/officer/writing/${c.source}`}>{t("policies.mend")}</Link>}
      {open || why.unsaved ? (
        <>
          <label htmlFor={`note-${c.id}`} className="hidden-text">{t("policies.review_note")}</label>
          <Input id={`note-${c.id}`} style={{ width: 260 }} placeholder={t("policies.review_note")} value={note} onChange={(e) => why.write(e.target.value)} />
          <Button type="primary" disabled={done.isPending || note.trim() === ""} onClick={() => done.mutate()}>{t("policies.review_record")}</Button>
          <Button disabled={done.isPending} onClick={() => { why.discard(); setOpen(false); }}>{t("policies.review_cancel")}</Button>
        </>
      ) : <Button onClick={() => setOpen(true)}>{t("policies.still_right")}</Button>}
      <Unsettled edited={why} show={(words) => words} />
      {done.isError && <ProblemNote error={done.error} />}
    </div>
  );
}
