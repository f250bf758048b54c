import { useTranslation } from "react-i18next";
import type { Locale } from "../api/views";
import { locales } from "../i18n";

/** LanguageSwitch offers each language by its own name. */
export function LanguageSwitch({ onChoose }: { onChoose: (locale: Locale) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="languages no-print" role="group" aria-label={t("app.language")}>
      {locales.map((l) => (
        <button key={l.code} type="button" lang={l.code} aria-pressed={i18n.language === l.code} aria-label={l.name} onClick={() => onChoose(l.code)}>
          {l.short}
        </button>
      ))}
    </div>
  );
}
