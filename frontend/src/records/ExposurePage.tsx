import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { api, ask, linkTo } from "../api/client";
import { policiesQuery, policyQuery } from "../api/queries";
import type { Exposure, UnitExposure } from "../api/views";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Choice } from "../ui/staff/Choice";
import { useFilters } from "../ui/staff/filters";
import { useTime } from "../ui/time";

/** ExposurePage shows how long people worked under a version before they acknowledged it, per unit. */
export default function ExposurePage() {
  const { t } = useTranslation();
  const [get, set] = useFilters();
  const policies = useQuery(policiesQuery);
  const code = get("policy") ?? policies.data?.items[0]?.code;
  const policy = useQuery({ ...policyQuery(code ?? ""), enabled: code !== undefined });
  const material = (policy.data?.versions ?? []).filter((v) => v.material);
  const version = Number(get("version")) || material[0]?.number || 0;
  const exposure = useQuery({
    queryKey: ["records", "exposure", code, version],
    queryFn: () => ask(api.GET("/records/exposure", { params: { query: { policy: code ?? "", version } } })),
    enabled: code !== undefined && version > 0,
  });
  return (
    <Page
      dense
      title={t("records.exposure")}
      lead={t("records.exposure_lead")}
      actions={version > 0 && (["csv", "xlsx", "json"] as const).map((format) => (
        <a key={format} className="button-link quiet" download href={linkTo("/records/exposure", { policy: code, version: String(version), format, all: format === "json" ? "true" : undefined })}>
          {t("records.download", { format: format.toUpperCase() })}
        </a>
      ))}
    >
      <Loaded query={policies}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("policies.no_policies")}>{t("policies.no_policies_text")}</Empty>
          ) : (
            <div className="stack loose">
              <div className="filters" style={{ margin: 0 }}>
                <Choice label={t("policies.policy")} value={code} options={items.map((p) => ({ value: p.code, label: p.title }))} onChoose={(v) => { set("version", undefined); set("policy", v); }} />
                <Choice label={t("policies.version")} value={String(version)} options={material.map((v) => ({ value: String(v.number), label: t("policies.version_n", { n: v.number }) }))} onChoose={(v) => set("version", v)} />
              </div>
              {version > 0 && <Loaded query={exposure} lines={10}>{(data) => <Units exposure={data} />}</Loaded>}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Units({ exposure: e }: { exposure: Exposure }) {
  const { t } = useTranslation();
  const time = useTime();
  if (e.total.people === 0) return <Empty title={t("policies.nobody_asked")}>{t("policies.nobody_asked_text")}</Empty>;
  const days = (n: number | null) => (n === null ? "–" : t("records.days", { count: n }));
  return (
    <div className="stack">
      <p className="soft">{t("policies.effective_from", { date: time.date(e.effective_from) })} · {t("records.as_of")} {time.date(e.as_of)}</p>
      <dl className="figures">
        <div><dt>{t("records.exposed_people")}</dt><dd>{e.total.people}</dd></div>
        <div><dt>{t("records.exposed_open")}</dt><dd className={e.total.open > 0 ? "bad" : undefined}>{e.total.open}</dd></div>
        <div><dt>{t("records.exposed_median")}</dt><dd>{days(e.total.median_days)}</dd></div>
        <div><dt>{t("records.exposed_longest")}</dt><dd>{days(e.total.longest_days)}</dd></div>
        <div><dt>{t("records.exposed_complaints")}</dt><dd>{e.total.complaints}</dd></div>
      </dl>
      <p className="small soft">{t("records.exposure_note")}</p>
      <div className="scroll-x table-frame" tabIndex={0} role="region" aria-label={t("records.exposure")}>
        <Table<UnitExposure>
          size="small"
          pagination={false}
          rowKey="unit_code"
          dataSource={e.items}
          columns={[
            { title: t("records.unit"), render: (_, u) => <>{u.unit_name} <span className="mono soft small">{u.unit_code}</span></> },
            { title: t("records.exposed_people"), dataIndex: "people", align: "end" },
            { title: t("policies.acknowledged"), dataIndex: "acknowledged", align: "end" },
            { title: t("records.exposed_trained"), dataIndex: "trained", align: "end" },
            { title: t("records.exposed_open"), dataIndex: "open", align: "end" },
            { title: t("records.exposed_median"), align: "end", render: (_, u) => days(u.median_days) },
            { title: t("records.exposed_longest"), align: "end", render: (_, u) => days(u.longest_days) },
            { title: t("records.exposed_complaints"), dataIndex: "complaints", align: "end" },
          ]}
        />
      </div>
    </div>
  );
}
