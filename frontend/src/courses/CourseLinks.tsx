import { CheckCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CoursePage, LinkedCourse } from "../api/views";

/** CourseLinks are the courses to complete before this one, and those that count for it. */
export function CourseLinks({ course }: { course: CoursePage }) {
  return (
    <>
      <Links title="courses.requires" text="courses.requires_text" list={course.requires} />
      <Links title="courses.equivalents" text="courses.equivalents_text" list={course.equivalents} />
    </>
  );
}

function Links({ title, text, list }: { title: "courses.requires" | "courses.equivalents"; text: "courses.requires_text" | "courses.equivalents_text"; list: LinkedCourse[] }) {
  const { t } = useTranslation();
  if (list.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby={title} style={{ gap: 8 }}>
      <h2 id={title} style={{ fontSize: 17, margin: 0 }}>{t(title)}</h2>
      <p className="small soft">{t(text)}</p>
      <ul role="list" className="stack" style={{ gap: 6 }}>
        {list.map((c) => (
          <li key={c.slug} className="row apart">
            <Link to={`/courses/${c.slug}`}>{c.title}</Link>
            {c.completed && <span className="read-mark"><CheckCircleFilled aria-hidden /> {t("courses.state_completed")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
