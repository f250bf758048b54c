import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { draftsQuery, repealsQuery } from "../api/queries";
import { hasOverAll, useMe } from "../app/me";
import { localeNow } from "../i18n";
import { useTime } from "../ui/time";

/** Decisions are what waits for this officer to decide: repeals that others proposed, and drafts that others wrote. */
export function Decisions() {
  const { t } = useTranslation();
  const time = useTime();
  const officer = hasOverAll(useMe(), "compliance");
  const repeals = useQuery({ ...repealsQuery, enabled: officer });
  const drafts = useQuery({ ...draftsQuery, enabled: officer });
  const ends = repeals.data?.items.filter((p) => !p.mine && p.newest === p.number) ?? [];
  const reviews = drafts.data?.items.filter((d) => d.state === "in_review" && !d.mine && d.newest === d.base) ?? [];
  if (ends.length + reviews.length === 0) return null;
  return (
    <section aria-labelledby="decisions" className="section">
      <h2 id="decisions">{t("training.decisions")} <span className="count">{ends.length + reviews.length}</span></h2>
      <ul role="list" className="ledger">
        {ends.map((p) => (
          <li key={`repeal-${p.id}`}>
            <div>
              <h3><Link to={`/policies/${p.code}`}>{p.title}</Link></h3>
              <p className="meta"><span>{t("training.repeal_waits", { date: time.date(p.effective_from) })}</span><span>{t("training.by_whom", { name: p.proposed_by || "–" })}</span></p>
            </div>
            <div className="act"><Link className="go" to={`/policies/${p.code}`}>{t("training.decide")}<span className="hidden-text"> {p.title}</span></Link></div>
          </li>
        ))}
        {reviews.map((d) => {
          const title = d.content.titles[localeNow()] ?? Object.values(d.content.titles).find(Boolean) ?? d.code;
          return (
            <li key={`draft-${d.id}`}>
              <div>
                <h3><Link to={`/officer/policies/${d.id}`}>{title}</Link></h3>
                <p className="meta"><span>{t("training.draft_waits", { code: d.code })}</span><span>{t("training.by_whom", { name: d.updated_by })}</span></p>
              </div>
              <div className="act"><Link className="go" to={`/officer/policies/${d.id}`}>{t("training.decide")}<span className="hidden-text"> {title}</span></Link></div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
