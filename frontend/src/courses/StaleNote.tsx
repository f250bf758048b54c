import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { StaleCitation } from "../api/views";

/** StaleNote tells a reader that rules have changed since the text was written. */
export function StaleNote({ citations }: { citations: StaleCitation[] }) {
  const { t, i18n } = useTranslation();
  if (citations.length === 0) return null;
  const own = citations.filter((c) => c.locale === i18n.language);
  const told = own.length > 0 ? own : citations; // the clauses as this reader's text names them
  const changed = [...new Map(told.map((c) => [`${c.policy}/${c.changed}`, c])).values()];
  return (
    <div className="note warn no-print">
      <b>{t("courses.rules_changed")}</b>
      {changed.map((c) => (
        <span key={`${c.policy}/${c.changed}`}>
          <Link to={`/policies/${c.policy}/versions/${c.changed}/changes`}>{c.policy_title}</Link>
          {" · "}{told.filter((x) => x.policy === c.policy && x.clause).map((x) => x.clause).join("、") || t("courses.whole_policy")}
        </span>
      ))}
    </div>
  );
}
