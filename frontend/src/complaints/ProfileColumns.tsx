import { useTranslation } from "react-i18next";
import type { ComplaintProfile } from "../api/views";

/** ProfileColumns says which columns a profile reads. */
export function ProfileColumns({ profile }: { profile: ComplaintProfile | undefined }) {
  const { t } = useTranslation();
  if (!profile) return null;
  return (
    <details>
      <summary>{t("complaints.columns_read")}</summary>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("complaints.columns_read")} style={{ marginTop: 10 }}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t("complaints.column")}</th>
              <th scope="col">{t("complaints.required")}</th>
              <th scope="col">{t("complaints.headings")}</th>
            </tr>
          </thead>
          <tbody>
            {profile.columns.map((c) => (
              <tr key={c.field}>
                <th scope="row" className="mono" style={{ color: "inherit" }}>{c.field}</th>
                <td>{c.required ? t("complaints.yes") : ""}</td>
                <td>{c.headings.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
