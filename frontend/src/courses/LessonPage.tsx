import { CheckOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { api, ask } from "../api/client";
import { courseQuery } from "../api/queries";
import type { CoursePage, Lesson } from "../api/views";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { ProblemNote } from "../ui/ProblemNote";
import { LessonChecks } from "./LessonChecks";
import { StaleNote } from "./StaleNote";
import { floorSeconds, headingsOf, readingMinutes, useReadingPlace, useStay } from "./reading";
import { useTurning } from "./turning";
import "./course.css";

/** LessonPage is one lesson to read, and the way to the next. */
export default function LessonPage() {
  const { t } = useTranslation();
  const { slug = "", n = "1" } = useParams();
  const number = Number(n);
  const lesson = useQuery({
    queryKey: ["courses", slug, "lessons", number],
    queryFn: () => ask(api.GET("/courses/{slug}/lessons/{n}", { params: { path: { slug, n: number } } })),
    staleTime: 300_000,
  });
  const course = useQuery(courseQuery(slug));
  return (
    <Page
      title={lesson.data?.title ?? t("courses.lesson")}
      ready={!!lesson.data || lesson.isError}
      back={{ to: `/courses/${slug}`, text: lesson.data?.course_title ?? t("courses.course") }}
      actions={lesson.data && <Button onClick={() => window.print()}>{t("courses.print")}</Button>}
      lead={lesson.data && `${t("courses.lesson_of", { n: number, total: lesson.data.total })} · ${t("courses.reading_minutes", { count: readingMinutes(lesson.data.html) })}`}
    >
      <Loaded query={lesson} lines={12}>
        {(data) => <Reading key={`${slug}/${number}`} lesson={data} course={course.data} />}
      </Loaded>
    </Page>
  );
}

function Reading({ lesson, course }: { lesson: Lesson; course: CoursePage | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const end = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLElement>(null);
  const marked = useRef(false);
  const name = course?.lessons.find((l) => l.n === lesson.n)?.name;
  const already = course?.lessons.find((l) => l.n === lesson.n)?.read ?? false;
  const read = useMutation({
    mutationFn: () =>
      ask(api.POST("/courses/{slug}/lessons/{n}/read", {
        params: { path: { slug: lesson.slug, n: lesson.n } },
        body: { revision: lesson.revision },
      })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["courses", lesson.slug], exact: true });
      await client.invalidateQueries({ queryKey: ["assignments"] });
    },
    onError: () => {
      marked.current = false; // the next way out of the lesson tries again
    },
  });
  useReadingPlace(`${lesson.slug}/${lesson.n}/${lesson.revision}`, already);
  const { mutate } = read;
  const mark = useCallback(() => {
    if (marked.current || !course || already) return;
    marked.current = true;
    mutate();
  }, [course, already, mutate]);

  // The lesson counts as read when its end has been on screen, and not before so many seconds.
  const floor = floorSeconds(lesson.html);
  const stayed = useStay(floor);
  const [ended, setEnded] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    const place = end.current;
    if (!place || typeof IntersectionObserver === "undefined") return;
    const watcher = new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && setEnded(true), { threshold: 1 });
    watcher.observe(place);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (ended && stayed) mark();
  }, [ended, stayed, mark]);

  const go = useCallback(
    (n: number) => {
      if (n > lesson.n && ended && stayed) mark(); // once more, when it could not be recorded
      if (n < 1) return;
      void navigate(n > lesson.total ? `/courses/${lesson.slug}` : `/courses/${lesson.slug}/lessons/${n}`);
    },
    [lesson, ended, stayed, mark, navigate],
  );
  const [keys, setKeys] = useTurning(() => go(lesson.n - 1), () => go(lesson.n + 1));

  const done = already || read.isSuccess;
  const last = lesson.n === lesson.total;
  return (
    <div className="lesson">
      <div>
        <details className="lesson-contents-top no-print">
          <summary>{t("courses.contents")}</summary>
          <Contents lesson={lesson} course={course} />
        </details>
        <StaleNote citations={course?.stale.filter((c) => c.part === `lesson/${name ?? ""}`) ?? []} />
        <article className="sheet" ref={text}>
          <Html html={lesson.html} lang={lesson.locale} />
          <LessonChecks lesson={lesson} text={text} />
          <div ref={end} style={{ height: 1 }} aria-hidden />
        </article>
        {read.isError && (
          <div style={{ marginTop: 16 }}>
            <ProblemNote error={read.error} retry={mark} />
          </div>
        )}
        <p role="status" className="small soft no-print" style={{ marginTop: 14, minHeight: 22 }}>
          {!done && t("courses.counts_as_read", { count: floor })}
          {done && <><CheckOutlined aria-hidden /> {t("courses.read_recorded")}</>}
          {read.data?.completed && ` ${t("courses.course_completed")}`}
        </p>
        <div className="lesson-foot no-print">
          <Button size="large" disabled={lesson.n === 1} onClick={() => go(lesson.n - 1)}>{t("courses.previous")}</Button>
          <Button size="large" type="primary" onClick={() => go(lesson.n + 1)}>{last ? t("courses.finish_reading") : t("courses.next")}</Button>
        </div>
        <p className="print-only small">{t("courses.print_note", { course: lesson.course_title, n: lesson.revision })}</p>
        <label className="keys no-print">
          <input type="checkbox" checked={keys} onChange={(e) => setKeys(e.target.checked)} /> {t("courses.keys")} <kbd>J</kbd> <kbd>K</kbd>{" "}
          <kbd>←</kbd> <kbd>→</kbd>
        </label>
      </div>
      <nav className="contents no-print" aria-label={t("courses.contents")}>
        <h2>{t("courses.contents")}</h2>
        <Contents lesson={lesson} course={course} />
      </nav>
    </div>
  );
}

function Contents({ lesson, course }: { lesson: Lesson; course: CoursePage | undefined }) {
  const { t } = useTranslation();
  const sections = headingsOf(lesson.html);
  return (
    <ol role="list">
      {course?.lessons.map((l) => (
        <li key={l.n}>
          <Link to={`/courses/${lesson.slug}/lessons/${l.n}`} aria-current={l.n === lesson.n ? "page" : undefined}>
            <span className="number">{l.read ? <CheckOutlined aria-label={t("courses.read")} /> : l.n}</span>
            <span>{l.title}</span>
          </Link>
          {l.n === lesson.n && sections.length > 1 && (
            <ol role="list" className="sections">{sections.map((h) => <li key={h.id}><a href={`#${h.id}`}>{h.text}</a></li>)}</ol>
          )}
        </li>
      ))}
    </ol>
  );
}
