import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { linkTo } from "../api/client";
import type { Answer, Attempt, ItemResult, Question, Result } from "../api/views";
import { Html } from "../ui/Html";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";

const tones: Record<ItemResult["status"], Tone> = { right: "good", partly: "warn", wrong: "bad", blank: "plain" };

/** ResultView is the outcome of a submitted attempt, item by item. */
export function ResultView({ attempt, result }: { attempt: Attempt; result: Result }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <div className="stack loose">
      <section className={result.passed ? "outcome passed" : "outcome"} aria-labelledby="outcome">
        <div className="outcome-percent" aria-hidden>{result.percent}<small>%</small></div>
        <div className="stack" style={{ gap: 8 }}>
          <h2 id="outcome">{result.passed ? t("quizzes.passed") : t("quizzes.failed")}</h2>
          <p>
            {t("quizzes.score_line", { earned: result.earned, possible: result.possible, percent: result.percent, mark: attempt.pass_mark })}
            {" "}{t("quizzes.submitted_at", { time: time.instant(result.submitted_at) })}
          </p>
          {result.by_deadline && <p>{t("quizzes.by_deadline")}</p>}
          {result.completed && <p>{t("quizzes.course_completed")}</p>}
          <div className="row no-print">
            {result.certificate_serial && (
              <a className="button-link" href={linkTo(`/certificates/${result.certificate_serial}.pdf`)} download>{t("quizzes.certificate")}</a>
            )}
            <Link className="button-link quiet" to={`/courses/${attempt.course.slug}`}>{t("quizzes.to_course")}</Link>
          </div>
        </div>
      </section>
      <section className="section" aria-labelledby="review">
        <h2 id="review">{t("quizzes.review")}</h2>
        <ol role="list" className="ledger">
          {attempt.items.map((q, i) => {
            const found = result.items.find((r) => r.position === q.position);
            return found && <Reviewed key={q.position} n={i + 1} item={q} result={found} answer={attempt.answers[String(q.position)]} />;
          })}
        </ol>
      </section>
    </div>
  );
}

function Reviewed({ n, item, result, answer }: { n: number; item: Question; result: ItemResult; answer: Answer | undefined }) {
  const { t } = useTranslation();
  return (
    <li className="reviewed">
      <div className="row apart">
        <h3>{t("quizzes.item_n", { n })}</h3>
        <span className="row" style={{ gap: 12 }}>
          <span className="small soft">{t("quizzes.points_of", { earned: result.earned, possible: result.possible })}</span>
          <Tag tone={tones[result.status]}>{t(`quizzes.status_${result.status}`)}</Tag>
        </span>
      </div>
      <Html html={item.html} lang={item.locale} className="prose compact" />
      <div className="given">
        <span className="soft small">{t("quizzes.your_answer")}</span>
        <Given item={item} answer={answer} />
      </div>
      {result.feedback_html && <Html html={result.feedback_html} lang={item.locale} className="prose compact feedback" />}
    </li>
  );
}

function Given({ item, answer }: { item: Question; answer: Answer | undefined }) {
  const { t } = useTranslation();
  if (answer?.text !== undefined) return <span>{answer.text}</span>;
  const ids = answer?.choices ?? (answer?.choice === undefined ? [] : [answer.choice]);
  if (ids.length === 0) return <span className="soft">{t("quizzes.no_answer")}</span>;
  if (item.kind === "true_false") return <span>{ids[0] === 0 ? t("quizzes.true") : t("quizzes.false")}</span>;
  return (
    <div>
      {ids.map((id) => (
        <Html key={id} html={item.options?.find((o) => o.id === id)?.html ?? ""} lang={item.locale} className="prose compact" />
      ))}
    </div>
  );
}
