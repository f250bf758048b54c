// The first answer of an address brings what its page would ask for, and its text to be
// read meanwhile (server/first.go).
import type { Locale } from "./views";

interface Brought { locale: Locale; answers: { path: string; status: number; body?: unknown }[] }

const fresh = 30_000; // ms after which it is asked again

/** brought takes what stands in the page out of it; nothing from a page that brings nothing. */
function brought(): Brought | undefined {
  const place = document.getElementById("first-answers");
  const text = place?.textContent;
  place?.remove(); // whoever sits here next does not find it
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

const typedIn = (name: string) => document.querySelector<HTMLInputElement>(`#first input[name="${name}"]`);

/** typedMeanwhile is what was typed into a field of that name before the client was there. */
export function typedMeanwhile(name: string): string {
  return typedIn(name)?.value ?? "";
}

/** showClient puts the client in the place of what was there to be read and filled in meanwhile; the keyboard stays where it was. */
export function showClient(): void {
  const root = document.getElementById("root");
  const here = document.activeElement;
  const field = here instanceof HTMLInputElement && here === typedIn(here.name) ? here.name : undefined;
  document.getElementById("first")?.remove();
  root?.removeAttribute("hidden");
  if (field) root?.querySelector<HTMLInputElement>(`input[name="${field}"]`)?.focus();
}
