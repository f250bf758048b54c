import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isAnswered } from "../ui/item/parts";
import type { Snapshot } from "./answerQueue";
import type { Step } from "./steps";

/** Navigator shows every item, whether it is answered and whether the answer is safe. */
export function Navigator({ steps, state, current, onShow }: { steps: Step[]; state: Snapshot; current: number; onShow: (index: number) => void }) {
  const { t } = useTranslation();
  const [wide] = useState(() => window.matchMedia("(min-width: 1021px)").matches); // a phone has no room for it all the time
  const asked = steps.filter((s) => s.asks);
  const answered = asked.filter((s) => isAnswered(state.answers[s.item.position])).length;
  return (
    <nav aria-label={t("quizzes.items")}>
      <details open={wide}>
        <summary className="small soft">{t("quizzes.answered_of", { answered, total: asked.length })}</summary>
        <ol role="list" className="navigator">
          {steps.map(({ item: q, asks, n }, i) => {
            const done = isAnswered(state.answers[q.position]);
            const unsaved = state.unsaved.includes(q.position) || state.states[q.position]?.is === "refused";
            const standing = unsaved ? t("quizzes.mark_unsaved") : done ? t("quizzes.mark_answered") : t("quizzes.mark_blank");
            const name = asks ? `${t("quizzes.item_n", { n })} · ${standing}` : t("quizzes.kind_description");
            return (
              <li key={q.position}>
                <button
                  type="button"
                  className={unsaved ? "unsaved" : done ? "done" : undefined}
                  aria-current={i === current ? "step" : undefined}
                  aria-label={name}
                  onClick={() => onShow(i)}
                >
                  {asks ? n : "i"}
                </button>
              </li>
            );
          })}
        </ol>
      </details>
    </nav>
  );
}
