import type { PolicyContent, PolicyDraft, Texts } from "../api/views";
import { localeNow, locales } from "../i18n";
import { today } from "../ui/time";

/** Writing is a draft as its form holds it. */
export interface Writing { code: string; content: PolicyContent }

/** blank is a draft before the first word. */
export function blank(): Writing {
  return { code: "", content: { titles: {}, issuer: "", category: "", owner: "", applies_to: "", effective_from: today(), notes: {}, texts: {}, tier: 1, questions: {} } };
}

/** filled drops the languages that have no text. */
export function filled(texts: Texts | undefined): Texts {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => text.trim() !== ""));
}

/** sent is what the server gets of a form. */
export function sent(w: Writing): Writing {
  const { titles, notes, texts, questions, ...rest } = w.content;
  return { code: w.code.trim(), content: { ...rest, titles: filled(titles), notes: filled(notes), texts: filled(texts), questions: filled(questions) } };
}

/** titleOf is the draft's title in the language on screen, or any. */
export function titleOf(d: PolicyDraft): string {
  const titles = d.content.titles;
  return titles[localeNow()] ?? locales.map((l) => titles[l.code]).find(Boolean) ?? d.code;
}
