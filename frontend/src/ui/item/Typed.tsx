import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { type ItemProps, promptOf } from "./parts";

/** Typed is a short answer or a number. */
export function Typed({ item, answer, onAnswer }: ItemProps) {
  const { t } = useTranslation();
  return (
    <div className="field" style={{ maxWidth: item.kind === "numerical" ? 240 : 460 }}>
      <label htmlFor={`answer-${item.position}`}>{t(item.kind === "numerical" ? "quizzes.your_number" : "quizzes.your_answer")}</label>
      <Input
        id={`answer-${item.position}`}
        size="large"
        autoComplete="off"
        inputMode={item.kind === "numerical" && item.units.length === 0 ? "decimal" : "text"}
        maxLength={1000}
        aria-describedby={item.units.length > 0 ? `${promptOf(item)} units-${item.position}` : promptOf(item)}
        value={answer?.text ?? ""}
        onChange={(e) => onAnswer(e.target.value === "" ? {} : { text: e.target.value })}
      />
      {item.units.length > 0 && (
        <span className="small soft" id={`units-${item.position}`}>
          {t(item.unit_counts ? "quizzes.units_count" : "quizzes.units", { units: item.units.join(t("app.list_comma")) })}
        </span>
      )}
    </div>
  );
}
