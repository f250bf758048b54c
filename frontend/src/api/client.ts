// The only place that calls fetch.
import createClient, { type Middleware } from "openapi-fetch";
import { broughtAnswer } from "./first";
import { Problem, problemOf } from "./problem";
import type { paths } from "./schema";

const prefix = "/api/v1";
const patience = 20_000; // ms until a request counts as lost
const uploadPatience = 300_000;

let language = "zh-Hans";
let whenSignedOut: () => void = () => {};

/** speak sets the language that the server answers in. */
export function speak(locale: string): void {
  language = locale;
}

/** onSignedOut is told when the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

async function send(request: Request): Promise<Response> {
  const brought = broughtAnswer(request, prefix);
  if (brought) return brought;
  const wait = request.headers.get("content-type")?.startsWith("multipart/") ? uploadPatience : patience;
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(wait)]) });
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new Problem({ code: "client.offline", status: 0, detail: "" });
  }
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) return undefined;
    const problem = problemOf(await response.json().catch(() => null), response.status);
    if (problem.status === 401 && schemaPath !== "/session" && schemaPath !== "/me") whenSignedOut();
    throw problem;
  },
};

/** api calls the server; wrap a call in ask to get the answer or a Problem. */
export const api = createClient<paths>({ baseUrl: prefix, credentials: "same-origin", fetch: send });
api.use(manners);

/** ask returns the answer of a call. A failure is thrown as a Problem. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined && response.status !== 204) throw problemOf(null, response.status);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- 204 has no data, and its T is undefined; openapi-fetch does not tell the two apart
  return data as T;
}

/** asForm makes a multipart request of an upload; the schema calls the file a string. */
export function asForm(file: File, fields: { dry_run: boolean; profile?: string; confirmed_warnings?: number; standing?: string }) {
  return {
    body: { file: file.name, profile: "", ...fields },
    bodySerializer: () => {
      const form = new FormData();
      form.append("file", file, file.name);
      for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, String(value));
      return form;
    },
  };
}

/** linkTo makes the address of a download from the API. */
export function linkTo(path: string, query: Record<string, string | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return prefix + path + (text ? `?${text}` : "");
}
