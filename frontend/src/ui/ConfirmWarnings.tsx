import { useTranslation } from "react-i18next";
import type { ProblemFault } from "../api/views";
import { FaultTable } from "./FaultTable";

interface Props { warnings: Pick<ProblemFault, "message" | "file" | "line">[]; confirmed: boolean; onConfirm: (confirmed: boolean) => void }

/** ConfirmWarnings names what may be shown otherwise than it is meant, each with its line, and asks its author to answer for it. */
export function ConfirmWarnings({ warnings, confirmed, onConfirm }: Props) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <div className="note warn stack">
      <FaultTable faults={warnings} />
      <label className="row" style={{ gap: 8, minHeight: 32 }}>
        <input type="checkbox" checked={confirmed} onChange={(e) => onConfirm(e.target.checked)} /> {t("app.confirm_warnings", { count: warnings.length })}
      </label>
    </div>
  );
}
