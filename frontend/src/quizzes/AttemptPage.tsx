import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { api, ask } from "../api/client";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { OpenAttempt } from "./OpenAttempt";
import { ResultView } from "./ResultView";
import "./quiz.css";

/** AttemptPage is an attempt at a quiz: open to be answered, or submitted with its result. */
export default function AttemptPage() {
  const { t } = useTranslation();
  const id = Number(useParams().id);
  const attempt = useQuery({
    queryKey: ["attempts", id],
    queryFn: () => ask(api.GET("/attempts/{id}", { params: { path: { id } } })),
    staleTime: Infinity, // the paper is frozen, and the answers live in the queue
  });
  const a = attempt.data;
  return (
    <Page
      title={a ? t(a.submitted ? "quizzes.result_of" : "quizzes.quiz_of", { course: a.course.title }) : t("quizzes.quiz")}
      ready={!!a || attempt.isError}
      back={a && { to: `/courses/${a.course.slug}`, text: a.course.title }}
      lead={a && t(a.practice ? "quizzes.practice_lead" : "quizzes.attempt_lead", { number: a.number, items: a.items.filter((q) => q.kind !== "description").length, mark: a.pass_mark })}
    >
      <Loaded query={attempt} lines={9}>
        {(data) => (data.submitted && data.result ? <ResultView attempt={data} result={data.result} /> : <OpenAttempt key={data.id} attempt={data} />)}
      </Loaded>
    </Page>
  );
}
