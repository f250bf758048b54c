import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Markable } from "../api/views";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Unsettled } from "../ui/edited/Unsettled";
import { useUnsent } from "../ui/edited/useUnsent";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** Essays are the answers of a quiz that wait for people, without a name. */
export function Essays({ quiz }: { quiz: number }) {
  const { t } = useTranslation();
  const essays = useQuery({ queryKey: ["quizzes", quiz, "essays"], queryFn: () => ask(api.GET("/quizzes/{id}/essays", { params: { path: { id: quiz } } })) });
  return (
    <section className="section" aria-labelledby="essays">
      <h2 id="essays">{t("quizzes.to_mark")}</h2>
      <Loaded query={essays} lines={3}>
        {({ items }) => items.length === 0 ? (
          <p className="soft">{t("quizzes.nothing_to_mark")}</p>
        ) : (
          <ol role="list" className="ledger">
            {items.map((m, n) => <Essay key={`${m.attempt_id}.${m.position}`} n={n + 1} quiz={quiz} essay={m} />)}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function Essay({ n, quiz, essay }: { n: number; quiz: number; essay: Markable }) {
  const { t } = useTranslation();
  const time = useTime();
  const client = useQueryClient();
  const criteria = essay.question.criteria.length > 0 ? essay.question.criteria : [{ html: t("quizzes.whole_answer"), points: essay.question.points }];
  const words = useUnsent(`mark/${essay.attempt_id}/${essay.position}`, { points: criteria.map(() => ""), comment: "" });
  const { points, comment } = words.value;
  const disputed = essay.standing === "disputed";
  const apart = disputed && essay.marked; // one of the two marks that differ: somebody else decides
  const mark = useMutation({
    mutationFn: () => ask(api.PUT("/attempts/{id}/marks/{item}", {
      params: { path: { id: essay.attempt_id, item: essay.position } }, body: { criteria: points, comment, decides: disputed } })),
    onSuccess: () => words.sent(),
    onSettled: () => client.invalidateQueries({ queryKey: ["quizzes", quiz] }),
  });
  const id = `essay-${essay.attempt_id}-${essay.position}`;
  return (
    <li className="essay" aria-labelledby={id}>
      <div className="row apart">
        <h3 id={id}>{t("quizzes.answer_n", { n })}</h3>
        <span className="row">
          <span className="small soft">{time.instant(essay.submitted_at)}</span>
          {disputed && <Tag tone="warn">{t("quizzes.disputed")}</Tag>}
          {essay.marked && <Tag tone="good">{t("quizzes.marked_by_you")}</Tag>}
        </span>
      </div>
      <Html html={essay.question.html} lang={essay.question.locale} className="prose compact" />
      <blockquote className="answered-text">{essay.answer}</blockquote>
      {essay.guide_html && <div className="small"><b>{t("quizzes.guide")}</b> <Html html={essay.guide_html} className="prose compact" /></div>}
      {disputed && <p className="small">{t(apart ? "quizzes.another_decides" : "quizzes.others_gave", { marks: essay.others.map((o) => `${o.earned}/${o.possible}`).join(t("app.list_comma")) })}</p>}
      {!essay.marked && (
        <form className="stack" onSubmit={(e) => { e.preventDefault(); mark.mutate(); }}>
          {criteria.map((c, i) => (
            <div key={i} className="criterion">
              <label htmlFor={`${id}-${i}`}><Html html={c.html} lang={essay.question.locale} className="prose compact" /></label>
              <span className="row">
                <Input id={`${id}-${i}`} inputMode="decimal" required style={{ width: 90 }} value={points[i] ?? ""} onChange={(e) => words.write({ comment, points: points.map((p, j) => (j === i ? e.target.value : p)) })} />
                <span className="soft">/ {c.points}</span>
              </span>
            </div>
          ))}
          <div className="field">
            <label htmlFor={`${id}-comment`}>{t("quizzes.comment")}</label>
            <Input.TextArea id={`${id}-comment`} autoSize maxLength={4000} value={comment} onChange={(e) => words.write({ points, comment: e.target.value })} />
          </div>
          <Unsettled edited={words} show={(v) => v.comment} />
          <div><Button htmlType="submit" type="primary" disabled={mark.isPending || points.some((p) => p.trim() === "")}>{t(disputed ? "quizzes.decide" : "quizzes.give_mark")}</Button></div>
          {mark.isError && <ProblemNote error={mark.error} />}
        </form>
      )}
    </li>
  );
}
