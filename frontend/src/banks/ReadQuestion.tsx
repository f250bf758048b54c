import { useTranslation } from "react-i18next";
import type { BankImport } from "../api/views";
import { Answered } from "../ui/item/Answered";
import { Html } from "../ui/Html";

type Read = BankImport["questions"][number];

/** ReadQuestion is a question that was read as it will be asked, with its key and what is said about the answer. */
export function ReadQuestion({ question: { shown, html, kind } }: { question: Read }) {
  const { t } = useTranslation();
  if (!shown) return <Html html={html} className="prose compact clip gap-numbers" />;
  const q = shown.question;
  const text = shown.accepted.length > 0;
  return (
    <>
      <Html html={q.html} lang={q.locale} className="prose compact gap-numbers" />
      {(q.options ?? []).length > 0 && kind !== "true_false" && (
        <ul className="bank-options">{(q.options ?? []).map((o) => <li key={o.id}><Html html={o.html} lang={q.locale} className="prose compact" /></li>)}</ul>
      )}
      {q.criteria.length > 0 && <ul className="bank-options small">{q.criteria.map((c, i) => <li key={i}><Html html={c.html} lang={q.locale} className="prose compact" /> {t("quizzes.points", { points: c.points })}</li>)}</ul>}
      {kind !== "description" && kind !== "essay" && (
        <div className="answered">
          <span className="soft small">{t(text ? "banks.accepted" : "banks.right_answer")}</span>
          {text ? <span className="answered-text">{shown.accepted.join(t("app.list_comma"))}</span> : <Answered item={q} answer={shown.key} />}
        </div>
      )}
      {shown.feedback_html && <div className="answered"><span className="soft small">{t("banks.explanation")}</span><Html html={shown.feedback_html} lang={q.locale} className="prose compact feedback" /></div>}
      {shown.guide_html && <div className="answered"><span className="soft small">{t("banks.guide")}</span><Html html={shown.guide_html} lang={q.locale} className="prose compact feedback" /></div>}
    </>
  );
}
