import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { linkTo } from "../api/client";
import { meetingQuery } from "../api/queries";
import type { StudyMeeting } from "../api/views";
import { has, useMe } from "../app/me";
import { Html } from "../ui/Html";
import { Loaded } from "../ui/Loaded";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** MeetingView is the meeting that studied a briefing: minutes, and who took part how. */
export function MeetingView({ month, officer }: { month: string; officer: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const meeting = useQuery(meetingQuery(month));
  if (!meeting.data?.held && !officer) return null;
  return (
    <section className="section" aria-labelledby="meeting">
      <h2 id="meeting">{t("briefings.meeting")}</h2>
      <Loaded query={meeting} lines={4}>
        {(m) => (
          <div className="stack">
            {m.held ? <Minutes meeting={m} /> : <p className="soft">{t("briefings.no_meeting")}</p>}
            <div className="row no-print">
              {m.held && has(me, "compliance", "hr", "auditor") && <a className="button-link quiet" href={linkTo(`/briefings/${encodeURIComponent(month)}/minutes.pdf`)} target="_blank" rel="noreferrer">{t("briefings.minutes_pdf")}</a>}
              {officer && <Link className="button-link quiet" to={`/officer/briefings/${encodeURIComponent(month)}/meeting`}>{t(m.held ? "briefings.correct_minutes" : "briefings.record_meeting")}</Link>}
            </div>
          </div>
        )}
      </Loaded>
    </section>
  );
}

const ways = ["room", "remote", "later", "absent"] as const;

function Minutes({ meeting: m }: { meeting: StudyMeeting }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <article className="panel stack">
      <dl className="facts">
        <dt>{t("briefings.held_at")}</dt><dd>{m.held_at && time.instant(m.held_at)}</dd>
        <dt>{t("briefings.place")}</dt><dd>{m.place}</dd>
        <dt>{t("briefings.chair")}</dt><dd>{m.chair}</dd>
        <dt>{t("briefings.recorder")}</dt><dd>{m.recorder}</dd>
        {m.mine && <><dt>{t("briefings.my_attendance")}</dt><dd><Tag tone={m.mine === "absent" ? "warn" : "good"}>{t(`briefings.attended_${m.mine}`)}</Tag></dd></>}
      </dl>
      <dl className="figures">
        {ways.map((w) => <div key={w}><dt>{t(`briefings.attended_${w}`)}</dt><dd>{m[w]}</dd></div>)}
      </dl>
      <Html html={m.notes_html} className="prose compact" />
      {m.number > 1 && <p className="small soft">{t("briefings.minutes_number", { n: m.number })}</p>}
      {m.attended.length > 0 && (
        <details>
          <summary>{t("briefings.who_attended", { count: m.attended.length })}</summary>
          <div className="scroll-x" tabIndex={0} role="group" aria-label={t("briefings.who_attended", { count: m.attended.length })}>
            <table className="plain-table">
              <thead><tr><th scope="col">{t("policies.name")}</th><th scope="col">{t("policies.employee_no")}</th><th scope="col">{t("policies.unit")}</th><th scope="col">{t("briefings.how")}</th></tr></thead>
              <tbody>
                {m.attended.slice(0, 500).map((a) => (
                  <tr key={a.employee_no}><td>{a.name}</td><td className="mono">{a.employee_no}</td><td>{a.unit_name}</td><td>{t(`briefings.attended_${a.how}`)}{a.read_at && ` · ${time.dateOf(a.read_at)}`}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </article>
  );
}
