import type { Briefing, BriefingLine, BriefingText, CitedPolicy, Locale } from "../api/views";
import type { Stored } from "../ui/edited/EditedText";
import { today } from "../ui/time";

/** Writing is a briefing as its form holds it. A cited version is its code and number on two lines. */
export interface Writing {
  month: string;
  unit: string;
  texts: Partial<Record<Locale, BriefingText>>;
  questions: Partial<Record<Locale, string>>;
  cited: string[];
}

export const parts = ["changes", "impact", "plan"] as const;
export const noText: BriefingText = { title: "", changes: "", impact: "", plan: "" };

/** blank is a briefing of this month before the first word. */
export const blank = (): Writing => ({ month: today().slice(0, 7), unit: "", texts: {}, questions: {}, cited: [] });

/** citation names a policy version in a list of choices. */
export const citation = (p: Pick<CitedPolicy, "code" | "number">) => `${p.code}\n${p.number}`;

/** isFilled tells whether a language has words in any part. */
export function isFilled(text: BriefingText | undefined): boolean {
  return text !== undefined && Object.values(text).some((part) => part.trim() !== "");
}

/** keyOf names the briefing of a month, or of a month and a unit, as addresses do. */
export const keyOf = (w: Pick<Writing, "month" | "unit">) => (w.unit ? `${w.month}.${w.unit}` : w.month);

/** standing is the published revision that a writing would follow; 0 when there is none. */
export function standing(lines: BriefingLine[], w: Pick<Writing, "month" | "unit">): Stored<Writing> {
  return { edition: lines.find((b) => b.key === keyOf(w))?.revision ?? 0, editor: "", value: { ...blank(), month: w.month, unit: w.unit } };
}

/** sent is what the server gets of a form. */
export function sent(w: Writing) {
  return {
    month: w.month,
    ...(w.unit && { unit_code: w.unit }),
    questions: Object.fromEntries(Object.entries(w.questions).filter(([, text]) => text.trim())),
    texts: Object.fromEntries(Object.entries(w.texts).filter(([, text]) => isFilled(text))),
    policies: w.cited.map((key) => {
      const [code = "", number = "0"] = key.split("\n");
      return { code, number: Number(number) };
    }),
  };
}

/** htmlOf are the parts of a published briefing, in their order. */
export const htmlOf = (b: Briefing) => ({ changes: b.changes_html, impact: b.impact_html, plan: b.plan_html });
