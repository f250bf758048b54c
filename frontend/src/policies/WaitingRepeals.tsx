import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { repealsQuery } from "../api/queries";
import { has, hasOverAll, useMe } from "../app/me";
import { ProblemNote } from "../ui/ProblemNote";
import { Tag } from "../ui/Tag";
import { useTime } from "../ui/time";

/** WaitingRepeals lists the proposals to repeal policies beside the drafts: both wait for the same people. */
export function WaitingRepeals() {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const repeals = useQuery({ ...repealsQuery, enabled: has(me, "compliance", "auditor") });
  if (repeals.isError) return <ProblemNote error={repeals.error} />;
  const items = repeals.data?.items ?? [];
  if (items.length === 0) return null;
  const officer = hasOverAll(me, "compliance");
  return (
    <section className="section" aria-labelledby="waiting-repeals">
      <h2 id="waiting-repeals">{t("policies.waiting_repeals")} <span className="count">{items.length}</span></h2>
      <ul role="list" className="ledger">
        {items.map((p) => (
          <li key={p.id}>
            <div>
              <h3><Link to={`/policies/${p.code}`}>{p.title}</Link></h3>
              <p>{p.reason}</p>
              <p className="meta">
                <span className="mono">{p.code}</span>
                <span>{t("policies.repeal_proposed", { date: time.date(p.effective_from) })}</span>
                <span>{t("policies.repeal_proposed_by", { name: p.proposed_by || "–", time: time.instant(p.proposed_at) })}</span>
              </p>
            </div>
            <div className="act"><Tag tone={officer && !p.mine ? "warn" : "plain"}>{t(officer && !p.mine ? "policies.waits_for_you" : "policies.waits_for_another")}</Tag></div>
          </li>
        ))}
      </ul>
    </section>
  );
}
