import { useTranslation } from "react-i18next";
import type { Answer, Question } from "../../api/views";
import { Html } from "../Html";
import { isAnswered, plainText } from "./parts";
import "./item.css";

type Part = NonNullable<Answer["gaps"]>[number];
type Options = Question["options"];

/** Answered is what a learner answered, in words. */
export function Answered({ item, answer }: { item: Question; answer: Answer | undefined }) {
  const { t } = useTranslation();
  if (!answer || !isAnswered(answer)) return <span className="soft">{t("quizzes.no_answer")}</span>;
  if (answer.order) {
    return (
      <ol className="answered-list">
        {answer.order.map((id) => <li key={id}><Chosen options={item.options} id={id} item={item} /></li>)}
      </ol>
    );
  }
  if (answer.gaps) {
    return (
      <ol className="answered-list">
        {item.gaps.map((gap, i) => (
          <li key={i}>
            {gap.html && <span className="soft">{plainText(gap.html)} → </span>}
            <AnsweredPart part={answer.gaps?.[i] ?? {}} options={gap.kind === "" ? item.options : gap.options} item={item} />
          </li>
        ))}
      </ol>
    );
  }
  return <AnsweredPart part={answer} options={item.options} item={item} />;
}

function AnsweredPart({ part, options, item }: { part: Part; options: Options; item: Question }) {
  const { t } = useTranslation();
  if (part.text !== undefined) return <span className="answered-text">{part.text}</span>;
  const ids = part.choices ?? (part.choice === undefined ? [] : [part.choice]);
  if (ids.length === 0) return <span className="soft">{t("quizzes.no_answer")}</span>;
  if (item.kind === "true_false") return <span>{ids[0] === 0 ? t("quizzes.true") : t("quizzes.false")}</span>;
  return <>{ids.map((id) => <Chosen key={id} options={options} id={id} item={item} />)}</>;
}

function Chosen({ options, id, item }: { options: Options; id: number; item: Question }) {
  return <Html html={options?.find((o) => o.id === id)?.html ?? ""} lang={item.locale} className="prose compact" />;
}
