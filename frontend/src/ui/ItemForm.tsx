import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Answer, Question } from "../api/views";
import { Html } from "./Html";

interface Props { item: Question; answer: Answer | undefined; onAnswer: (answer: Answer) => void; labelledBy?: string }

/** ItemForm is one question with what can be answered. */
export function ItemForm({ item, answer, onAnswer, labelledBy = "item-title" }: Props) {
  return (
    <div>
      <div id={promptOf(item)}>
        <Html html={item.html} lang={item.locale} />
      </div>
      <div className="answer">
        {item.kind === "short_answer" || item.kind === "numerical" ? (
          <Typed item={item} answer={answer} onAnswer={onAnswer} />
        ) : (
          <Choices item={item} answer={answer} onAnswer={onAnswer} labelledBy={labelledBy} />
        )}
      </div>
    </div>
  );
}

const promptOf = (item: Question) => `prompt-${item.position}`;

function Typed({ item, answer, onAnswer }: Props) {
  const { t } = useTranslation();
  return (
    <div className="field" style={{ maxWidth: item.kind === "numerical" ? 240 : 460 }}>
      <label htmlFor={`answer-${item.position}`}>{t(item.kind === "numerical" ? "quizzes.your_number" : "quizzes.your_answer")}</label>
      <Input
        id={`answer-${item.position}`}
        size="large"
        autoComplete="off"
        inputMode={item.kind === "numerical" ? "decimal" : "text"}
        maxLength={1000}
        aria-describedby={promptOf(item)}
        value={answer?.text ?? ""}
        onChange={(e) => onAnswer(e.target.value === "" ? {} : { text: e.target.value })}
      />
    </div>
  );
}

function Choices({ item, answer, onAnswer, labelledBy }: Props) {
  const { t } = useTranslation();
  const many = item.kind === "multiple_choice";
  const options =
    item.kind === "true_false"
      ? [{ id: 0, html: "", text: t("quizzes.true") }, { id: 1, html: "", text: t("quizzes.false") }]
      : (item.options ?? []).map((o) => ({ ...o, text: "" }));
  const chosen = many ? (answer?.choices ?? []) : answer?.choice === undefined ? [] : [answer.choice];
  const choose = (id: number, on: boolean) => {
    if (!many) onAnswer({ choice: id });
    else {
      const choices = on ? [...chosen, id].sort((a, b) => a - b) : chosen.filter((c) => c !== id);
      onAnswer(choices.length === 0 ? {} : { choices });
    }
  };
  return (
    <div role={many ? "group" : "radiogroup"} aria-labelledby={`${labelledBy} ${promptOf(item)}`}>
      {many && <p className="small soft" style={{ marginBottom: 8 }}>{t("quizzes.choose_all")}</p>}
      <div className="options">
        {options.map((o) => (
          <label key={o.id} className="option">
            <input
              type={many ? "checkbox" : "radio"}
              name={`item-${item.position}`}
              checked={chosen.includes(o.id)}
              onChange={(e) => choose(o.id, e.target.checked)}
            />
            {o.html ? <Html html={o.html} lang={item.locale} className="prose compact" /> : <span>{o.text}</span>}
          </label>
        ))}
      </div>
      {!many && chosen.length > 0 && (
        <Button type="link" size="small" style={{ paddingInline: 0, marginTop: 6 }} onClick={() => onAnswer({})}>{t("quizzes.clear")}</Button>
      )}
    </div>
  );
}
