import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { AuditEvent, Paged } from "../api/views";
import { Page } from "../ui/Page";
import { useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { SearchField } from "../ui/staff/SearchField";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** AuditPage reads the append-only log of who did what. */
export default function AuditPage() {
  const { t } = useTranslation();
  const time = useTime();
  const [get, set] = useFilters();
  const filters = { action: get("action"), subject: get("subject") };
  const query = useInfiniteQuery({
    queryKey: ["audit", filters],
    queryFn: ({ pageParam }) => ask(api.GET("/audit/events", { params: { query: { ...filters, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  return (
    <Page dense title={t("audit.log")} lead={t("audit.lead")}>
      <div className="filters">
        <SearchField label={t("audit.action_starts")} value={filters.action} onSearch={(v) => set("action", v)} />
        <SearchField label={t("audit.subject")} value={filters.subject} onSearch={(v) => set("subject", v)} />
      </div>
      <Listing<AuditEvent, Paged<AuditEvent>>
        query={query}
        title={t("audit.log")}
        rowKey={(e) => e.id}
        empty={{ title: t("audit.none"), text: t("audit.none_text") }}
        columns={[
          { title: t("audit.at"), render: (_, e) => time.instant(e.at) },
          { title: t("audit.actor"), render: (_, e) => (e.actor ? `${e.actor.name} (${e.actor.employee_no})` : <span className="soft">{t("audit.system")}</span>) },
          { title: t("audit.action"), dataIndex: "action", className: "mono" },
          { title: t("audit.subject"), dataIndex: "subject", className: "mono" },
          { title: t("audit.data"), className: "wrap", render: (_, e) => <code className="mono small" style={{ overflowWrap: "anywhere" }}>{JSON.stringify(e.data)}</code> },
          { title: t("audit.sealed"), render: (_, e) => (e.sealed ? <Tag tone="good">{t("audit.sealed_yes")}</Tag> : <Tag>{t("audit.sealed_no")}</Tag>) },
          { title: t("audit.request"), dataIndex: "request_id", className: "mono" },
        ]}
      />
    </Page>
  );
}
