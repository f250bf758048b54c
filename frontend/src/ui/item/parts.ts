import type { Answer, Question } from "../../api/views";

/** ItemProps are what every form of an answer takes. */
export interface ItemProps { item: Question; answer: Answer | undefined; onAnswer: (answer: Answer) => void; labelledBy: string }

/** promptOf is the id of the question's text. */
export const promptOf = (item: Question) => `prompt-${item.position}`;

/** plainText is HTML without its marks, for places that show text only. */
export function plainText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() ?? "";
}

/** letter names an option: A, B … Z, then 27, 28. */
export const letter = (place: number) => (place < 26 ? String.fromCharCode(65 + place) : String(place + 1));

/** withGap is the answer with another response in one gap. */
export function withGap(answer: Answer | undefined, count: number, gap: number, part: NonNullable<Answer["gaps"]>[number]): Answer {
  const gaps = Array.from({ length: count }, (_, i) => (i === gap ? part : (answer?.gaps?.[i] ?? {})));
  return gaps.every((g) => g.choice === undefined && !g.choices?.length && !g.text) ? {} : { gaps };
}

/** moved is the list with the entry at one place put to another. */
export function moved<T>(list: T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const entry = list[from];
  if (entry === undefined || to < 0 || to > rest.length) return list;
  return [...rest.slice(0, to), entry, ...rest.slice(to)];
}

const partAnswered = (part: Answer) => part.choice !== undefined || (part.choices?.length ?? 0) > 0 || (part.text ?? "").trim() !== "";

/** isTyped tells an answer that changes with every key. */
export const isTyped = (answer: Answer): boolean => answer.text !== undefined || (answer.gaps ?? []).some((g) => g.text !== undefined);

/** isAnswered tells an answer from a blank one. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer) return false;
  return partAnswered(answer) || (answer.gaps ?? []).some(partAnswered) || (answer.order?.length ?? 0) > 0;
}
