import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ItemInsight } from "../api/views";
import { Html } from "../ui/Html";
import { Tag, type Tone } from "../ui/Tag";
import { numbers } from "../ui/numbers";
import { Regrade } from "./Regrade";

const tones: Partial<Record<ItemInsight["flags"][number], Tone>> = { misleading: "bad", no_right_option: "bad", strong_option: "warn", too_few: "plain" };

const page = 10; // items at a time

interface Props { quiz: number; title: string; items: ItemInsight[]; mayCorrect: boolean }

/** InsightItems says of every item how it did, in words first, a few at a time. */
export function InsightItems({ quiz, title, items, mayCorrect }: Props) {
  const { t } = useTranslation();
  const [correcting, setCorrecting] = useState<ItemInsight | null>(null);
  const [flagged, setFlagged] = useState(false);
  const [from, setFrom] = useState(0);
  const list = flagged ? items.filter((i) => i.flags.length > 0) : items;
  const shown = list.slice(from, from + page);
  return (
    <>
      <div className="row apart">
        <label className="row" style={{ gap: 8, minHeight: 32 }}>
          <input type="checkbox" checked={flagged} onChange={(e) => { setFlagged(e.target.checked); setFrom(0); }} /> {t("quizzes.only_flagged")}
        </label>
        <span className="small soft" role="status">{t("quizzes.items_page", { from: Math.min(from + 1, list.length), to: from + shown.length, all: list.length })}</span>
      </div>
      <ol role="list" className="ledger">
        {shown.map((i) => (
          <li key={i.version_id} className="insight-item">
            <div className="row apart">
              <h3>{i.name} <span className="soft small">{t("quizzes.version_n", { n: i.version })}</span></h3>
              <span className="row">{i.flags.map((f) => <Tag key={f} tone={tones[f] ?? "warn"}>{t(`quizzes.flag_${f}`)}</Tag>)}</span>
            </div>
            <Html html={i.html} lang={i.locale} className="prose compact gap-numbers" />
            <dl className="facts">
              <div><dt>{t("quizzes.asked")}</dt><dd>{i.asked} ({numbers.percent(i.exposure)})</dd></div>
              <div><dt>{t("quizzes.facility")}</dt><dd>{numbers.percent(i.facility)}</dd></div>
              <div><dt>{t("quizzes.discrimination")}</dt><dd>{numbers.two(i.discrimination)}</dd></div>
              <div><dt>{t("quizzes.left_blank")}</dt><dd>{i.blank}</dd></div>
              {i.since && (
                <div><dt>{t("quizzes.since_version")}</dt><dd>{t(`quizzes.verdict_${i.since.verdict}`)} {numbers.points(i.since.difference)} [{numbers.points(i.since.low)}, {numbers.points(i.since.high)}]</dd></div>
              )}
            </dl>
            {i.flags.map((f) => <p key={f} className="small">{t(`quizzes.flag_${f}_text`)}</p>)}
            {i.options.length > 0 && <Distractors item={i} />}
            {mayCorrect && <div><Button size="small" onClick={() => setCorrecting(i)}>{t("quizzes.key_wrong")}</Button></div>}
          </li>
        ))}
      </ol>
      {list.length > page && (
        <div className="row">
          <Button disabled={from === 0} onClick={() => setFrom(from - page)}>{t("quizzes.page_before")}</Button>
          <Button disabled={from + page >= list.length} onClick={() => setFrom(from + page)}>{t("quizzes.page_after")}</Button>
        </div>
      )}
      {correcting && <Regrade quiz={quiz} title={title} item={correcting} onDone={() => setCorrecting(null)} />}
    </>
  );
}

function Distractors({ item }: { item: ItemInsight }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary className="small">{t("quizzes.distractors")}</summary>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={`${t("quizzes.distractors")} ${item.name}`}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("quizzes.option")}</th>
              <th scope="col">{t("quizzes.chosen_by")}</th>
              <th scope="col">{t("quizzes.of_the_strong")}</th>
              <th scope="col">{t("quizzes.of_the_weak")}</th>
            </tr>
          </thead>
          <tbody>
            {item.options.map((o, n) => (
              <tr key={n}>
                <th scope="row">
                  {o.html ? <Html html={o.html} lang={item.locale} className="prose compact" /> : t(n === 0 ? "quizzes.true" : "quizzes.false")}
                  {o.right && <Tag tone="good">{t("quizzes.right_option")}</Tag>}
                </th>
                <td>{o.chosen} ({numbers.percent(o.share)})</td>
                <td>{numbers.percent(o.strong)}</td>
                <td>{numbers.percent(o.weak)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
