import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api, ask } from "../api/client";
import { briefingQuery, differenceQuery, policyVersionQuery } from "../api/queries";
import type { Answer, Briefing, CitedPolicy } from "../api/views";
import { DifferenceView } from "../ui/DifferenceView";
import { Html } from "../ui/Html";
import { ItemForm } from "../ui/item/ItemForm";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { Acknowledge } from "../ui/Acknowledge";
import { MeetingView } from "./MeetingView";
import { Plan } from "./Plan";
import { htmlOf, parts } from "./writing";
import "../ui/paper.css";
import "./briefing.css";

/** BriefingPage is one month's briefing: what changed, what it means, what we do; and the policies it cites. */
export default function BriefingPage() {
  const { t } = useTranslation();
  const time = useTime();
  const { month = "" } = useParams();
  const briefing = useQuery(briefingQuery(month));
  const b = briefing.data;
  return (
    <Page
      title={b?.title ?? t("briefings.briefing")}
      ready={!!b || briefing.isError}
      back={{ to: "/briefings", text: t("briefings.briefings") }}
      actions={b && <Button onClick={() => window.print()}>{t("briefings.print")}</Button>}
      lead={b && `${b.unit_name ? `${b.unit_name} · ` : ""}${time.month(b.month)} · ${t("policies.published_on", { date: time.dateOf(b.published_at) })} · ${t("briefings.revision", { n: b.revision })}`}
    >
      <Loaded query={briefing} lines={12}>{(data) => <Reading briefing={data} />}</Loaded>
    </Page>
  );
}

function Reading({ briefing: b }: { briefing: Briefing }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Record<number, Answer>>({});
  const read = useMutation({
    mutationFn: () => ask(api.POST("/briefings/{month}/read", { params: { path: { month: b.key } }, body: { revision: b.revision, answers: b.questions.map((q) => answers[q.position] ?? {}) } })),
    onSuccess: (done) => done.read && client.invalidateQueries({ queryKey: ["briefings"] }),
  });
  const done = b.read || read.data?.read;
  const answered = b.questions.every((q) => Object.keys(answers[q.position] ?? {}).length > 0);
  const html = htmlOf(b);
  return (
    <div className="briefing">
      <article className="paper">
        {parts.map((part, i) => (
          <section key={part} aria-labelledby={`part-${part}`}>
            <h2 id={`part-${part}`} className="part-title"><span aria-hidden>{i + 1}</span>{t(`policies.part_${part}`)}</h2>
            <Html html={html[part]} lang={b.locale} />
          </section>
        ))}
        {!done && b.questions.length > 0 && <Questions briefing={b} answers={answers} right={read.data?.right ?? []} onAnswer={(n, a) => setAnswers({ ...answers, [n]: a })} />}
        <div className="briefing-foot no-print">
          {done ? (
            <p role="status" className="soft">{t("briefings.briefing_read")}</p>
          ) : (
            <Button type="primary" size="large" disabled={!answered || read.isPending} onClick={() => read.mutate()}>{t(b.questions.length > 0 ? "briefings.answer_and_read" : "briefings.mark_read")}</Button>
          )}
          {read.isError && <ProblemNote error={read.error} />}
        </div>
      </article>
      <section className="section cited" aria-labelledby="cited">
        <h2 id="cited">{t("briefings.cited")}</h2>
        {b.policies.length === 0 ? (
          <p className="soft">{t("briefings.cites_none")}</p>
        ) : (
          <ul role="list" className="stack">{b.policies.map((p) => <Cited key={`${p.code}/${p.number}`} policy={p} />)}</ul>
        )}
      </section>
      <Plan month={b.key} officer={b.changeable} />
      <MeetingView month={b.key} officer={b.changeable} />
    </div>
  );
}

interface Asked { briefing: Briefing; answers: Record<number, Answer>; right: boolean[]; onAnswer: (position: number, answer: Answer) => void }

function Questions({ briefing: b, answers, right, onAnswer }: Asked) {
  const { t } = useTranslation();
  return (
    <section className="stack loose no-print" aria-labelledby="asked">
      <h2 id="asked" className="part-title">{t("briefings.asked_about_changes")}</h2>
      {b.questions.map((q, i) => (
        <section key={q.position} aria-labelledby={`asked-${q.position}`}>
          <h3 id={`asked-${q.position}`} className="row" style={{ gap: 10, marginBottom: 6 }}>
            {t("policies.question_n", { n: i + 1 })}
            {right[i] === false && <Tag tone="bad">{t("policies.answer_wrong")}</Tag>}
            {right[i] === true && <Tag tone="good">{t("policies.answer_right")}</Tag>}
          </h3>
          <ItemForm item={q} answer={answers[q.position]} labelledBy={`asked-${q.position}`} onAnswer={(a) => onAnswer(q.position, a)} />
        </section>
      ))}
      {right.includes(false) && <p className="note warn" role="alert">{t("policies.read_again")}</p>}
    </section>
  );
}

function Cited({ policy }: { policy: CitedPolicy }) {
  const { t } = useTranslation();
  const time = useTime();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(false);
  const version = useQuery({ ...policyVersionQuery(policy.code, policy.number), enabled: open });
  const difference = useQuery({ ...differenceQuery(policy.code, policy.number), enabled: shown });
  return (
    <li className="panel stack" style={{ gap: 10 }}>
      <div>
        <h3 style={{ fontSize: 16 }}><Link to={`/policies/${policy.code}/versions/${policy.number}`}>{policy.title}</Link></h3>
        <p className="small soft">{t("policies.version_n", { n: policy.number })} · {t("policies.effective_from", { date: time.date(policy.effective_from) })}</p>
      </div>
      {policy.number > 1 && (
        <details onToggle={(e) => setShown(shown || e.currentTarget.open)}>
          <summary>{t("policies.see_changes")}</summary>
          {shown && <Loaded query={difference} lines={4}>{(d) => <DifferenceView difference={d} />}</Loaded>}
        </details>
      )}
      {policy.acknowledged ? (
        <div><Tag tone="good">{t("policies.acknowledged")}</Tag></div>
      ) : open ? (
        <Loaded query={version} lines={3}>{(v) => <Acknowledge version={v} />}</Loaded>
      ) : (
        <div className="row">
          <Button onClick={() => setOpen(true)}>{t("briefings.acknowledge")}<span className="hidden-text"> {policy.title}</span></Button>
        </div>
      )}
    </li>
  );
}
