import { useTranslation } from "react-i18next";
import type { HeldCourse } from "../api/views";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";

const tones: Record<HeldCourse["state"], Tone> = { valid: "good", expired: "warn", revoked: "bad", none: "plain" };

/** HeldCourses lists what a person was assigned and holds, beside the performance. */
export function HeldCourses({ held }: { held: HeldCourse[] }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <table className="plain-table">
      <caption>{t("performance.held")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("performance.course")}</th>
          <th scope="col">{t("performance.due")}</th>
          <th scope="col">{t("performance.completed")}</th>
          <th scope="col">{t("performance.serial")}</th>
          <th scope="col">{t("performance.valid_until")}</th>
          <th scope="col">{t("performance.state")}</th>
        </tr>
      </thead>
      <tbody>
        {held.map((h) => (
          <tr key={`${h.course_slug}/${h.cycle}`}>
            <th scope="row" style={{ color: "inherit" }}>{h.course_title}</th>
            <td>{h.due_on ? time.brief(h.due_on) : "–"} {h.overdue && <Tag tone="bad">{t("performance.training_overdue")}</Tag>}</td>
            <td>{h.completed_on ? time.brief(h.completed_on) : "–"}</td>
            <td className="mono">{h.serial ?? "–"}</td>
            <td>{h.valid_until ? time.brief(h.valid_until) : "–"}</td>
            <td><Tag tone={tones[h.state]}>{t(`performance.held_${h.state}`)}</Tag></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
