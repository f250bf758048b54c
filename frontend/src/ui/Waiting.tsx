import { useTranslation } from "react-i18next";

/** Waiting holds the place of what is being loaded. */
export function Waiting({ lines = 5 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="stack">
      <span className="hidden-text">{t("app.loading")}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} className="bone" style={{ width: `${[92, 78, 86, 64, 71][i % 5]}%` }} />
      ))}
    </div>
  );
}
