import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Html } from "../Html";
import { type ItemProps, promptOf } from "./parts";

/** Essay is a longer text that people mark. */
export function Essay({ item, answer, onAnswer }: ItemProps) {
  const { t } = useTranslation();
  const text = answer?.text ?? "";
  return (
    <div className="stack">
      {item.criteria.length > 0 && (
        <div className="small">
          <p className="soft">{t("quizzes.marked_by")}</p>
          <ul className="criteria">
            {item.criteria.map((c, i) => (
              <li key={i}><Html html={c.html} lang={item.locale} className="prose compact" /></li>
            ))}
          </ul>
        </div>
      )}
      <div className="field">
        <label htmlFor={`answer-${item.position}`}>{t("quizzes.your_answer")}</label>
        <Input.TextArea
          id={`answer-${item.position}`}
          autoSize={{ minRows: 7, maxRows: 24 }}
          maxLength={15000}
          aria-describedby={promptOf(item)}
          value={text}
          onChange={(e) => onAnswer(e.target.value === "" ? {} : { text: e.target.value })}
        />
        <span className="small soft">{t("quizzes.characters", { count: [...text].length })}</span>
      </div>
    </div>
  );
}
