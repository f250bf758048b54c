import { useTranslation } from "react-i18next";
import type { ItemInsight } from "../api/views";
import { numbers } from "../ui/numbers";

const width = 640;
const height = 240;
const left = 40;
const bottom = 34;

/** InsightChart places every item by how easy it is and how well it tells people apart. The table below says the same. */
export function InsightChart({ items }: { items: ItemInsight[] }) {
  const { t } = useTranslation();
  const shown = items.filter((i) => i.facility !== null && i.discrimination !== null);
  if (shown.length === 0) return null;
  const x = (facility: number) => left + facility * (width - left - 12);
  const y = (r: number) => 12 + ((1 - Math.max(-1, Math.min(1, r))) / 2) * (height - bottom - 12);
  return (
    <figure className="insight-chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("quizzes.chart_label", { count: shown.length })}>
        <rect x={left} y={y(1)} width={width - left - 12} height={y(0.2) - y(1)} className="good-area" />
        {[-1, -0.5, 0, 0.5, 1].map((r) => (
          <g key={r}>
            <line x1={left} x2={width - 12} y1={y(r)} y2={y(r)} className={r === 0 ? "axis" : "grid"} />
            <text x={left - 6} y={y(r) + 4} textAnchor="end">{numbers.two(r)}</text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((f) => (
          <text key={f} x={x(f)} y={height - bottom + 18} textAnchor="middle">{numbers.percent(f)}</text>
        ))}
        {shown.map((i) => (
          <circle key={i.version_id} cx={x(i.facility ?? 0)} cy={y(i.discrimination ?? 0)} r={5} className={i.flags.length > 0 ? "flagged" : "fine"}>
            <title>{`${i.name}: ${numbers.percent(i.facility)}, ${numbers.two(i.discrimination)}`}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="small soft">{t("quizzes.chart_caption")}</figcaption>
    </figure>
  );
}
