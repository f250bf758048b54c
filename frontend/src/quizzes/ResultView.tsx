import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { linkTo } from "../api/client";
import type { Answer, Attempt, ItemResult, Question, Result } from "../api/views";
import { Html } from "../ui/Html";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import { Answered } from "../ui/item/Answered";
import { stepsOf } from "./steps";

const tones: Record<ItemResult["status"], Tone> = { right: "good", partly: "warn", wrong: "bad", blank: "plain", waiting: "plain", stated: "plain" };

/** ResultView is the outcome of a submitted attempt, item by item. */
export function ResultView({ attempt, result }: { attempt: Attempt; result: Result }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <div className="stack loose">
      <section className={result.passed ? "outcome passed" : "outcome"} aria-labelledby="outcome">
        <div className="outcome-percent" aria-hidden>{result.percent}<small>%</small></div>
        <div className="stack" style={{ gap: 8 }}>
          <h2 id="outcome">{t(result.passed ? "quizzes.passed" : result.waiting > 0 ? "quizzes.waiting" : "quizzes.failed")}</h2>
          <p>
            {t("quizzes.score_line", { earned: result.earned, possible: result.possible, percent: result.percent, mark: attempt.pass_mark })}
            {" "}{t("quizzes.submitted_at", { time: time.instant(result.submitted_at) })}
          </p>
          {result.waiting > 0 && <p>{t("quizzes.waiting_text", { count: result.waiting })}</p>}
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
        {result.hidden && <p className="soft">{t(`quizzes.hidden_${result.hidden}`)}</p>}
        {result.feedback_hidden && <p className="soft">{t(`quizzes.feedback_${result.feedback_hidden}`)}</p>}
        <ol role="list" className="ledger" hidden={result.items.length === 0}>
          {stepsOf(attempt.items).map(({ item, about, asks, n }) => {
            const found = result.items.find((r) => r.position === item.position);
            return found && asks && (
              <Reviewed key={item.position} n={n} item={item} about={about} result={found} answer={attempt.answers[String(item.position)]} />
            );
          })}
        </ol>
      </section>
    </div>
  );
}

function Reviewed({ n, item, about, result, answer }: { n: number; item: Question; about: Question | undefined; result: ItemResult; answer: Answer | undefined }) {
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
      {about && (
        <details className="case">
          <summary>{t("quizzes.case")}</summary>
          <Html html={about.html} lang={about.locale} className="prose compact" />
        </details>
      )}
      <Html html={item.html} lang={item.locale} className="prose compact gap-numbers" />
      <div className="answered">
        <span className="soft small">{t("quizzes.your_answer")}</span>
        <Answered item={item} answer={answer} />
      </div>
      {result.feedback_html && <Html html={result.feedback_html} lang={item.locale} className="prose compact feedback" />}
    </li>
  );
}
