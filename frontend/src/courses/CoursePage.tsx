import { CheckCircleFilled } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { linkTo } from "../api/client";
import { courseQuery } from "../api/queries";
import type { CoursePage as Course } from "../api/views";
import { Due } from "../ui/Due";
import { Loaded } from "../ui/Loaded";
import { Meter } from "../ui/Meter";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { AuthorTools } from "./AuthorTools";
import { CourseLinks } from "./CourseLinks";
import { QuizPanel } from "./QuizPanel";
import { StaleNote } from "./StaleNote";
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
              {data.quiz && <QuizPanel course={data} quiz={data.quiz} />}
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
      {a?.state !== "completed" && (
        <div>
          <p className="small soft">{t(course.valid_months !== null ? "courses.completes_certificate" : "courses.completes")}</p>
          <ul className="small">
            <li>{t("courses.completes_reading", { count: course.lessons.length })}</li>
            {course.quiz ? <li>{t("courses.completes_quiz", { percent: course.quiz.pass_mark })}</li> : <li>{t("courses.completes_no_quiz")}</li>}
          </ul>
        </div>
      )}
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
