import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "../api/client";
import { policiesQuery, policyQuery } from "../api/queries";
import type { Outstanding, OutstandingPage } from "../api/views";
import { has, useMe } from "../app/me";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import { Listing } from "../ui/staff/Listing";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { AskForm } from "./AskForm";

/** AcknowledgementsPage asks for the acknowledgement of a version and shows who has not given it. */
export default function AcknowledgementsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [get, set] = useFilters();
  const policies = useQuery(policiesQuery);
  const code = get("policy") ?? policies.data?.items[0]?.code;
  const policy = useQuery({ ...policyQuery(code ?? ""), enabled: code !== undefined });
  const n = Number(get("version")) || policy.data?.in_force || policy.data?.versions[0]?.number || 0;
  return (
    <Page dense title={t("policies.acknowledgements")} lead={t("policies.acknowledgements_lead")}>
      <Loaded query={policies}>
        {({ items }) =>
          items.length === 0 || !code ? (
            <Empty title={t("policies.no_policies")}>{t("policies.no_policies_text")}</Empty>
          ) : (
            <div className="stack loose">
              <div className="filters" style={{ margin: 0 }}>
                <Choice
                  label={t("policies.policy")}
                  value={code}
                  options={items.map((p) => ({ value: p.code, label: p.title }))}
                  onChoose={(v) => { set("version", undefined); set("policy", v); }}
                />
                {policy.data && (
                  <Choice
                    label={t("policies.version")}
                    value={String(n)}
                    options={policy.data.versions.map((v) => ({ value: String(v.number), label: t("policies.version_n", { n: v.number }) + (v.in_force ? ` (${t("policies.in_force")})` : "") }))}
                    onChoose={(v) => set("version", v)}
                  />
                )}
              </div>
              {has(me, "compliance", "hr") && n > 0 && <AskForm key={`${code}/${n}`} code={code} n={n} />}
              {n > 0 && <Waiting code={code} n={n} />}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Waiting({ code, n }: { code: string; n: number }) {
  const { t } = useTranslation();
  const time = useTime();
  const query = useInfiniteQuery({
    queryKey: ["policies", code, "versions", n, "outstanding"],
    queryFn: ({ pageParam }) =>
      ask(api.GET("/policies/{code}/versions/{n}/acknowledgements", { params: { path: { code, n }, query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
  const first = query.data?.pages[0];
  return (
    <div className="section">
      <h2 id="outstanding">{t("policies.outstanding")}</h2>
      {first && <Figures page={first} />}
      <Listing<Outstanding, OutstandingPage>
        query={query}
        title={t("policies.outstanding")}
        rowKey={(p) => p.employee_no}
        empty={first?.requested ? { title: t("policies.all_acknowledged"), text: t("policies.all_acknowledged_text") } : { title: t("policies.nobody_asked"), text: t("policies.nobody_asked_text") }}
        columns={[
          { title: t("policies.employee_no"), dataIndex: "employee_no", className: "mono" },
          { title: t("policies.name"), dataIndex: "name" },
          { title: t("policies.unit"), dataIndex: "unit_name" },
          { title: t("policies.position"), dataIndex: "position" },
          { title: t("policies.asked_on"), render: (_, p) => time.briefOf(p.requested_at) },
          { title: t("policies.due"), render: (_, p) => (p.due_on ? time.brief(p.due_on) : "–") },
          { title: t("policies.state"), render: (_, p) => (p.overdue ? <Tag tone="bad">{t("policies.overdue")}</Tag> : <Tag>{t("policies.waiting")}</Tag>) },
        ]}
      />
    </div>
  );
}

function Figures({ page }: { page: OutstandingPage }) {
  const { t } = useTranslation();
  return (
    <dl className="figures" style={{ marginBottom: 16 }}>
      <div><dt>{t("policies.figure_requested")}</dt><dd>{page.requested}</dd></div>
      <div><dt>{t("policies.figure_acknowledged")}</dt><dd>{page.acknowledged}</dd></div>
      <div><dt>{t("policies.figure_waiting")}</dt><dd>{page.waiting}</dd></div>
      <div><dt>{t("policies.figure_overdue")}</dt><dd className={page.overdue > 0 ? "bad" : undefined}>{page.overdue}</dd></div>
      <div><dt>{t("policies.figure_gone")}</dt><dd>{page.gone}</dd></div>
    </dl>
  );
}
