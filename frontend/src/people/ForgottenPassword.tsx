import { useTranslation } from "react-i18next";
import { useAbout } from "../app/about";

/** ForgottenPassword says what to do and whom to ask. */
export function ForgottenPassword() {
  const { t } = useTranslation();
  const about = useAbout();
  return (
    <details className="small">
      <summary>{t("people.forgotten")}</summary>
      <p className="soft" style={{ marginTop: 8 }}>{t("people.forgotten_text")}</p>
      {about.data?.help && <p style={{ marginTop: 8 }}>{t("people.forgotten_ask", { help: about.data.help })}</p>}
    </details>
  );
}
