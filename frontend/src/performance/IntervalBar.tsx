import { useTranslation } from "react-i18next";

interface Props { rate: number; lower: number | null; upper: number | null; target: number; small?: boolean }

/** IntervalBar draws a rate with its interval against the target; the label says the same in words. */
export function IntervalBar({ rate, lower, upper, target, small }: Props) {
  const { t } = useTranslation();
  const at = (share: number) => `${Math.round(share * 1000) / 10}%`;
  const low = lower ?? rate;
  const high = upper ?? rate;
  return (
    <div
      className={small ? "interval small" : "interval"}
      role="img"
      aria-label={t("performance.interval_words", { rate: at(rate), lower: at(low), upper: at(high), target: at(target) })}
    >
      <div className="interval-track">
        <i className="interval-range" style={{ left: at(low), width: at(Math.max(0, high - low)) }} />
        <i className="interval-target" style={{ left: at(target) }} />
        <i className="interval-rate" style={{ left: at(rate) }} />
      </div>
      {!small && (
        <div className="interval-scale" aria-hidden>
          <span>0%</span>
          <span className="interval-words">{t("performance.interval", { lower: at(low), upper: at(high) })}</span>
          <span>100%</span>
        </div>
      )}
    </div>
  );
}
