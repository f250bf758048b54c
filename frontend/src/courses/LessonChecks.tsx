import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type RefObject, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Answer, Lesson, Question } from "../api/views";
import { isLocale, localeNow } from "../i18n";
import { Html } from "../ui/Html";
import { ItemForm } from "../ui/item/ItemForm";
import { ProblemNote } from "../ui/ProblemNote";

/** LessonChecks puts the questions of a lesson into their places in its text. */
export function LessonChecks({ lesson, text }: { lesson: Lesson; text: RefObject<HTMLElement | null> }) {
  const [places, setPlaces] = useState<(Element | null)[]>([]);
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the places are in the page only after the text has been drawn
    setPlaces(lesson.checks.map((q) => text.current?.querySelector(`#check-${q.position}`) ?? null));
  }, [lesson, text]);
  return lesson.checks.map((q, i) => {
    const place = places[i];
    return place ? createPortal(<Check key={q.position} lesson={lesson} item={q} />, place) : null;
  });
}

function Check({ lesson, item }: { lesson: Lesson; item: Question }) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer>();
  const attempt = useMutation({
    mutationFn: () =>
      ask(api.POST("/courses/{slug}/lessons/{n}/checks/{position}", {
        params: { path: { slug: lesson.slug, n: lesson.n, position: item.position } },
        body: { revision: lesson.revision, locale: isLocale(lesson.locale) ? lesson.locale : localeNow(), answer: answer ?? {} },
      })),
  });
  const id = `check-title-${item.position}`;
  return (
    <section className="check-box" aria-labelledby={id}>
      <p id={id} className="check-title">{t("courses.check_yourself")}</p>
      <ItemForm item={item} answer={answer} labelledBy={id} onAnswer={(a) => { setAnswer(a); attempt.reset(); }} />
      <div className="row" style={{ marginTop: 12 }}>
        <Button disabled={!answer || Object.keys(answer).length === 0 || attempt.isPending} onClick={() => attempt.mutate()}>{t("courses.check_answer")}</Button>
        <span className="small soft">{t("courses.check_not_kept")}</span>
      </div>
      <div role="status">
        {attempt.isSuccess && (
          <div className={attempt.data.right ? "note good" : "note warn"} style={{ marginTop: 12 }}>
            <b>{t(attempt.data.right ? "courses.check_right" : "courses.check_wrong")}</b>
            {attempt.data.feedback_html && <Html html={attempt.data.feedback_html} lang={lesson.locale} className="prose compact" />}
          </div>
        )}
      </div>
      {attempt.isError && <ProblemNote error={attempt.error} />}
    </section>
  );
}
