import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { QuizLine } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import { numbers } from "../ui/numbers";

/** Learning compares what the same people earned in another quiz before, with its interval. */
export function Learning({ quiz, others }: { quiz: number; others: QuizLine[] }) {
  const { t } = useTranslation();
  const [get, set] = useFilters();
  const before = Number(get("before")) || undefined;
  const learning = useQuery({
    queryKey: ["quizzes", quiz, "learning", before],
    queryFn: () => ask(api.GET("/quizzes/{id}/learning", { params: { path: { id: quiz }, query: { before: before ?? 0 } } })),
    enabled: before !== undefined,
  });
  if (others.length === 0) return null;
  return (
    <section className="section" aria-labelledby="learning">
      <h2 id="learning">{t("quizzes.learning")}</h2>
      <p className="soft">{t("quizzes.learning_lead")}</p>
      <div className="filters">
        <Choice label={t("quizzes.sat_before")} value={before === undefined ? undefined : String(before)} options={others.map((q) => ({ value: String(q.id), label: q.course.title }))} onChoose={(v) => set("before", v)} />
      </div>
      {before !== undefined && (
        <Loaded query={learning} lines={3}>
          {(c) => (
            <div className="stack" role="status">
              <p><b>{t(`quizzes.verdict_${c.verdict}`)}</b></p>
              <dl className="figures">
                <div><dt>{t("quizzes.pairs")}</dt><dd>{c.n}</dd></div>
                <div><dt>{t("quizzes.before")}</dt><dd>{numbers.percent(c.before)}</dd></div>
                <div><dt>{t("quizzes.after")}</dt><dd>{numbers.percent(c.after)}</dd></div>
                <div><dt>{t("quizzes.difference")}</dt><dd>{numbers.points(c.difference)} [{numbers.points(c.low)}, {numbers.points(c.high)}]</dd></div>
              </dl>
              <p className="small soft">{t("quizzes.learning_note")}</p>
            </div>
          )}
        </Loaded>
      )}
    </section>
  );
}
