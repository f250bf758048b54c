import { useTranslation } from "react-i18next";
import { FaultTable, type ShownFault } from "./FaultTable";

interface Props {
  /** What is said when there are none. */
  fine?: string;
  warnings: ShownFault[];
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
  onGo?: (fault: ShownFault) => void;
}

/** ConfirmWarnings says that all is right, or names what may be shown otherwise than it is meant, each with its place, and asks its author to answer for it. Never both. */
export function ConfirmWarnings({ fine, warnings, confirmed, onConfirm, onGo }: Props) {
  const { t } = useTranslation();
  if (warnings.length === 0) return fine ? <p className="note good" role="status"><b>{fine}</b></p> : null;
  return (
    <div className="note warn stack">
      <div role="status"><FaultTable faults={warnings} warning onGo={onGo} /></div>
      <label className="row" style={{ gap: 8, minHeight: 32 }}>
        <input type="checkbox" checked={confirmed} onChange={(e) => onConfirm(e.target.checked)} /> {t("app.confirm_warnings", { count: warnings.length })}
      </label>
    </div>
  );
}
