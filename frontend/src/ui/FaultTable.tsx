import { useTranslation } from "react-i18next";
import type { ProblemFault } from "../api/views";

const shown = 200;

interface Props {
  faults: Pick<ProblemFault, "message" | "file" | "line" | "column" | "field">[];
  /** All of them, where not all are listed. */
  count?: number;
}

/** FaultTable lists the faults of an input with their places, and says how many there are. */
export function FaultTable({ faults, count = faults.length }: Props) {
  const { t } = useTranslation();
  const withFile = faults.some((f) => f.file);
  const withLine = faults.some((f) => f.line);
  const withColumn = faults.some((f) => f.column || f.field);
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t("app.faults", { count })}>
      <table className="plain-table">
        <caption>{t("app.faults", { count })}</caption>
        <thead>
          <tr>
            {withFile && <th scope="col">{t("app.fault_file")}</th>}
            {withLine && <th scope="col">{t("app.fault_line")}</th>}
            {withColumn && <th scope="col">{t("app.fault_column")}</th>}
            <th scope="col">{t("app.fault_message")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, shown).map((f, i) => (
            <tr key={i}>
              {withFile && <td className="mono">{f.file}</td>}
              {withLine && <td className="mono">{f.line || ""}</td>}
              {withColumn && <td className="mono">{f.column || f.field}</td>}
              <td>{f.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > Math.min(faults.length, shown) && <p className="small soft">{t("app.faults_more", { count: count - Math.min(faults.length, shown) })}</p>}
    </div>
  );
}
