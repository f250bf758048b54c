import { useTranslation } from "react-i18next";
import type { ComplaintImport } from "../api/views";
import { named } from "../ui/staff/named";
import { LeftOut } from "../ui/staff/LeftOut";
import { useTime } from "../ui/time";
import { FactChanges } from "./FactChanges";

/** ImportReport says what a file holds, what was left out, and how its first rows were understood. */
export function ImportReport({ report: r }: { report: ComplaintImport }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <section className="stack" aria-labelledby="report">
      <h2 id="report" className="section-title" style={{ margin: 0 }}>{t("complaints.report")}</h2>
      <dl className="figures">
        <div><dt>{t("complaints.rows_read")}</dt><dd>{r.rows_read}</dd></div>
        <div><dt>{t(r.dry_run ? "complaints.accepted" : "complaints.accepted_done")}</dt><dd>{r.accepted}</dd></div>
        <div><dt>{t("complaints.created")}</dt><dd>{r.created}</dd></div>
        <div><dt>{t("complaints.updated")}</dt><dd>{r.updated}</dd></div>
        <div><dt>{t("complaints.row_unchanged")}</dt><dd>{r.unchanged}</dd></div>
        <div><dt>{t("complaints.duplicates")}</dt><dd>{r.duplicates}</dd></div>
      </dl>
      <p className="small soft">{t("complaints.encoding", { encoding: r.encoding })}</p>
      {r.dropped_columns.length > 0 && (
        <div className="note warn">
          <b>{t("complaints.dropped")}</b>
          <span>{r.dropped_columns.map((c) => t("complaints.dropped_column", { column: c.column, count: c.filled })).join(t("complaints.and"))}</span>
          <span className="small">{t("complaints.dropped_why")}</span>
        </div>
      )}
      <LeftOut file={r} />
      <FactChanges report={r} />
      {r.beyond_calendar > 0 && <p className="note warn">{t("complaints.rows_outside_calendar", { count: r.beyond_calendar })}</p>}
      {r.preview.length > 0 && (
        <div className="panel scroll-x" tabIndex={0} role="region" aria-label={t("complaints.preview")}>
          <table className="plain-table stacked">
            <caption>{t("complaints.preview")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("complaints.reference")}</th>
                <th scope="col">{t("complaints.class")}</th>
                <th scope="col">{t("complaints.unit")}</th>
                <th scope="col">{t("complaints.received")}</th>
                <th scope="col">{t("complaints.due")}</th>
                <th scope="col">{t("complaints.responsible")}</th>
              </tr>
            </thead>
            <tbody>
              {r.preview.map((row) => (
                <tr key={row.reference}>
                  <th scope="row" className="mono" style={{ color: "inherit" }}>{row.reference}</th>
                  <td data-label={t("complaints.class")}>{row.class === "general" || row.class === "complex" ? t(`complaints.class_${row.class}`) : row.class}</td>
                  <td data-label={t("complaints.unit")}>{named(row.unit_code, row.unit_name)}</td>
                  <td data-label={t("complaints.received")}>{time.wall(row.received_at)}</td>
                  <td data-label={t("complaints.due")}>{time.wallLimit(row.due_at)}</td>
                  <td data-label={t("complaints.responsible")}>{row.responsible ? named(row.responsible, row.responsible_name) : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
