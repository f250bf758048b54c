// A server at the network's boundary: what the client asks of it, and what it answers.
import { vi } from "vitest";

export interface Asked { method: string; path: string; query: URLSearchParams; body: Record<string, unknown> }
type Answer = (asked: Asked) => unknown;

const NodeRequest = globalThis.Request;

/** RequestFromPage is a request as a browser makes it: relative addresses are those of the page, forms are jsdom's. */
export class RequestFromPage extends NodeRequest {
  readonly form: FormData | undefined;

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    const { body, signal: _, ...rest } = init; // jsdom's signals are not Node's
    const form = body instanceof FormData ? body : undefined;
    super(typeof input === "string" ? new URL(input, location.href) : input, form ? rest : { ...rest, body });
    this.form = form;
    if (form) this.headers.set("content-type", "multipart/form-data");
  }
}

/** Refusal is an answer that is not 2xx, as the real server words it. */
export class Refusal {
  constructor(readonly status: number, readonly code: string, readonly detail = code, readonly errors: unknown[] = [], readonly error_count = errors.length) {}
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  if (request instanceof RequestFromPage && request.form) {
    return Object.fromEntries([...request.form].map(([name, value]) => [name, value instanceof File ? value.name : value]));
  }
  const text = await request.text();
  const sent: unknown = text === "" ? {} : JSON.parse(text);
  return typeof sent === "object" && sent !== null ? { ...sent } : {};
}

/**
 * serve answers the client's requests by their method and path, such as
 * "GET /policy-drafts/7"; what has no answer is refused with its name.
 */
export function serve(answers: Record<string, Answer>) {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const one = { method: request.method, path: url.pathname.replace("/api/v1", ""), query: url.searchParams, body: await bodyOf(request) };
    asked.push(one);
    const what = `${one.method} ${one.path}`;
    const found = answers[what] ? await answers[what](one) : new Refusal(404, "test.no_answer", `no answer to ${what}`);
    if (found instanceof Refusal) return Response.json({ ...found }, { status: found.status });
    return found === undefined ? new Response(null, { status: 204 }) : Response.json(found);
  });
  return {
    /** answers may be changed while a screen is open. */
    answers,
    /** sent is every request of a kind, oldest first. */
    sent: (what: string) => asked.filter((a) => `${a.method} ${a.path}` === what),
  };
}
