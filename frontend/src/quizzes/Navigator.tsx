import { useTranslation } from "react-i18next";
import type { Question } from "../api/views";
import { isAnswered, type Snapshot } from "./answerQueue";

/** Navigator shows every item, whether it is answered and whether the answer is safe. */
export function Navigator({ items, state, current, onShow }: { items: Question[]; state: Snapshot; current: number; onShow: (index: number) => void }) {
  const { t } = useTranslation();
  const answered = items.filter((q) => isAnswered(state.answers[q.position])).length;
  return (
    <nav aria-label={t("quizzes.items")}>
      <p className="small soft" style={{ marginBottom: 8 }}>{t("quizzes.answered_of", { answered, total: items.length })}</p>
      <ol role="list" className="navigator">
        {items.map((q, i) => {
          const done = isAnswered(state.answers[q.position]);
          const unsaved = state.unsaved.includes(q.position) || state.states[q.position]?.is === "refused";
          const standing = unsaved ? t("quizzes.mark_unsaved") : done ? t("quizzes.mark_answered") : t("quizzes.mark_blank");
          return (
            <li key={q.position}>
              <button
                type="button"
                className={unsaved ? "unsaved" : done ? "done" : undefined}
                aria-current={i === current ? "step" : undefined}
                aria-label={`${t("quizzes.item_n", { n: i + 1 })} · ${standing}`}
                onClick={() => onShow(i)}
              >
                {i + 1}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
