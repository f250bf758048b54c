import { useTranslation } from "react-i18next";

/** ImportRules says which columns a staff list has, and what an absent column and an empty cell mean. */
export function ImportRules() {
  const { t } = useTranslation();
  return (
    <details open>
      <summary>{t("people.rules")}</summary>
      <ul className="small" style={{ marginBlock: 8, paddingInlineStart: 20 }}>
        {(["columns", "absent", "empty", "keep", "units"] as const).map((rule) => <li key={rule}>{t(`people.rule_${rule}`)}</li>)}
      </ul>
    </details>
  );
}
