import { useTranslation } from "react-i18next";
import type { Assignment } from "../api/views";
import { Tag } from "./Tag";
import { useTime } from "./time";

/** Due says by when, and how urgent that is. */
export function Due({ assignment: a }: { assignment: Pick<Assignment, "due_on" | "days_left" | "state"> }) {
  const { t } = useTranslation();
  const time = useTime();
  if (!a.due_on) return <span className="soft">{t("courses.no_due_date")}</span>;
  const left = a.days_left ?? 0;
  return (
    <span className="row" style={{ gap: "4px 10px" }}>
      <span className="soft">{t("courses.due_on", { date: time.date(a.due_on) })}</span>
      {left < 0 ? (
        <Tag tone="bad">{t("courses.days_late", { count: -left })}</Tag>
      ) : left === 0 ? (
        <Tag tone="warn">{t("courses.due_today")}</Tag>
      ) : (
        <Tag tone={left <= 7 ? "warn" : "plain"}>{t("courses.days_left", { count: left })}</Tag>
      )}
    </span>
  );
}
