import { useTranslation } from "react-i18next";
import { quarters } from "../ui/time";

/** PeriodChoice chooses one of the last eight quarters. */
export function PeriodChoice({ period, onChoose }: { period: string; onChoose: (period: string) => void }) {
  const { t } = useTranslation();
  const list = quarters(8);
  if (!list.includes(period)) list.push(period);
  return (
    <label className="field">
      <span className="hint">{t("performance.period")}</span>
      <select className="native-select" value={period} onChange={(e) => onChoose(e.target.value)}>
        {list.map((p) => {
          const [year = "", quarter = ""] = p.split("-Q");
          return <option key={p} value={p}>{t("performance.quarter", { year, quarter })}</option>;
        })}
      </select>
    </label>
  );
}
