import { useTranslation } from "react-i18next";
import { Html } from "../Html";
import { type ItemProps, letter, plainText, promptOf, withGap } from "./parts";

/** Matching asks for the option that belongs to each prompt. */
export function Matching({ item, answer, onAnswer, labelledBy }: ItemProps) {
  const { t } = useTranslation();
  const options = item.options ?? [];
  return (
    <div role="group" aria-labelledby={`${labelledBy} ${promptOf(item)}`}>
      <ol role="list" className="matching">
        {item.gaps.map((gap, i) => (
          <li key={i}>
            <label htmlFor={`answer-${item.position}-${i}`}>
              <Html html={gap.html} lang={item.locale} className="prose compact" />
            </label>
            <select
              id={`answer-${item.position}-${i}`}
              className="pick"
              lang={item.locale}
              value={answer?.gaps?.[i]?.choice ?? ""}
              onChange={(e) => onAnswer(withGap(answer, item.gaps.length, i, e.target.value === "" ? {} : { choice: Number(e.target.value) }))}
            >
              <option value="">{t("quizzes.pick")}</option>
              {options.map((o) => (
                <option key={o.id} value={o.id}>{letter(o.id)} {plainText(o.html)}</option>
              ))}
            </select>
          </li>
        ))}
      </ol>
      {options.some((o) => o.html.includes("<img") || o.html.length > 60) && (
        <ul role="list" className="lettered" aria-label={t("quizzes.options")}>
          {options.map((o) => (
            <li key={o.id}><b>{letter(o.id)}</b><Html html={o.html} lang={item.locale} className="prose compact" /></li>
          ))}
        </ul>
      )}
    </div>
  );
}
