import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, linkTo } from "../api/client";
import type { Measure, ScorePage, StaffRecord } from "../api/views";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { oneOf, useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { Tag } from "../ui/Tag";
import { quarters } from "../ui/time";
import { percent, verdictTones } from "./CardView";
import { HeldCourses } from "./HeldCourses";
import { IntervalBar } from "./IntervalBar";
import { PeriodChoice } from "./PeriodChoice";

const sorts = ["employee_no", "name", "unit"] as const;
const measures = ["first_reply_timeliness", "initial_feedback_timeliness", "satisfaction"] as const;

/** ScoresPage shows HR a quarter's performance and the certifications side by side. */
export default function ScoresPage() {
  const { t } = useTranslation();
  const [get, set] = useFilters();
  const period = get("period") ?? quarters(1)[0] ?? "";
  const filters = { period, unit: get("unit"), q: get("q"), sort: oneOf(sorts, get("sort")), everyone: get("everyone") === "true" ? true : undefined };
  const query = useInfiniteQuery({
    queryKey: ["performance", "scores", filters],
    queryFn: ({ pageParam }) => ask(api.GET("/performance/scores", { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const all = { period, unit: filters.unit, q: filters.q, sort: filters.sort, everyone: filters.everyone ? "true" : undefined };
  return (
    <Page
      dense
      title={t("performance.scores")}
      lead={t("performance.scores_lead")}
      actions={(["csv", "xlsx", "json"] as const).map((format) => (
        <a key={format} className="button-link quiet" download href={linkTo("/performance/scores", { ...all, format, all: format === "json" ? "true" : undefined })}>
          {t("performance.download", { format: format.toUpperCase() })}
        </a>
      ))}
    >
      <div className="filters">
        <PeriodChoice period={period} onChoose={(v) => set("period", v)} />
        <SearchField label={t("performance.search")} value={filters.q} onSearch={(v) => set("q", v)} />
        <div className="field">
          <label htmlFor="score-unit" className="label">{t("performance.unit")}</label>
          <UnitSelect id="score-unit" value={filters.unit} onChange={(v) => set("unit", v)} placeholder={t("performance.any")} />
        </div>
        <Choice label={t("performance.sort")} value={filters.sort ?? "employee_no"} options={sorts.map((s) => ({ value: s, label: t(`performance.sort_${s}`) }))} onChoose={(v) => set("sort", v)} />
        <label className="row" style={{ gap: 8, minHeight: 38 }}>
          <input type="checkbox" checked={filters.everyone ?? false} onChange={(e) => set("everyone", e.target.checked ? "true" : undefined)} /> {t("performance.everyone")}
        </label>
      </div>
      <Listing<StaffRecord, ScorePage>
        query={query}
        title={t("performance.scores")}
        rowKey={(r) => r.employee_no}
        empty={{ title: t("performance.no_records"), text: t("performance.no_records_text") }}
        expandable={{ columnTitle: <span className="hidden-text">{t("performance.held")}</span>, expandedRowRender: (r) => <HeldCourses held={r.held} />, rowExpandable: (r) => r.held.length > 0 }}
        columns={[
          { title: t("performance.employee_no"), dataIndex: "employee_no", className: "mono" },
          { title: t("performance.name"), render: (_, r) => <Link to={`/hr/performance/${encodeURIComponent(r.employee_no)}?period=${period}`}>{r.name}</Link> },
          { title: t("performance.unit"), dataIndex: "unit_name" },
          ...measures.map((name) => ({
            title: t(`performance.short_${name}`),
            key: name,
            render: (_: unknown, r: StaffRecord) => <Cell measure={r.measures.find((m) => m.measure === name)} />,
          })),
          { title: t("performance.training"), render: (_, r) => <>{t("performance.training_cell", { completed: r.training.completed, assigned: r.training.assigned })} {r.training.overdue > 0 && <Tag tone="bad">{t("performance.overdue_cell", { count: r.training.overdue })}</Tag>}</> },
          { title: t("performance.certificates"), render: (_, r) => <>{t("performance.certificates_cell", { valid: r.certificates.valid })} {r.certificates.expired > 0 && <Tag tone="warn">{t("performance.expired_cell", { count: r.certificates.expired })}</Tag>}</> },
        ]}
      />
    </Page>
  );
}

function Cell({ measure: m }: { measure: Measure | undefined }) {
  const { t } = useTranslation();
  if (!m || m.rate === null || m.numerator === null) return <span className="soft">{t(`performance.verdict_${m?.verdict ?? "no_data"}`)}</span>;
  return (
    <div style={{ display: "grid", gap: 5, minWidth: 150 }}>
      <span className="row" style={{ gap: 8, flexWrap: "nowrap" }}>
        <b>{percent(m.rate)}</b>
        <span className="soft small">{m.numerator}/{m.denominator}</span>
        <Tag tone={verdictTones[m.verdict]}>{t(`performance.brief_${m.verdict}`)}</Tag>
      </span>
      <IntervalBar small rate={m.rate} lower={m.lower} upper={m.upper} target={m.target} />
    </div>
  );
}
