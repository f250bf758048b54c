import type { TFunction } from "i18next";

const known = ["complaints", "risk", "risk_disclosure", "suitability", "aml", "service", "data_protection", "compliance", "conduct"] as const;

/** categoryText names the categories of our own courses and policies; any other is shown as it was written. */
export function categoryText(t: TFunction, category: string): string {
  const code = category.trim().toLowerCase().replaceAll("-", "_");
  const found = known.find((k) => k === code);
  return found ? t(`app.category_${found}`) : category;
}
