import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { Complaint, Paged } from "../api/views";
import { has, useMe } from "../app/me";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { oneOf, useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import { NameResponsible } from "./NameResponsible";

const states = ["open", "late", "met"] as const;
const classes = ["general", "complex"] as const;
const tones: Record<(typeof states)[number], Tone> = { open: "plain", late: "bad", met: "good" };

/** ComplaintsPage lists complaints with their time limits and who is responsible. */
export default function ComplaintsPage() {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const [get, set] = useFilters();
  const [naming, setNaming] = useState<Complaint | null>(null);
  const filters = { state: oneOf(states, get("state")), class: oneOf(classes, get("class")), q: get("q"), unit: get("unit"), unnamed: get("unnamed") === "true" ? true : undefined };
  const query = useInfiniteQuery({
    queryKey: ["complaints", filters],
    queryFn: ({ pageParam }) => ask(api.GET("/complaints", { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const desk = has(me, "complaint_desk");
  return (
    <Page dense title={t("complaints.complaints")} lead={t("complaints.lead")}>
      <div className="filters">
        <SearchField label={t("complaints.search")} value={filters.q} onSearch={(v) => set("q", v)} />
        <Choice label={t("complaints.state")} any={t("complaints.any")} value={filters.state} options={states.map((s) => ({ value: s, label: t(`complaints.state_${s}`) }))} onChoose={(v) => set("state", v)} />
        <Choice label={t("complaints.class")} any={t("complaints.any")} value={filters.class} options={classes.map((c) => ({ value: c, label: t(`complaints.class_${c}`) }))} onChoose={(v) => set("class", v)} />
        <div className="field">
          <label htmlFor="complaint-unit" className="label">{t("complaints.unit")}</label>
          <UnitSelect id="complaint-unit" value={filters.unit} onChange={(v) => set("unit", v)} placeholder={t("complaints.any")} />
        </div>
        <label className="row" style={{ gap: 8, minHeight: 38 }}>
          <input type="checkbox" checked={filters.unnamed ?? false} onChange={(e) => set("unnamed", e.target.checked ? "true" : undefined)} /> {t("complaints.only_unnamed")}
        </label>
      </div>
      <Listing<Complaint, Paged<Complaint>>
        query={query}
        title={t("complaints.complaints")}
        rowKey={(c) => c.reference}
        empty={{ title: t("complaints.none"), text: t("complaints.none_text") }}
        columns={[
          { title: t("complaints.reference"), dataIndex: "reference", className: "mono" },
          { title: t("complaints.class"), render: (_, c) => t(`complaints.class_${c.class}`) },
          { title: t("complaints.product_and_cause"), render: (_, c) => <>{c.product}<div className="small soft">{c.cause}</div></> },
          { title: t("complaints.unit"), dataIndex: "unit_name" },
          { title: t("complaints.received"), render: (_, c) => time.instant(c.received_at) },
          { title: t("complaints.due"), render: (_, c) => <>{time.limit(c.due_at)}{c.beyond_calendar && <> <Tag tone="warn">{t("complaints.outside_calendar")}</Tag></>}</> },
          { title: t("complaints.done"), render: (_, c) => (c.done_at ? time.instant(c.done_at) : "–") },
          { title: t("complaints.state"), render: (_, c) => (c.state ? <Tag tone={tones[c.state]}>{t(`complaints.state_${c.state}`)}</Tag> : <span className="soft">{t("complaints.unmeasured")}</span>) },
          {
            title: t("complaints.responsible"),
            render: (_, c) => (
              <span className="row" style={{ gap: 10, flexWrap: "nowrap" }}>
                {c.responsible ? c.responsible.name : <span className="soft">{t("complaints.nobody")}</span>}
                {desk && (
                  <Button size="small" onClick={() => setNaming(c)}>
                    {c.responsible ? t("complaints.change") : t("complaints.name")}<span className="hidden-text"> {c.reference}</span>
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {naming && <NameResponsible complaint={naming} onClose={() => setNaming(null)} />}
    </Page>
  );
}
