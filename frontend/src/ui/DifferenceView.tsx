import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClausePair, PolicyDifference } from "../api/views";
import { Tag, type Tone } from "./Tag";
import { Runs, Side } from "./Runs";
import "./difference.css";

const tones: Record<ClausePair["change"], Tone> = {
  same: "plain", typographic: "plain", changed: "accent", split: "accent", merged: "accent", added: "good", removed: "bad",
};
const counted = ["changed", "added", "removed", "split", "merged", "moved", "renumbered", "typographic", "same"] as const;

/** telling: the pair says something new; a number or a place alone does not. */
export function telling(p: ClausePair): boolean {
  return p.change !== "same" && p.change !== "typographic";
}

/** DifferenceView shows clause by clause what a text changes: in one column or two, only what changed or all. */
export function DifferenceView({ difference: d, title }: { difference: Pick<PolicyDifference, "from" | "summary" | "pairs"> & { locale?: string }; title?: string }) {
  const { t } = useTranslation();
  const heading = useId();
  const [beside, setBeside] = useState(() => window.matchMedia("(min-width: 900px)").matches && d.from > 0);
  const [all, setAll] = useState(false);
  const shown = d.pairs.map((pair, i) => ({ pair, i })).filter(({ pair }) => all || telling(pair) || pair.moved);
  return (
    <section className="difference" aria-labelledby={heading}>
      <div className="row apart">
        <h2 id={heading} className="section-title" style={{ margin: 0 }}>{title ?? t(d.from > 0 ? "policies.difference" : "policies.all_new")}</h2>
        <div className="row no-print">
          <label className="row" style={{ gap: 6, minHeight: 32 }}>
            <input type="checkbox" checked={beside} onChange={(e) => setBeside(e.target.checked)} /> {t("policies.side_by_side")}
          </label>
          <label className="row" style={{ gap: 6, minHeight: 32 }}>
            <input type="checkbox" checked={all} onChange={(e) => setAll(e.target.checked)} /> {t("policies.show_unchanged")}
          </label>
        </div>
      </div>
      <ul role="list" className="row difference-counts">
        {counted.filter((name) => (d.summary[name] ?? 0) > 0).map((name) => (
          <li key={name}>{t(`policies.change_${name}`)} <b>{d.summary[name]}</b></li>
        ))}
      </ul>
      {shown.length === 0 ? (
        <p className="note">{t("policies.nothing_changed")}</p>
      ) : (
        <ol role="list" className="pairs" lang={d.locale}>
          {shown.map(({ pair, i }) => <Pair key={i} pair={pair} beside={beside} />)}
        </ol>
      )}
    </section>
  );
}

/** headed: the clause is of the kind in the text where it stands. */
function headed(p: ClausePair, kind: "preamble" | "paragraph"): boolean {
  return (p.new[0] ?? p.old[0])?.kind === kind;
}

function Pair({ pair: p, beside }: { pair: ClausePair; beside: boolean }) {
  const { t, i18n } = useTranslation();
  const from = p.old.map((c) => c.name).join("、");
  const to = p.new.map((c) => c.name).join("、");
  const name = from && to && from !== to ? `${from} → ${to}` : to || from;
  return (
    <li className={`clause-pair ${p.change}`}>
      <div className="row apart clause-pair-head">
        <h3>{headed(p, "preamble") ? t("policies.preamble") : headed(p, "paragraph") ? t("policies.paragraph") : name}</h3>
        <span className="row" style={{ gap: 6 }} lang={i18n.language}>
          <Tag tone={tones[p.change]}>{t(`policies.change_${p.change}`)}</Tag>
          {p.renumbered && <Tag>{t("policies.change_renumbered")}</Tag>}
          {p.moved && <Tag>{t("policies.change_moved")}</Tag>}
        </span>
      </div>
      {beside ? (
        <div className="beside">
          <Side runs={p.runs} side="old" />
          <Side runs={p.runs} side="new" />
        </div>
      ) : (
        <Runs runs={p.runs} />
      )}
    </li>
  );
}
