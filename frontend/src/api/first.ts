// The first answer of an address brings what its page would ask for, and its text to be
// read meanwhile (server/first.go).
import type { Locale } from "./views";

interface Brought { locale: Locale; answers: { path: string; status: number; body?: unknown }[] }

const fresh = 30_000; // ms after which it is asked again

/** brought reads what stands in the page; nothing in a page that brings nothing. */
function brought(): Brought | undefined {
  const text = document.getElementById("first-answers")?.textContent;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- our own server wrote it into this very page
  return text ? (JSON.parse(text) as Brought) : undefined;
}

const first = brought();
const left = new Map(first?.answers.filter((a) => a.status > 0).map((a) => [a.path, a]));

/** firstLanguage is the language that the page came in. */
export const firstLanguage: Locale | undefined = first?.locale;

/** broughtAnswer answers a request from what the page brought, once and before anything was changed; undefined leaves it to the network. */
export function broughtAnswer(request: Request, prefix: string): Response | undefined {
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice(prefix.length) + search;
  if (request.method !== "GET") left.clear();
  const answer = left.get(path);
  if (!answer || request.headers.get("Accept-Language") !== first?.locale || performance.now() > fresh) return undefined;
  left.delete(path);
  return Response.json(answer.body, { status: answer.status });
}

/** showClient puts the client in the place of the text that was there to be read meanwhile. */
export function showClient(): void {
  document.getElementById("first")?.remove();
  document.getElementById("root")?.removeAttribute("hidden");
}
