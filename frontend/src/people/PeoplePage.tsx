import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask } from "../api/client";
import type { Paged, Person } from "../api/views";
import { has, useMe } from "../app/me";
import { locales } from "../i18n";
import { Page } from "../ui/Page";
import { useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { Tag } from "../ui/Tag";

/** PeoplePage lists the staff that the reader may see. */
export default function PeoplePage() {
  const { t } = useTranslation();
  const me = useMe();
  const [get, set] = useFilters();
  const filters = { q: get("q"), unit: get("unit") };
  const query = useInfiniteQuery({
    queryKey: ["people", filters],
    queryFn: ({ pageParam }) => ask(api.GET("/people", { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const grants = has(me, "administrator", "auditor");
  return (
    <Page
      dense
      title={t("people.staff")}
      lead={t("people.staff_lead")}
      actions={has(me, "hr", "administrator") && <Link className="button-link quiet" to="/hr/people/import">{t("people.import")}</Link>}
    >
      <div className="filters">
        <SearchField label={t("people.search")} value={filters.q} onSearch={(v) => set("q", v)} />
        <div className="field">
          <label htmlFor="people-unit" className="label">{t("people.unit")}</label>
          <UnitSelect id="people-unit" value={filters.unit} onChange={(v) => set("unit", v)} placeholder={t("people.any")} />
        </div>
      </div>
      <Listing<Person, Paged<Person>>
        query={query}
        title={t("people.staff")}
        rowKey={(p) => p.id}
        empty={{ title: t("people.nobody"), text: t("people.nobody_text") }}
        columns={[
          { title: t("people.employee_no"), dataIndex: "employee_no", className: "mono" },
          { title: t("people.name"), dataIndex: "name" },
          { title: t("people.unit"), dataIndex: "unit_name" },
          { title: t("people.position"), dataIndex: "position" },
          { title: t("people.status"), render: (_, p) => <Tag tone={p.status === "active" ? "good" : "plain"}>{t(`people.status_${p.status}`)}</Tag> },
          { title: t("people.language"), render: (_, p) => locales.find((l) => l.code === p.language)?.name ?? p.language },
          ...(grants ? [{ title: t("people.roles"), key: "roles", render: (_: unknown, p: Person) => <Link to={`/admin/roles?person=${p.id}&name=${encodeURIComponent(p.name)}`}>{t("people.roles_of")}<span className="hidden-text"> {p.name}</span></Link> }] : []),
        ]}
      />
    </Page>
  );
}
