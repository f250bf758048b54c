import { useState } from "react";
import { useTranslation } from "react-i18next";
import { linkTo } from "../api/client";
import { locales } from "../i18n";
import { Choice } from "../ui/staff/Choice";

const formats = ["gift", "moodle", "qti", "aiken", "sheet"] as const;

/** BankExport downloads the questions of a bank in the format that another system takes. */
export function BankExport({ code }: { code: string }) {
  const { t, i18n } = useTranslation();
  const [format, setFormat] = useState<(typeof formats)[number]>("gift");
  const [locale, setLocale] = useState(i18n.language);
  return (
    <section className="panel stack" aria-labelledby="export">
      <h2 id="export" style={{ fontSize: 17 }}>{t("banks.export")}</h2>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <Choice label={t("banks.format")} value={format} options={formats.map((f) => ({ value: f, label: t(`banks.format_${f}`) }))} onChoose={(f) => setFormat(f ?? "gift")} />
        <Choice label={t("banks.language")} value={locale} options={locales.map((l) => ({ value: l.code, label: l.name }))} onChoose={(l) => l && setLocale(l)} />
        <a className="button-link quiet" href={linkTo(`/banks/${code}/export`, { format, locale })} download>{t("banks.download")}</a>
      </div>
      <p className="small soft">{t("banks.export_note")}</p>
    </section>
  );
}
