import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Accommodation } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { PersonSelect } from "../ui/staff/PersonSelect";
import { useTime } from "../ui/time";
import { instantOf } from "./conditions";

interface Grant { employee_no: string; everywhere: boolean; extra_percent: number; extra_attempts: number; closes_at?: string | undefined; reason: string }

/** Accommodations are who has more time, more attempts or a later end than the others. */
export function Accommodations({ quiz }: { quiz: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = ["quizzes", quiz, "accommodations"];
  const list = useQuery({ queryKey: key, queryFn: () => ask(api.GET("/quizzes/{id}/accommodations", { params: { path: { id: quiz } } })) });
  const grant = useMutation({
    mutationFn: (body: Grant) => ask(api.POST("/quizzes/{id}/accommodations", { params: { path: { id: quiz } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <section className="section stack" aria-labelledby="accommodations">
      <h2 id="accommodations">{t("quizzes.accommodations")}</h2>
      <p className="small soft">{t("quizzes.accommodations_lead")}</p>
      <Loaded query={list} lines={2}>
        {({ items }) => items.length === 0 ? <p className="soft">{t("quizzes.no_accommodations")}</p> : (
          <ul role="list" className="ledger">
            {items.map((a) => (
              <li key={a.employee_no} className="row apart">
                <Granted one={a} />
                <Button size="small" disabled={grant.isPending}
                  onClick={() => grant.mutate({ employee_no: a.employee_no, everywhere: a.everywhere, extra_percent: 0, extra_attempts: 0, reason: t("quizzes.ended") })}>
                  {t("quizzes.end_grant")}<span className="hidden-text"> {a.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <GrantForm quiz={quiz} pending={grant.isPending} onGrant={(g, done) => grant.mutate(g, { onSuccess: done })} />
      {grant.isError && <ProblemNote error={grant.error} />}
    </section>
  );
}

function Granted({ one }: { one: Accommodation }) {
  const { t } = useTranslation();
  const time = useTime();
  const what = [
    one.extra_percent > 0 && t("quizzes.extra_time", { percent: one.extra_percent }),
    one.extra_attempts > 0 && t("quizzes.extra_attempts", { count: one.extra_attempts }),
    one.closes_at && t("quizzes.extra_until", { time: time.instant(one.closes_at) }),
    one.everywhere && t("quizzes.everywhere"),
  ].filter(Boolean);
  return (
    <div>
      <div>{one.name} <span className="mono soft small">{one.employee_no}</span> · {what.join(t("app.list_comma"))}</div>
      <div className="small soft">{one.reason} · {t("quizzes.granted_by", { name: one.granted_by || "–", time: time.instant(one.granted_at) })}</div>
    </div>
  );
}

function GrantForm({ quiz, pending, onGrant }: { quiz: number; pending: boolean; onGrant: (grant: Grant, done: () => void) => void }) {
  const { t } = useTranslation();
  const [percent, setPercent] = useState("25");
  const [attempts, setAttempts] = useState("0");
  const [everywhere, setEverywhere] = useState(false);
  const words = useUnsent(`accommodation/${quiz}`, { person: "", closes: "", reason: "" });
  const { person, closes, reason } = words.value;
  const change = (part: Partial<typeof words.value>) => words.write({ ...words.value, ...part });
  const grant = () => person && onGrant(
    { employee_no: person, everywhere, extra_percent: Number(percent), extra_attempts: Number(attempts), closes_at: instantOf(closes), reason },
    words.sent,
  );
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); grant(); }}>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <div className="field" style={{ minWidth: 240 }}>
          <label htmlFor="grant-person" className="label">{t("quizzes.person")}</label>
          <PersonSelect id="grant-person" value={person || undefined} onChange={(no) => change({ person: no ?? "" })} />
        </div>
        <div className="field">
          <label htmlFor="grant-percent" className="label">{t("quizzes.more_time")}</label>
          <input id="grant-percent" type="number" min={0} max={300} step={5} className="native-input" style={{ width: 110 }} value={percent} onChange={(e) => setPercent(e.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="grant-attempts" className="label">{t("quizzes.more_attempts")}</label>
          <input id="grant-attempts" type="number" min={0} max={20} className="native-input" style={{ width: 110 }} value={attempts} onChange={(e) => setAttempts(e.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="grant-closes" className="label">{t("quizzes.later_end")}</label>
          <input id="grant-closes" type="datetime-local" className="native-input" value={closes} onChange={(e) => change({ closes: e.target.value })} />
        </div>
      </div>
      <div className="field">
        <label htmlFor="grant-reason">{t("quizzes.grant_reason")}</label>
        <Input id="grant-reason" maxLength={500} required value={reason} onChange={(e) => change({ reason: e.target.value })} aria-describedby="grant-reason-hint" />
        <p id="grant-reason-hint" className="small soft">{t("quizzes.grant_reason_hint")}</p>
      </div>
      <Checkbox checked={everywhere} onChange={(e) => setEverywhere(e.target.checked)}>{t("quizzes.for_every_quiz")}</Checkbox>
      <Unsettled edited={words} show={(v) => v.reason} />
      <div><Button htmlType="submit" disabled={!person || reason.trim() === "" || pending}>{t("quizzes.grant")}</Button></div>
    </form>
  );
}
