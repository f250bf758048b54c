import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask } from "../api/client";
import { has, hasOverAll, useMe } from "../app/me";
import { Page } from "../ui/Page";
import { oneOf, useFilters } from "../ui/staff/filters";
import { Sections } from "../ui/staff/Sections";
import { Accommodations } from "./Accommodations";
import { Attempts } from "./Attempts";
import { Conditions } from "./Conditions";
import { Essays } from "./Essays";
import { Insight } from "./Insight";
import { Learning } from "./Learning";
import "./desk.css";

const sections = ["essays", "insight", "attempts", "conditions", "learning"] as const;

/** QuizDeskPage is one quiz for those who answer for it, one thing at a time: essays to mark, how good its questions are, who sat it, and when. */
export default function QuizDeskPage() {
  const { t } = useTranslation();
  const me = useMe();
  const id = Number(useParams().id);
  const [get] = useFilters();
  const quizzes = useQuery({ queryKey: ["quizzes"], queryFn: () => ask(api.GET("/quizzes")) });
  const quiz = quizzes.data?.items.find((q) => q.id === id);
  const title = quiz?.course.title ?? "";
  const waiting = quiz?.waiting ?? 0;
  const setter = hasOverAll(me, "author", "compliance"), granter = has(me, "compliance", "hr");
  const held: Record<(typeof sections)[number], ReactNode> = {
    essays: has(me, "author", "compliance") && <Essays quiz={id} />,
    insight: <Insight quiz={id} title={title} />,
    attempts: has(me, "compliance", "hr", "auditor") && <Attempts quiz={id} />,
    conditions: (setter || granter) && <>{setter && <Conditions quiz={id} />}{granter && <Accommodations quiz={id} />}</>,
    learning: <Learning quiz={id} others={(quizzes.data?.items ?? []).filter((q) => q.id !== id)} />,
  };
  const offered = sections.filter((name) => Boolean(held[name]));
  // Essays that wait come first; without any, the questions do.
  const open = oneOf(offered, get("section")) ?? (waiting > 0 && held.essays ? "essays" : "insight");
  return (
    <Page dense title={title || t("quizzes.quiz")} ready={!!quiz || quizzes.isError} back={{ to: "/officer/quizzes", text: t("quizzes.quizzes") }}>
      <Sections
        label={title || t("quizzes.quiz")}
        open={open}
        items={offered.map((name) => ({
          key: name,
          label: <>{t(`quizzes.section_${name}`)}{name === "essays" && waiting > 0 && <span className="count">{waiting}</span>}</>,
          children: held[name],
        }))}
      />
    </Page>
  );
}
