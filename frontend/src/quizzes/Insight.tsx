import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { hasOverAll, useMe } from "../app/me";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { numbers } from "../ui/numbers";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import { InsightChart } from "./InsightChart";
import { InsightItems } from "./InsightItems";

/** Insight is what the answers to a quiz say about its questions. */
export function Insight({ quiz, title }: { quiz: number; title: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const [get, set] = useFilters();
  const attempts = get("attempts") === "all" ? "all" : "first";
  const insight = useQuery({
    queryKey: ["quizzes", quiz, "insight", attempts],
    queryFn: () => ask(api.GET("/quizzes/{id}/insight", { params: { path: { id: quiz }, query: { attempts } } })),
  });
  return (
    <section className="section" aria-labelledby="insight">
      <div className="row apart">
        <h2 id="insight">{t("quizzes.insight")}</h2>
        <Choice
          label={t("quizzes.which_attempts")}
          value={attempts}
          options={[{ value: "first", label: t("quizzes.first_attempts") }, { value: "all", label: t("quizzes.all_attempts") }]}
          onChoose={(v) => set("attempts", v === "all" ? v : undefined)}
        />
      </div>
      <Loaded query={insight} lines={10}>
        {(data) => data.attempts === 0 ? (
          <Empty title={t("quizzes.nobody_sat")}>{t("quizzes.nobody_sat_text")}</Empty>
        ) : (
          <div className="stack">
            <dl className="figures">
              <div><dt>{t("quizzes.attempt_total")}</dt><dd>{data.attempts}</dd></div>
              <div><dt>{t("quizzes.mean_score")}</dt><dd>{numbers.percent(data.reliability.mean)}</dd></div>
              <div><dt>{t("quizzes.alpha")}</dt><dd>{numbers.two(data.reliability.alpha)}</dd></div>
              <div><dt>{t("quizzes.standard_error")}</dt><dd>{numbers.percent(data.reliability.se)}</dd></div>
            </dl>
            <p className="small soft">
              {t("quizzes.alpha_note")} {data.reliability.left > 0 && t("quizzes.alpha_left", { count: data.reliability.left })}
            </p>
            <InsightChart items={data.items} />
            <InsightItems quiz={quiz} title={title} items={data.items} mayCorrect={hasOverAll(me, "compliance")} />
          </div>
        )}
      </Loaded>
    </section>
  );
}
