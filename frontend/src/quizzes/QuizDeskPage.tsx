import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask } from "../api/client";
import { has, hasOverAll, useMe } from "../app/me";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import { Accommodations } from "./Accommodations";
import { Attempts } from "./Attempts";
import { Conditions } from "./Conditions";
import { Essays } from "./Essays";
import { InsightChart } from "./InsightChart";
import { InsightItems } from "./InsightItems";
import { Learning } from "./Learning";
import { numbers } from "../ui/numbers";
import "./desk.css";

/** QuizDeskPage is one quiz for those who answer for it: essays to mark, and how good its questions are. */
export default function QuizDeskPage() {
  const { t } = useTranslation();
  const me = useMe();
  const id = Number(useParams().id);
  const [get, set] = useFilters();
  const attempts = get("attempts") === "all" ? "all" : "first";
  const quizzes = useQuery({ queryKey: ["quizzes"], queryFn: () => ask(api.GET("/quizzes")) });
  const insight = useQuery({
    queryKey: ["quizzes", id, "insight", attempts],
    queryFn: () => ask(api.GET("/quizzes/{id}/insight", { params: { path: { id }, query: { attempts } } })),
  });
  const quiz = quizzes.data?.items.find((q) => q.id === id);
  return (
    <Page dense title={quiz?.course.title ?? t("quizzes.quiz")} ready={!!quiz || quizzes.isError} back={{ to: "/officer/quizzes", text: t("quizzes.quizzes") }}>
      <div className="stack loose">
        {has(me, "author", "compliance") && <Essays quiz={id} />}
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
                <InsightItems quiz={id} items={data.items} mayCorrect={hasOverAll(me, "compliance")} />
              </div>
            )}
          </Loaded>
        </section>
        {has(me, "compliance", "hr", "auditor") && <Attempts quiz={id} />}
        {hasOverAll(me, "author", "compliance") && <Conditions quiz={id} />}
        {has(me, "compliance", "hr") && <Accommodations quiz={id} />}
        <Learning quiz={id} others={(quizzes.data?.items ?? []).filter((q) => q.id !== id)} />
      </div>
    </Page>
  );
}
