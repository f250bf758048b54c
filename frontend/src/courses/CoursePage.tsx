import { CheckCircleFilled } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { api, ask, linkTo } from "../api/client";
import { courseQuery } from "../api/queries";
import type { CoursePage as Course, QuizCard } from "../api/views";
import { Loaded } from "../ui/Loaded";
import { Meter } from "../ui/Meter";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { AuthorTools } from "./AuthorTools";
import { CourseLinks } from "./CourseLinks";
import { StaleNote } from "./StaleNote";
import { Due } from "./AssignmentLine";
import "./course.css";

/** CoursePage is a course with its lessons, its quiz and what the reader has done of it. */
export default function CoursePage() {
  const { t } = useTranslation();
  const { slug = "" } = useParams();
  const course = useQuery(courseQuery(slug));
  const c = course.data;
  return (
    <Page
      title={c?.title ?? t("courses.course")}
      ready={!!c || course.isError}
      back={{ to: "/courses", text: t("courses.catalogue") }}
      lead={c?.summary}
    >
      <Loaded query={course} lines={8}>
        {(data) => (
          <div className="stack">
          <StaleNote citations={data.stale} />
          <div className="split">
            <Lessons course={data} />
            <aside className="stack" aria-label={t("courses.about_course")}>
              <Standing course={data} />
              {data.quiz && <Quiz course={data} quiz={data.quiz} />}
              <CourseLinks course={data} />
              <AuthorTools slug={data.slug} />
            </aside>
          </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Lessons({ course }: { course: Course }) {
  const { t } = useTranslation();
  const next = course.lessons.find((l) => !l.read) ?? course.lessons[0];
  const read = course.lessons.filter((l) => l.read).length;
  return (
    <section className="section" aria-labelledby="lessons">
      <div className="row apart" style={{ marginBottom: 12 }}>
        <h2 id="lessons" className="section-title" style={{ margin: 0 }}>
          {t("courses.lessons_title")} <span className="count">{t("courses.lessons_of", { read, total: course.lessons.length })}</span>
        </h2>
        {next && (
          <Link className="button-link" to={`/courses/${course.slug}/lessons/${next.n}`}>
            {read === 0 ? t("courses.start_reading") : read === course.lessons.length ? t("courses.read_again") : t("courses.go_on_reading")}
          </Link>
        )}
      </div>
      <ol role="list" className="ledger lesson-list">
        {course.lessons.map((l) => (
          <li key={l.n}>
            <h3>
              <Link to={`/courses/${course.slug}/lessons/${l.n}`}>
                <span className="lesson-n" aria-hidden>{l.n}</span>
                {l.title}
              </Link>
            </h3>
            {l.read && (
              <span className="read-mark"><CheckCircleFilled aria-hidden /> {t("courses.read")}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Standing({ course }: { course: Course }) {
  const { t } = useTranslation();
  const a = course.assignment;
  const read = course.lessons.filter((l) => l.read).length;
  return (
    <section className="panel stack">
      {a ? (
        <div className="row">
          <Tag tone={a.state === "completed" ? "good" : a.state === "overdue" ? "bad" : "accent"}>{t(`courses.state_${a.state}`)}</Tag>
          {a.state !== "completed" && <Due assignment={a} />}
        </div>
      ) : (
        <p className="soft">{t("courses.voluntary")}</p>
      )}
      <Meter value={read} of={course.lessons.length} text={t("courses.lessons_of", { read, total: course.lessons.length })} />
      <dl className="facts small">
        <dt>{t("courses.duration")}</dt>
        <dd>{t("courses.minutes", { count: course.minutes })}</dd>
        <dt>{t("courses.revision")}</dt>
        <dd>{course.revision}</dd>
        {course.valid_months !== null && (
          <>
            <dt>{t("courses.certificate")}</dt>
            <dd>{t("courses.valid_months", { count: course.valid_months })}</dd>
          </>
        )}
      </dl>
      {a?.credited_from && <p className="small soft">{t("courses.credited", { course: course.equivalents.find((c) => c.slug === a.credited_from)?.title ?? a.credited_from })}</p>}
      {course.tags.length > 0 && <p className="row" style={{ gap: 6 }}>{course.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</p>}
      {course.certificate_serial && (
        <a className="button-link" href={linkTo(`/certificates/${course.certificate_serial}.pdf`)} download>
          {t("courses.download_certificate")}
        </a>
      )}
    </section>
  );
}

function Quiz({ course, quiz }: { course: Course; quiz: QuizCard }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: () => ask(api.POST("/quizzes/{id}/attempts", { params: { path: { id: quiz.id } } })),
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
      {start.isError && <ProblemNote error={start.error} />}
      {usedUp ? (
        <p className="soft small">{t("courses.attempts_used_up")}</p>
      ) : (
        <Button type={quiz.passed ? "default" : "primary"} block disabled={start.isPending} onClick={() => start.mutate()}>
          {quiz.open_attempt_id !== null ? t("courses.quiz_go_on") : quiz.attempts_used > 0 ? t("courses.quiz_again") : t("courses.quiz_start")}
        </Button>
      )}
    </section>
  );
}
