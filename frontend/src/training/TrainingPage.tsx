import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { assignmentsQuery, briefingsQuery, policiesQuery } from "../api/queries";
import type { Assignment, PolicyLine } from "../api/views";
import { useMe } from "../app/me";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { useTime } from "../ui/time";
import { AssignmentLine } from "./AssignmentLine";
import { Decisions } from "./Decisions";

const sections = ["overdue", "in_progress", "not_started", "completed"] as const;

/** TrainingPage is where an employee arrives: what is required, and by when. */
export default function TrainingPage() {
  const { t } = useTranslation();
  const me = useMe();
  const assignments = useQuery(assignmentsQuery);
  return (
    <Page title={t("training.my_training")} lead={me && t("training.greeting", { name: me.name })}>
      <div className="stack loose">
        <Decisions />
        <AlsoAsked />
        <Loaded query={assignments} lines={8}>
          {({ items }) => <Sections items={items} />}
        </Loaded>
      </div>
    </Page>
  );
}

function byDueDate(a: Assignment, b: Assignment): number {
  return (a.due_on ?? "9999").localeCompare(b.due_on ?? "9999") || a.course.title.localeCompare(b.course.title);
}

function Sections({ items }: { items: Assignment[] }) {
  const { t } = useTranslation();
  if (items.length === 0) {
    return (
      <Empty title={t("training.nothing_assigned")} action={<Link to="/courses">{t("training.to_catalogue")}</Link>}>
        {t("training.nothing_assigned_text")}
      </Empty>
    );
  }
  const open = items.filter((a) => a.state !== "completed").length;
  return (
    <>
      {open === 0 && (
        <div className="note good" role="status">
          <b>{t("training.all_done")}</b>
          <span>{t("training.all_done_text")}</span>
        </div>
      )}
      {sections.map((state) => {
        const rows = items.filter((a) => a.state === state).sort(byDueDate);
        if (rows.length === 0) return null;
        return (
          <section key={state} className="section" aria-labelledby={`s-${state}`}>
            <h2 id={`s-${state}`}>
              {t(`training.section_${state}`)} <span className="count">{rows.length}</span>
            </h2>
            <ul role="list" className="ledger">
              {rows.map((a) => (
                <AssignmentLine key={a.assignment_id} assignment={a} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

/** toRead is what changed for those who acknowledged an earlier version, and the whole text for others. */
function toRead(p: PolicyLine): string {
  return `/policies/${p.code}/versions/${p.version}${p.known ? "/changes" : ""}`;
}

/** AlsoAsked points to policies and the briefing that wait for the reader. */
function AlsoAsked() {
  const { t } = useTranslation();
  const time = useTime();
  const policies = useQuery(policiesQuery);
  const briefings = useQuery(briefingsQuery);
  const waiting = policies.data?.items.filter((p) => p.requested && !p.acknowledged_at) ?? [];
  const newest = briefings.data?.items[0];
  const unread = newest && !newest.read ? newest : null;
  if (waiting.length === 0 && !unread) return null;
  return (
    <section aria-labelledby="also" className="section">
      <h2 id="also">{t("training.also_asked")}</h2>
      <ul role="list" className="ledger">
        {unread && (
          <li>
            <div>
              <h3><Link to={`/briefings/${encodeURIComponent(unread.month)}`}>{unread.title}</Link></h3>
              <p className="meta">{t("training.briefing_unread")}</p>
            </div>
            <div className="act"><Link className="go" to={`/briefings/${encodeURIComponent(unread.month)}`}>{t("training.read_now")}<span className="hidden-text"> {unread.title}</span></Link></div>
          </li>
        )}
        {waiting.map((p) => (
          <li key={p.code}>
            <div>
              <h3><Link to={toRead(p)}>{p.title}</Link></h3>
              <p className="meta">{p.due_on ? t("training.acknowledge_by", { date: time.date(p.due_on) }) : t("training.acknowledge")}</p>
            </div>
            <div className="act"><Link className="go" to={toRead(p)}>{t("training.read_now")}<span className="hidden-text"> {p.title}</span></Link></div>
          </li>
        ))}
      </ul>
    </section>
  );
}
