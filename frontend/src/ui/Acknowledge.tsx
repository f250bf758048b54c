import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { Answer, PolicyText } from "../api/views";
import { isLocale, localeNow } from "../i18n";
import { ItemForm } from "./item/ItemForm";
import { ProblemNote } from "./ProblemNote";
import { Tag } from "./Tag";
import { useTime } from "./time";
import "./acknowledge.css";

/** Acknowledge shows the statement that binds the reader to this very version, and takes the acknowledgement. */
export function Acknowledge({ version: v, onPage = false }: { version: PolicyText; onPage?: boolean }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const id = useId();
  const [agreed, setAgreed] = useState(false);
  const [answers, setAnswers] = useState<Record<number, Answer>>({});
  const [password, setPassword] = useState("");
  const acknowledge = useMutation({
    mutationFn: () =>
      ask(api.POST("/policies/{code}/versions/{n}/acknowledgement", {
        params: { path: { code: v.code, n: v.number } },
        body: { locale: isLocale(v.locale) ? v.locale : localeNow(), text_sha256: v.text_sha256, statement_sha256: v.statement_sha256,
          answers: v.questions.map((q) => answers[q.position] ?? {}),
          ...(v.tier === 2 && { password }),
        },
      })),
    onSuccess: (done) => done.acknowledged_at && Promise.all([client.invalidateQueries({ queryKey: ["policies"] }), client.invalidateQueries({ queryKey: ["briefings"] })]),
  });
  const Heading = onPage ? "h2" : "h3"; // below a cited policy's own heading it is one deeper
  const Deeper = onPage ? "h3" : "h4";
  const at = acknowledge.data?.acknowledged_at ?? v.acknowledged_at;
  const right = acknowledge.data?.right ?? [];
  const answered = v.questions.every((q) => Object.keys(answers[q.position] ?? {}).length > 0);
  if (at) {
    return (
      <div className="note good" role="status">
        <b>{t("policies.acknowledged_at", { time: time.instant(at) })}</b>
        {v.carries > 0 && v.accepted_number > 0 && v.accepted_number < v.number && <span>{t("policies.carries", { n: v.accepted_number })}</span>}
        {v.accepted_statement && <span className="small">{v.accepted_statement}</span>}
      </div>
    );
  }
  return (
    <section className="statement" aria-labelledby={`${id}title`}>
      <Heading id={`${id}title`}>{t("policies.statement_title")}</Heading>
      {v.questions.length > 0 && (
        <div className="stack loose">
          <p className="soft">{t("policies.answer_first", { count: v.questions.length })}</p>
          {v.questions.map((q, i) => (
            <section key={q.position} aria-labelledby={`${id}q${q.position}`}>
              <Deeper id={`${id}q${q.position}`} className="row" style={{ gap: 10, marginBottom: 6 }}>
                {t("policies.question_n", { n: i + 1 })}
                {right[i] === false && <Tag tone="bad">{t("policies.answer_wrong")}</Tag>}
                {right[i] === true && <Tag tone="good">{t("policies.answer_right")}</Tag>}
              </Deeper>
              <ItemForm item={q} answer={answers[q.position]} labelledBy={`${id}q${q.position}`} onAnswer={(a) => setAnswers({ ...answers, [q.position]: a })} />
            </section>
          ))}
          {right.includes(false) && <p className="note warn" role="alert">{t("policies.read_again")}</p>}
        </div>
      )}
      <blockquote>{v.statement}</blockquote>
      <p className="small soft">
        {v.due_on ? t("policies.asked_by", { date: time.date(v.due_on) }) : v.requested ? t("policies.asked") : t("policies.not_asked")}
      </p>
      {!onPage && <p className="small"><Link to={`/policies/${v.code}/versions/${v.number}`}>{t("policies.read_text_first")}</Link></p>}
      <Checkbox checked={agreed} onChange={(e) => setAgreed(e.target.checked)}>{t("policies.i_have_read")}</Checkbox>
      {v.tier === 2 && (
        <div className="field" style={{ maxWidth: 320 }}>
          <label htmlFor={`${id}password`}>{t("policies.password_again")}</label>
          <Input id={`${id}password`} type="password" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
        </div>
      )}
      {acknowledge.isError && <ProblemNote error={acknowledge.error} />}
      <div>
        <Button type="primary" disabled={!agreed || !answered || (v.tier === 2 && !password) || acknowledge.isPending} onClick={() => acknowledge.mutate()}>
          {acknowledge.isPending ? t("policies.acknowledging") : t("policies.acknowledge_version", { n: v.number })}
        </Button>
      </div>
      <p className="fingerprint small soft">{t("policies.fingerprint")} <span className="mono">{v.text_sha256.slice(0, 16)}…</span></p>
    </section>
  );
}
