import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, ask } from "../api/client";
import type { CoursePage as Course, QuizCard } from "../api/views";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** QuizPanel is the quiz of a course: what it asks, how the reader stands, and how to begin. */
export function QuizPanel({ course, quiz }: { course: Course; quiz: QuizCard }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const time = useTime();
  const [password, setPassword] = useState("");
  const start = useMutation({
    mutationFn: (practice: boolean) => ask(practice
      ? api.POST("/quizzes/{id}/practice", { params: { path: { id: quiz.id } } })
      : api.POST("/quizzes/{id}/attempts", { params: { path: { id: quiz.id } }, body: { password } })),
    onSuccess: async (attempt) => {
      client.setQueryData(["attempts", attempt.id], attempt);
      await client.invalidateQueries({ queryKey: ["courses", course.slug] });
      await navigate(`/attempts/${attempt.id}`);
    },
  });
  const usedUp = quiz.attempts_limit !== null && quiz.attempts_used >= quiz.attempts_limit && quiz.open_attempt_id === null;
  return (
    <section className="panel stack" aria-labelledby="quiz">
      <div className="row apart">
        <h2 id="quiz" style={{ fontSize: 17 }}>{t("courses.quiz")}</h2>
        {quiz.passed && <Tag tone="good">{t("courses.quiz_passed")}</Tag>}
      </div>
      <dl className="facts small">
        <dt>{t("courses.quiz_items")}</dt>
        <dd>{quiz.items}</dd>
        <dt>{t("courses.pass_mark")}</dt>
        <dd>{quiz.pass_mark}%</dd>
        <dt>{t("courses.quiz_minutes")}</dt>
        <dd>{quiz.minutes === null ? t("courses.no_limit") : t("courses.minutes", { count: quiz.minutes })}</dd>
        <dt>{t("courses.attempts")}</dt>
        <dd>{quiz.attempts_limit === null ? quiz.attempts_used : t("courses.attempts_of", { used: quiz.attempts_used, limit: quiz.attempts_limit })}</dd>
        {quiz.best_percent !== null && (
          <>
            <dt>{t("courses.best")}</dt>
            <dd>{quiz.best_percent}%</dd>
          </>
        )}
      </dl>
      {quiz.extra_percent > 0 && <p className="small soft">{t("courses.quiz_extra_time", { percent: quiz.extra_percent })}</p>}
      {!quiz.passed && (quiz.opens_at || quiz.closes_at) && (
        <p className="small">{[quiz.opens_at && t("courses.quiz_opens", { time: time.instant(quiz.opens_at) }), quiz.closes_at && t("courses.quiz_closes", { time: time.instant(quiz.closes_at) })].filter(Boolean).join(t("app.list_comma"))}</p>
      )}
      {!quiz.passed && quiz.fenced && <p className="small">{t("courses.quiz_fenced")}</p>}
      {usedUp && <p className="soft small">{t("courses.attempts_used_up")}</p>}
      {!usedUp && !quiz.passed && (
        <form className="stack" onSubmit={(e) => { e.preventDefault(); start.mutate(false); }}>
          {quiz.has_password && quiz.open_attempt_id === null && (
            <div className="field">
              <label htmlFor="quiz-password">{t("courses.quiz_password")}</label>
              <Input id="quiz-password" required maxLength={100} autoComplete="off" value={password} onChange={(e) => setPassword(e.target.value)} />
            </div>
          )}
          <Button htmlType="submit" type="primary" block disabled={start.isPending}>
            {quiz.open_attempt_id !== null ? t("courses.quiz_go_on") : quiz.attempts_used > 0 ? t("courses.quiz_again") : t("courses.quiz_start")}
          </Button>
        </form>
      )}
      {quiz.practice && quiz.open_attempt_id === null && (
        <div className="stack" style={{ gap: 4 }}>
          <Button block disabled={start.isPending} onClick={() => start.mutate(true)}>{t(quiz.open_practice_id !== null ? "courses.practice_go_on" : "courses.practise")}</Button>
          <p className="small soft">{t("courses.practice_note")}</p>
        </div>
      )}
      {start.isError && <ProblemNote error={start.error} />}
    </section>
  );
}
