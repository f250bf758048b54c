import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, linkTo } from "../api/client";
import { coursesQuery } from "../api/queries";
import type { Certification, CertificationPage } from "../api/views";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { oneOf, useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { Tag, type Tone } from "../ui/Tag";
import { today, useTime } from "../ui/time";

const states = ["valid", "expired", "revoked", "none"] as const;
const tones: Record<Certification["state"], Tone> = { valid: "good", expired: "warn", revoked: "bad", none: "plain" };

/** CertificationsPage shows HR who held which certification on a date. */
export default function CertificationsPage() {
  const { t } = useTranslation();
  const time = useTime();
  const [get, set] = useFilters();
  const courses = useQuery(coursesQuery);
  const filters = { as_of: get("as_of"), unit: get("unit"), course: get("course"), state: oneOf(states, get("state")), q: get("q") };
  const query = useInfiniteQuery({
    queryKey: ["records", "certifications", filters],
    queryFn: ({ pageParam }) => ask(api.GET("/records/certifications", { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const date = (day: string | null) => (day ? time.brief(day) : "–");
  return (
    <Page
      dense
      title={t("records.certifications")}
      lead={t("records.lead")}
      actions={(["csv", "xlsx", "json"] as const).map((format) => (
        <a key={format} className="button-link quiet" download href={linkTo("/records/certifications", { ...filters, format, all: format === "json" ? "true" : undefined })}>
          {t("records.download", { format: format.toUpperCase() })}
        </a>
      ))}
    >
      <div className="filters">
        <label className="field">
          <span className="label">{t("records.as_of")}</span>
          <input type="date" className="native-input" value={filters.as_of ?? today()} onChange={(e) => set("as_of", e.target.value)} />
        </label>
        <SearchField label={t("records.search")} value={filters.q} onSearch={(v) => set("q", v)} />
        <div className="field">
          <label htmlFor="record-unit" className="label">{t("records.unit")}</label>
          <UnitSelect id="record-unit" value={filters.unit} onChange={(v) => set("unit", v)} placeholder={t("records.any")} />
        </div>
        <Choice label={t("records.course")} any={t("records.any")} value={filters.course} options={(courses.data?.items ?? []).map((c) => ({ value: c.slug, label: c.title }))} onChoose={(v) => set("course", v)} />
        <Choice label={t("records.state")} any={t("records.any")} value={filters.state} options={states.map((s) => ({ value: s, label: t(`records.state_${s}`) }))} onChoose={(v) => set("state", v)} />
      </div>
      <Listing<Certification, CertificationPage>
        query={query}
        title={t("records.certifications")}
        rowKey={(c) => `${c.employee_no}/${c.course_slug}/${c.cycle}`}
        empty={{ title: t("records.none"), text: t("records.none_text") }}
        columns={[
          { title: t("records.name"), render: (_, c) => <>{c.name}<br /><span className="mono soft">{c.employee_no}</span></> },
          { title: t("records.unit"), dataIndex: "unit_name" },
          { title: t("records.course"), dataIndex: "course_title", className: "wrap" },
          { title: t("records.state"), render: (_, c) => <Tag tone={tones[c.state]}>{t(`records.state_${c.state}`)}</Tag> },
          { title: t("records.cycle"), dataIndex: "cycle" },
          { title: t("records.due"), render: (_, c) => date(c.due_on) },
          { title: t("records.completed"), render: (_, c) => (c.completed_at ? time.briefOf(c.completed_at) : "–") },
          { title: t("records.points"), render: (_, c) => (c.earned !== null ? `${c.earned}/${c.possible}` : "–") },
          { title: t("records.valid_until"), render: (_, c) => date(c.valid_until) },
          { title: t("records.serial"), render: (_, c) => (c.serial ? <a className="mono" href={`/verify/${c.serial}`} target="_blank" rel="noreferrer">{c.serial}</a> : "–") },
        ]}
      />
    </Page>
  );
}
