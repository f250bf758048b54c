import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { ComplaintSummary } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import "../ui/staff/staff.css";
import { quarters, useTime } from "../ui/time";

/** SummaryPage is a quarter of complaints at a glance, with what caused them. */
export default function SummaryPage() {
  const { t } = useTranslation();
  const [get, set] = useFilters();
  const list = quarters(8);
  const period = get("period") ?? list[0] ?? "";
  const summary = useQuery({
    queryKey: ["complaints", "summary", period],
    queryFn: () => ask(api.GET("/complaints/summary", { params: { query: { period } } })),
  });
  return (
    <Page
      dense
      title={t("complaints.summary")}
      lead={t("complaints.summary_lead")}
      actions={
        <Choice
          label={t("complaints.period")}
          value={period}
          options={list.map((p) => {
            const [year = "", quarter = ""] = p.split("-Q");
            return { value: p, label: t("complaints.quarter", { year, quarter }) };
          })}
          onChoose={(v) => set("period", v)}
        />
      }
    >
      <Loaded query={summary} lines={8}>
        {(s) => (s.received === 0 ? <Empty title={t("complaints.none_in_quarter")}>{t("complaints.none_in_quarter_text")}</Empty> : <Summary summary={s} />)}
      </Loaded>
    </Page>
  );
}

function Summary({ summary: s }: { summary: ComplaintSummary }) {
  const { t } = useTranslation();
  const time = useTime();
  const most = Math.max(1, ...s.causes.map((c) => c.count));
  return (
    <div className="stack loose">
      <dl className="figures">
        <div><dt>{t("complaints.figure_received")}</dt><dd>{s.received}</dd></div>
        <div><dt>{t("complaints.class_general")}</dt><dd>{s.general}</dd></div>
        <div><dt>{t("complaints.class_complex")}</dt><dd>{s.complex}</dd></div>
        <div><dt>{t("complaints.state_met")}</dt><dd>{s.met}</dd></div>
        <div><dt>{t("complaints.state_late")}</dt><dd className={s.late > 0 ? "bad" : undefined}>{s.late}</dd></div>
        <div><dt>{t("complaints.state_open")}</dt><dd>{s.open}</dd></div>
        {s.unmeasured > 0 && <div><dt>{t("complaints.unmeasured")}</dt><dd>{s.unmeasured}</dd></div>}
        <div><dt>{t("complaints.figure_unnamed")}</dt><dd className={s.unnamed > 0 ? "bad" : undefined}>{s.unnamed}</dd></div>
        <div><dt>{t("complaints.figure_satisfied")}</dt><dd>{s.satisfied}/{s.answered}</dd></div>
      </dl>
      <section className="panel" aria-labelledby="causes">
        <h2 id="causes">{t("complaints.causes")}</h2>
        <ol role="list" className="causes">
          {s.causes.map((c) => (
            <li key={c.cause}>
              <span>{c.cause || t("complaints.no_cause")}</span>
              <span className="meter" aria-hidden><i style={{ width: `${(100 * c.count) / most}%` }} /></span>
              <span className="number">{c.count}</span>
            </li>
          ))}
        </ol>
      </section>
      {s.calendar.complete_until && <p className="note">{t("complaints.calendar", { date: time.date(s.calendar.complete_until) })}</p>}
    </div>
  );
}
