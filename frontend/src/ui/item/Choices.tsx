import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Html } from "../Html";
import { type ItemProps, promptOf } from "./parts";

/** Choices is one answer of several, some of several, or true and false. */
export function Choices({ item, answer, onAnswer, labelledBy }: ItemProps) {
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
