import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import type { StaleCitation } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { oneOf, useFilters } from "../ui/staff/filters";
import { SearchField } from "../ui/staff/SearchField";
import { StaleList } from "./StaleList";

const kinds = ["lesson", "item", "briefing"] as const;

function kindOf(c: StaleCitation): (typeof kinds)[number] {
  if (c.kind === "briefing") return "briefing";
  return c.part.startsWith("item/") ? "item" : "lesson";
}

/** StalePage lists what cites clauses that changed since, by policy and clause, for its author to review. */
export default function StalePage() {
  const { t } = useTranslation();
  const [get, set] = useFilters();
  const stale = useQuery({ queryKey: ["citations"], queryFn: () => ask(api.GET("/citations")) });
  const policy = get("policy"), kind = oneOf(kinds, get("kind")), words = get("q")?.toLowerCase();
  return (
    <Page title={t("policies.stale")} lead={t("policies.stale_lead")}>
      <Loaded query={stale} lines={6}>
        {({ items }) => {
          if (items.length === 0) return <Empty title={t("policies.nothing_stale")}>{t("policies.nothing_stale_text")}</Empty>;
          const policies = [...new Map(items.map((c) => [c.policy, c.policy_title]))];
          const shown = items.filter((c) => (!policy || c.policy === policy) && (!kind || kindOf(c) === kind)
            && (!words || [c.title, c.part_title, c.part, c.policy_title, c.policy, c.clause_name, c.author].some((text) => text.toLowerCase().includes(words))));
          return (
            <div className="stack">
              <div className="filters">
                <Choice label={t("policies.policy")} any={t("policies.any")} value={policy} options={policies.map(([value, title]) => ({ value, label: `${title} (${value})` }))} onChoose={(v) => set("policy", v)} />
                <Choice label={t("policies.cited_in")} any={t("policies.any")} value={kind} options={kinds.map((k) => ({ value: k, label: t(`policies.cited_in_${k}`) }))} onChoose={(v) => set("kind", v)} />
                <SearchField label={t("policies.stale_search")} value={get("q")} onSearch={(v) => set("q", v)} />
              </div>
              <p className="small soft" role="status">{t("policies.stale_count", { count: shown.length, all: items.length })}</p>
              {shown.length > 0 ? <StaleList citations={shown} review /> : <Empty title={t("policies.stale_none")}>{t("policies.stale_none_text")}</Empty>}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
