import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { policiesQuery } from "../api/queries";
import type { PolicyLine } from "../api/views";
import { categoryText } from "../ui/category";
import { Empty } from "../ui/Empty";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** PoliciesPage lists the policy documents, those that wait for the reader first. */
export default function PoliciesPage() {
  const { t } = useTranslation();
  const policies = useQuery(policiesQuery);
  return (
    <Page title={t("policies.policies")} lead={t("policies.policies_lead")}>
      <Loaded query={policies} lines={6}>{({ items }) => <Lists items={items} />}</Loaded>
    </Page>
  );
}

function Lists({ items }: { items: PolicyLine[] }) {
  const { t } = useTranslation();
  const waits = (p: PolicyLine) => p.requested && !p.acknowledged_at;
  const groups = [
    { key: "waiting" as const, rows: items.filter(waits) },
    { key: "others" as const, rows: items.filter((p) => !waits(p)) },
  ];
  if (items.length === 0) return <Empty title={t("policies.no_policies")}>{t("policies.no_policies_text")}</Empty>;
  return (
    <div className="stack loose">
      {groups.map((g) => g.rows.length > 0 && (
        <section key={g.key} className="section" aria-labelledby={`g-${g.key}`}>
          <h2 id={`g-${g.key}`}>{t(`policies.list_${g.key}`)} <span className="count">{g.rows.length}</span></h2>
          <ul role="list" className="ledger">{g.rows.map((p) => <Line key={p.code} policy={p} />)}</ul>
        </section>
      ))}
    </div>
  );
}

function Line({ policy: p }: { policy: PolicyLine }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <li>
      <div>
        <h3><Link to={`/policies/${p.code}`}>{p.title}</Link></h3>
        <p className="meta">
          <span className="mono">{p.code}</span>
          <span>{categoryText(t, p.category)}</span>
          <span>{p.issuer}</span>
          {p.version > 0 && <span>{t("policies.version_n", { n: p.version })}</span>}
          {p.effective_from && <span>{t("policies.effective_from", { date: time.date(p.effective_from) })}</span>}
        </p>
      </div>
      <div className="act">
        {p.version === 0 ? (
          <Tag>{p.repealed_from ? t("policies.repealed_from", { date: time.date(p.repealed_from) }) : t("policies.not_in_force")}</Tag>
        ) : p.acknowledged_at ? (
          <Tag tone="good">{t("policies.acknowledged")}</Tag>
        ) : p.requested ? (
          <>
            <Tag tone="warn">{p.due_on ? t("policies.acknowledge_by", { date: time.date(p.due_on) }) : t("policies.to_acknowledge")}</Tag>
            <Link className="go" to={`/policies/${p.code}/versions/${p.version}`}>{t("policies.read_now")}<span className="hidden-text"> {p.title}</span></Link>
          </>
        ) : null}
      </div>
    </li>
  );
}
