import type { Question } from "../api/views";

/** Step is one screen of an attempt: a question, with the case it is about. */
export interface Step { item: Question; about: Question | undefined; asks: boolean; n: number }

/** stepsOf lists the screens of a paper. A case that questions are about is shown with each of them and is no screen of its own; n counts what is asked. */
export function stepsOf(items: Question[]): Step[] {
  const cases = new Set(items.map((q) => q.case));
  let n = 0;
  return items
    .filter((q) => q.kind !== "description" || !cases.has(q.position))
    .map((item) => {
      const asks = item.kind !== "description";
      if (asks) n += 1;
      return { item, about: items.find((q) => q.position === item.case), asks, n };
    });
}
