import { useTranslation } from "react-i18next";
import type { ProblemFault } from "../api/views";
import { usePlace } from "./place";

const shown = 200;

/** ShownFault is what is wrong with an input, or may be shown otherwise than it is meant, and where. */
export type ShownFault = Pick<ProblemFault, "message" | "file" | "line" | "column" | "field">;

interface Props {
  faults: ShownFault[];
  /** All of them, where not all are listed. */
  count?: number;
  /** They are no faults: their author may confirm them. */
  warning?: boolean;
  /** Leads to the place of one, where there is an editor. */
  onGo?: ((fault: ShownFault) => void) | undefined;
}

/** FaultTable lists the faults of an input with their places in the reader's words, and says how many there are. */
export function FaultTable({ faults, count = faults.length, warning, onGo }: Props) {
  const { t } = useTranslation();
  const place = usePlace();
  const withPlace = faults.some((f) => f.file || f.field);
  const withLine = faults.some((f) => f.line);
  const withColumn = faults.some((f) => f.column);
  const title = t(warning ? "app.warnings" : "app.faults", { count });
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={title}>
      <table className="plain-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {withPlace && <th scope="col">{t("app.fault_place")}</th>}
            {withLine && <th scope="col">{t("app.fault_line")}</th>}
            {withColumn && <th scope="col">{t("app.fault_column")}</th>}
            <th scope="col">{t(warning ? "app.warning_message" : "app.fault_message")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, shown).map((f, i) => (
            <tr key={i}>
              {withPlace && <td>{onGo && (f.file || f.field) ? <button type="button" className="link-button" onClick={() => onGo(f)}>{place(f)}{f.line ? <span className="hidden-text"> {t("app.fault_line")} {f.line}</span> : null}</button> : place(f)}</td>}
              {withLine && <td className="mono">{f.line || ""}</td>}
              {withColumn && <td className="mono">{f.column}</td>}
              <td>{f.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > Math.min(faults.length, shown) && <p className="small soft">{t("app.faults_more", { count: count - Math.min(faults.length, shown) })}</p>}
    </div>
  );
}
