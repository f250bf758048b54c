import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Assignment } from "../api/views";
import { categoryText } from "../ui/category";
import { Due } from "../ui/Due";
import { Meter } from "../ui/Meter";
import { useTime } from "../ui/time";

/** AssignmentLine is one course that is asked of the reader. */
export function AssignmentLine({ assignment: a }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const time = useTime();
  const to = `/courses/${a.course.slug}`;
  return (
    <li>
      <div>
        <h3>
          <Link to={to}>{a.course.title}</Link>
        </h3>
        <p className="meta">
          <span>{categoryText(t, a.course.category)}</span>
          <span>{t("courses.minutes", { count: a.course.minutes })}</span>
          <span>{t(`training.reason_${a.reason}`)}</span>
          {a.cycle > 1 && <span>{t("training.cycle", { n: a.cycle })}</span>}
        </p>
        {a.state !== "completed" && a.lessons_total > 0 && (
          <Meter value={a.lessons_read} of={a.lessons_total} text={t("courses.lessons_of", { read: a.lessons_read, total: a.lessons_total })} />
        )}
      </div>
      <div className="act">
        {a.state === "completed" ? (
          <>
            {a.completed_at && <span className="soft">{t("training.completed_on", { date: time.dateOf(a.completed_at) })}</span>}
            {a.certificate_serial && <Link to="/certificates">{t("courses.certificate")}</Link>}
          </>
        ) : (
          <>
            <Due assignment={a} />
            <Link to={to} className="go">
              {a.state === "not_started" ? t("training.start") : t("training.go_on")}
              <span className="hidden-text"> {a.course.title}</span>
            </Link>
          </>
        )}
      </div>
    </li>
  );
}
