import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { AttemptLine, Paged } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** Attempts are those of the reader's units, each with what happened in it. */
export function Attempts({ quiz }: { quiz: number }) {
  const { t } = useTranslation();
  const time = useTime();
  const [q, setQ] = useState<string>();
  const query = useInfiniteQuery({
    queryKey: ["quizzes", quiz, "attempts", q],
    queryFn: ({ pageParam }) => ask(api.GET("/quizzes/{id}/attempts", { params: { path: { id: quiz }, query: { ...(q && { q }), ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  return (
    <section className="section stack" aria-labelledby="attempts">
      <div className="row apart">
        <h2 id="attempts">{t("quizzes.attempts")}</h2>
        <SearchField label={t("quizzes.find_attempt")} value={q} onSearch={setQ} />
      </div>
      <Listing<AttemptLine, Paged<AttemptLine>>
        query={query}
        title={t("quizzes.attempts_list")}
        rowKey={(a) => a.id}
        empty={{ title: t("quizzes.no_attempts"), text: t("quizzes.no_attempts_text") }}
        expandable={{ expandedRowRender: (a) => <Log attempt={a.id} />, columnTitle: <span className="hidden-text">{t("quizzes.log")}</span> }}
        columns={[
          { title: t("quizzes.person"), render: (_, a) => <>{a.name} <span className="mono soft small">{a.employee_no}</span></> },
          { title: t("quizzes.unit"), dataIndex: "unit_code", className: "mono" },
          { title: t("quizzes.attempt"), dataIndex: "number", align: "end" },
          { title: t("quizzes.started"), render: (_, a) => time.instant(a.started_at) },
          { title: t("quizzes.submitted"), render: (_, a) => (a.submitted_at ? <>{time.instant(a.submitted_at)} {a.by_deadline && <Tag>{t("quizzes.time_ran_out")}</Tag>}</> : <Tag tone="accent">{t("quizzes.open")}</Tag>) },
          { title: t("quizzes.score"), align: "end", render: (_, a) => (a.percent === null ? "–" : `${a.percent}%`) },
          { title: t("quizzes.outcome"), render: (_, a) => a.submitted_at && (
            <span className="row" style={{ gap: 6 }}>
              {(a.passed || !a.waiting) && <Tag tone={a.passed ? "good" : "bad"}>{t(a.passed ? "quizzes.did_pass" : "quizzes.did_not_pass")}</Tag>}
              {a.waiting && <Tag tone="warn">{t("quizzes.essay_waits")}</Tag>}
              {a.regraded > 0 && <Tag>{t("quizzes.regraded")}</Tag>}
              {a.extra && <Tag>{t("quizzes.with_grant")}</Tag>}
            </span>
          ) },
          { title: t("quizzes.leaves"), dataIndex: "leaves", align: "end" },
        ]}
      />
    </section>
  );
}

function Log({ attempt }: { attempt: number }) {
  const { t } = useTranslation();
  const time = useTime();
  const log = useQuery({ queryKey: ["attempts", attempt, "log"], queryFn: () => ask(api.GET("/attempts/{id}/log", { params: { path: { id: attempt } } })) });
  return (
    <Loaded query={log} lines={4}>
      {({ items }) => (
        <>
          <ol className="attempt-log" aria-label={t("quizzes.log")}>
            {items.map((e, i) => (
              <li key={i}>
                <span className="mono soft">{time.clock(e.at)}</span>
                <span>{t(`quizzes.event_${e.kind}`, { n: e.position ?? 0 })}</span>
                {e.claimed_at && <span className="soft small">{t("quizzes.claimed", { time: time.clock(e.claimed_at) })}</span>}
              </li>
            ))}
          </ol>
          <p className="small soft">{t("quizzes.log_note")}</p>
        </>
      )}
    </Loaded>
  );
}
