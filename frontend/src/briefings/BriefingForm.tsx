import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { policiesQuery } from "../api/queries";
import type { BriefingText, Locale } from "../api/views";
import { hasOverAll, useMe } from "../app/me";
import { LanguageTabs } from "../ui/staff/LanguageTabs";
import { Picker } from "../ui/staff/Picker";
import { UnitSelect } from "../ui/staff/UnitSelect";
import { citation, isFilled, noText, parts, type Writing } from "./writing";

/** BriefingForm writes whom and what month a briefing is for, what it cites, and its parts in each language. */
export function BriefingForm({ writing: w, onChange }: { writing: Writing; onChange: (w: Writing) => void }) {
  const { t } = useTranslation();
  const everybody = hasOverAll(useMe(), "compliance");
  const policies = useQuery(policiesQuery);
  const change = (part: Partial<Writing>) => onChange({ ...w, ...part });
  const write = (locale: Locale, part: Partial<BriefingText>) => change({ texts: { ...w.texts, [locale]: { ...(w.texts[locale] ?? noText), ...part } } });
  const options = (policies.data?.items ?? []).flatMap((p) => {
    const numbers = p.newest > p.version && p.version > 0 ? [p.newest, p.version] : [p.newest];
    return numbers.map((n) => ({ value: citation({ code: p.code, number: n }), label: `${p.title} · ${t("policies.version_n", { n })}` }));
  });
  return (
    <>
      <div className="field">
        <label htmlFor="briefing-unit">{t("briefings.briefing_unit")}</label>
        <UnitSelect id="briefing-unit" width="100%" value={w.unit || undefined} placeholder={t(everybody ? "briefings.everybody" : "briefings.choose_unit")} onChange={(unit) => change({ unit: unit ?? "" })} />
        {!everybody && <span className="hint">{t("briefings.everybody_needs")}</span>}
      </div>
      <div className="pair">
        <div className="field">
          <label htmlFor="month">{t("briefings.month")}</label>
          <input id="month" type="month" className="native-input" value={w.month} pattern="[0-9]{4}-[0-9]{2}" onChange={(e) => change({ month: e.target.value })} />
        </div>
        <div className="field">
          <label htmlFor="cited">{t("briefings.cite")}</label>
          <Picker id="cited" label={t("briefings.cite")} mode="multiple" value={w.cited} options={options} placeholder={t("briefings.cite_none")} onChange={(cited: string[]) => change({ cited })} />
        </div>
      </div>
      <LanguageTabs filled={(l) => isFilled(w.texts[l])}>
        {(l) => (
          <>
            <div className="field">
              <label htmlFor={`title-${l}`}>{t("briefings.briefing_title")}</label>
              <Input id={`title-${l}`} value={w.texts[l]?.title ?? ""} onChange={(e) => write(l, { title: e.target.value })} />
            </div>
            {parts.map((part) => (
              <div key={part} className="field">
                <label htmlFor={`${part}-${l}`}>{t(`policies.part_${part}`)}</label>
                <Input.TextArea id={`${part}-${l}`} rows={6} value={w.texts[l]?.[part] ?? ""} onChange={(e) => write(l, { [part]: e.target.value })} />
              </div>
            ))}
            <div className="field">
              <label htmlFor={`questions-${l}`}>{t("briefings.briefing_questions")}</label>
              <Input.TextArea id={`questions-${l}`} className="mono" rows={4} value={w.questions[l] ?? ""} onChange={(e) => change({ questions: { ...w.questions, [l]: e.target.value } })} />
              <span className="hint">{t("briefings.briefing_questions_hint")}</span>
            </div>
          </>
        )}
      </LanguageTabs>
      <p className="small soft">{t("briefings.markdown_hint")}</p>
    </>
  );
}
