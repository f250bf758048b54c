import type { ProblemBody, ProblemFault } from "./views";

/**
 * Problem is every failure of a request: the server's own words and code, or
 * one of ours (`client.offline`, `client.unreadable`) when no answer came.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
  /** The faults that are listed; faultCount tells how many there are. */
  readonly faults: ProblemFault[];
  readonly faultCount: number;

  constructor(body: { code: string; status: number; detail: string; request_id?: string; errors?: ProblemFault[]; error_count?: number }) {
    super(body.detail);
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status;
    this.requestId = body.request_id ?? "";
    this.faults = (body.errors ?? []).filter((f) => f.code !== "api.more_faults");
    this.faultCount = body.error_count ?? this.faults.length;
  }

  /** Whether trying the same again may succeed. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function isProblemBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}

/** problemOf reads the server's answer; a proxy's HTML page becomes client.unreadable. */
export function problemOf(value: unknown, status: number): Problem {
  if (isProblemBody(value)) return new Problem(value);
  return new Problem({ code: "client.unreadable", status, detail: "" });
}
