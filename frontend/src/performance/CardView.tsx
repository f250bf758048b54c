import { useTranslation } from "react-i18next";
import type { Card, CardCase, Measure } from "../api/views";
import { Tag, type Tone } from "../ui/Tag";
import { useTime } from "../ui/time";
import { IntervalBar } from "./IntervalBar";
import "./performance.css";

export const verdictTones: Record<Measure["verdict"], Tone> = {
  met: "good", met_within_chance: "plain", missed_within_chance: "plain", missed: "bad", no_data: "plain", withheld: "plain",
};

/** percent writes a share with one decimal at most. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

/** CardView is a performance card: the measures, training beside them and never inside, and the complaints behind them. */
export function CardView({ card }: { card: Card }) {
  const { t } = useTranslation();
  const time = useTime();
  const { score } = card;
  return (
    <div className="stack loose">
      <section aria-labelledby="measures" className="section">
        <h2 id="measures">{t("performance.handling")}</h2>
        <div className="measures">{score.measures.map((m) => <MeasureView key={m.measure} measure={m} />)}</div>
        <p className="small soft" style={{ marginTop: 10, maxWidth: "60em" }}>{t("performance.interval_note")}</p>
      </section>
      <section aria-labelledby="beside" className="section">
        <h2 id="beside">{t("performance.training_beside")}</h2>
        <dl className="figures">
          <div><dt>{t("performance.assigned")}</dt><dd>{score.training.assigned}</dd></div>
          <div><dt>{t("performance.completed")}</dt><dd>{score.training.completed}</dd></div>
          <div><dt>{t("performance.on_time")}</dt><dd>{score.training.completed_on_time}/{score.training.due}</dd></div>
          <div><dt>{t("performance.training_overdue")}</dt><dd className={score.training.overdue > 0 ? "bad" : undefined}>{score.training.overdue}</dd></div>
          <div><dt>{t("performance.certificates_valid")}</dt><dd>{score.certificates.valid}</dd></div>
          <div><dt>{t("performance.certificates_expired")}</dt><dd>{score.certificates.expired}</dd></div>
        </dl>
        <p className="small soft" style={{ marginTop: 10 }}>{t("performance.training_note")}</p>
      </section>
      <section aria-labelledby="cases" className="section">
        <h2 id="cases">{t("performance.cases")} <span className="count">{card.complaints.length}</span></h2>
        {card.complaints.length === 0 ? <p className="soft">{t("performance.no_cases")}</p> : <Cases cases={card.complaints} />}
        <p className="small soft" style={{ marginTop: 10 }}>{t("performance.as_of", { time: time.instant(card.as_of) })}</p>
      </section>
    </div>
  );
}

function MeasureView({ measure: m }: { measure: Measure }) {
  const { t } = useTranslation();
  return (
    <article className="measure">
      <h3>{t(`performance.measure_${m.measure}`)}</h3>
      {m.rate !== null && m.numerator !== null ? (
        <>
          <p className="rate">{percent(m.rate)} <span>{t("performance.of", { numerator: m.numerator, denominator: m.denominator })}</span></p>
          <IntervalBar rate={m.rate} lower={m.lower} upper={m.upper} target={m.target} />
        </>
      ) : (
        <p className="soft">{m.verdict === "withheld" && m.withheld ? t(`performance.withheld_${m.withheld}`, { count: m.denominator }) : t("performance.no_data_text")}</p>
      )}
      <p className="row" style={{ gap: "6px 12px" }}>
        <Tag tone={verdictTones[m.verdict]}>{t(`performance.verdict_${m.verdict}`)}</Tag>
        <span className="small soft">{t(`performance.target_${m.target_basis}`, { target: percent(m.target) })}</span>
      </p>
      {m.open > 0 && <p className="small soft">{t("performance.open", { count: m.open })}</p>}
    </article>
  );
}

const stateTones: Record<CardCase["state"], Tone> = { on_time: "good", late: "bad", open: "plain", unmeasured: "plain" };

function Cases({ cases }: { cases: CardCase[] }) {
  const { t } = useTranslation();
  const time = useTime();
  return (
    <div className="panel scroll-x" tabIndex={0} role="group" aria-label={t("performance.cases")}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("performance.reference")}</th>
            <th scope="col">{t("performance.class")}</th>
            <th scope="col">{t("performance.stage")}</th>
            <th scope="col">{t("performance.received")}</th>
            <th scope="col">{t("performance.due")}</th>
            <th scope="col">{t("performance.done")}</th>
            <th scope="col">{t("performance.state")}</th>
            <th scope="col">{t("performance.satisfied")}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((c) => (
            <tr key={`${c.reference}/${c.stage}`}>
              <th scope="row" className="mono" style={{ color: "inherit" }}>{c.reference}</th>
              <td>{t(`performance.class_${c.class}`)}</td>
              <td>{t(`performance.stage_${c.stage}`)}</td>
              <td className="number" style={{ textAlign: "start" }}>{time.instant(c.received_at)}</td>
              <td className="number" style={{ textAlign: "start" }}>{time.limit(c.due_at)}</td>
              <td className="number" style={{ textAlign: "start" }}>{c.done_at ? time.instant(c.done_at) : "–"}</td>
              <td>
                <Tag tone={stateTones[c.state]}>{t(`performance.state_${c.state}`)}</Tag>
                {!c.counted && <span className="small soft"> {t("performance.not_counted")}</span>}
              </td>
              <td>{c.satisfied === null ? t("performance.not_asked") : c.satisfied ? t("performance.yes") : t("performance.no")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
