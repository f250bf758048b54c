import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../api/client";
import type { PolicyContent, PolicyDraft, Texts } from "../api/views";
import { localeNow, locales } from "../i18n";
import type { Stored } from "../ui/edited/EditedText";
import { today } from "../ui/time";

/** Writing is a draft as its form holds it. Base is the number of the newest version that the writer of a new one was shown. */
export interface Writing { code: string; content: PolicyContent; base?: number }

/** blank is a draft before the first word. */
export function blank(): Writing {
  return { code: "", content: { titles: {}, issuer: "", category: "", owner: "", applies_to: "", effective_from: today(), notes: {}, texts: {}, tier: 1, questions: {} } };
}

/** isBlank tells whether nothing has been written yet. */
export function isBlank(c: PolicyContent): boolean {
  const texts = [c.titles, c.notes, c.texts, c.questions].flatMap((t) => Object.values(t ?? {}));
  return [...texts, c.issuer, c.category, c.owner, c.applies_to].every((text) => !text?.trim());
}

/** filled drops the languages that have no text. */
function filled(texts: Texts | undefined): Texts {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([, text]) => text.trim() !== ""));
}

/** sent is what the server gets of a form. */
export function sent(w: Writing): Pick<Writing, "code" | "content"> {
  const { titles, notes, texts, questions, ...rest } = w.content;
  return { code: w.code.trim(), content: { ...rest, titles: filled(titles), notes: filled(notes), texts: filled(texts), questions: filled(questions) } };
}

/** asStored is a draft as its editor takes it; none is one that nobody has saved. */
export function asStored(d: PolicyDraft | null): Stored<Writing> {
  return d ? { edition: d.edition, editor: d.updated_by, value: { code: d.code, content: d.content } } : { edition: 0, editor: "", value: blank() };
}

/** read is a draft as one text, to compare it with another. */
export function read({ code, content: c }: Writing): string {
  const languages = locales.flatMap(({ code: l, name }) => {
    const parts = [c.titles[l], c.notes?.[l], c.texts[l], c.questions?.[l]].filter((part) => part?.trim());
    return parts.length > 0 ? [`— ${name} —`, ...parts] : [];
  });
  return [[code, c.effective_from, c.issuer, c.category, c.owner, c.applies_to].filter(Boolean).join(" · "), ...languages].join("\n\n");
}

/** titleOf is the draft's title in the language on screen, or any. */
export function titleOf(d: PolicyDraft): string {
  const titles = d.content.titles;
  return titles[localeNow()] ?? locales.map((l) => titles[l.code]).find(Boolean) ?? d.code;
}

/** effectsQuery asks what publishing a draft, as it stands, would do beside making a version. */
export const effectsQuery = ({ id, edition, state }: PolicyDraft) =>
  queryOptions({ queryKey: ["policy-drafts", id, edition, state, "effects"], queryFn: () => ask(api.GET("/policy-drafts/{id}/effects", { params: { path: { id } } })) });

/** isOpen tells whether a draft is still being worked on. */
export function isOpen(d: PolicyDraft): boolean {
  return d.state !== "published" && d.state !== "withdrawn";
}

/** isOvertaken tells whether a version came that the open draft is not written against. */
export function isOvertaken(d: PolicyDraft): boolean {
  return isOpen(d) && d.newest !== d.base;
}
