import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams, useSearchParams } from "react-router";
import { policyQuery } from "../api/queries";
import { hasOverAll, useMe } from "../app/me";
import { categoryText } from "../ui/category";
import { Loaded } from "../ui/Loaded";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";
import { Proposed } from "./Proposed";
import { Repeal } from "./Repeal";

/** PolicyPage is a policy with every version that was ever published. */
export default function PolicyPage() {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const { code = "" } = useParams();
  const policy = useQuery(policyQuery(code));
  const [search] = useSearchParams();
  const clause = search.get("clause");
  const p = policy.data;
  // A citation leads to the clause in the text that is in force.
  if (p && clause) {
    const n = p.versions.find((v) => v.in_force)?.number ?? p.versions[0]?.number ?? 1;
    return <Navigate replace to={`/policies/${code}/versions/${n}?clause=${encodeURIComponent(clause)}`} />;
  }
  return (
    <Page
      title={p?.title ?? t("policies.policy")}
      ready={!!p || policy.isError}
      back={{ to: "/policies", text: t("policies.policies") }}
      lead={p && [p.code, categoryText(t, p.category), p.issuer, p.owner && t("policies.owned_by", { owner: p.owner }), p.applies_to && t("policies.applies_to_whom", { whom: p.applies_to })].filter(Boolean).join(" · ")}
    >
      <Loaded query={policy}>
        {(data) => (
          <div className="stack loose">
          {data.repealed_from && (
            <p className="note warn"><b>{t("policies.repealed_from", { date: time.date(data.repealed_from) })}</b><span>{data.repeal_reason}</span></p>
          )}
          <section className="section" aria-labelledby="versions">
            <h2 id="versions">{t("policies.versions")}</h2>
            <ol role="list" className="ledger">
              {data.versions.map((v) => (
                <li key={v.number}>
                  <div>
                    <h3><Link to={`/policies/${data.code}/versions/${v.number}`}>{t("policies.version_n", { n: v.number })}</Link></h3>
                    {v.note && <p style={{ maxWidth: "44em" }}>{v.note}</p>}
                    <p className="meta">
                      <span>{t("policies.effective_from", { date: time.date(v.effective_from) })}</span>
                      {v.effective_until && <span>{t("policies.effective_until", { date: time.date(v.effective_until) })}</span>}
                      {!v.material && <span>{t("policies.editorial_of", { n: v.carries })}</span>}
                      <span>{t("policies.published_on", { date: time.dateOf(v.published_at) })}</span>
                      {v.acknowledged_at && <span>{t("policies.acknowledged_at", { time: time.instant(v.acknowledged_at) })}</span>}
                    </p>
                  </div>
                  <div className="act">
                    {v.in_force && <Tag tone="accent">{t("policies.in_force")}</Tag>}
                    {v.requested && !v.acknowledged_at && <Tag tone="warn">{t("policies.to_acknowledge")}</Tag>}
                  </div>
                </li>
              ))}
            </ol>
          </section>
          {!data.repealed_from && (data.repeal_proposed
            ? <Proposed code={data.code} proposal={data.repeal_proposed} />
            : hasOverAll(me, "compliance") && <Repeal code={data.code} newest={data.versions[0]?.number ?? 1} />)}
          </div>
        )}
      </Loaded>
    </Page>
  );
}
