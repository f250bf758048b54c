import { Problem } from "../api/problem";
import type { Answer } from "../api/views";
import { drop, keep, kept, keptNames, mayComeLater, same, waitAfter } from "../ui/saving";

/** SaveState is what the learner sees beside an answer. */
export type SaveState =
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "retrying" }
  | { is: "elsewhere"; theirs: Answer; revision: number }
  | { is: "refused"; error: Problem };

export interface Snapshot {
  answers: Record<number, Answer>;
  states: Record<number, SaveState>;
  /** Positions whose newest answer the server does not have yet. */
  unsaved: number[];
}

/** Sent is an answer with the revision it follows and the instant of this machine's clock. */
export interface Sent { answer: Answer; after: number; claimedAt: string }

/** Server is what the queue needs of it. */
export interface Server {
  save: (position: number, sent: Sent) => Promise<{ saved_at: string; revision: number }>;
  newest: () => Promise<{ answers: Record<string, Answer>; revisions: Record<string, number> }>;
}

interface Pending extends Sent {
  /** When it may be sent, by performance of this machine: typing rests a moment. */
  due: number;
  /** What went out and was not acknowledged: the server may have it all the same. */
  out: Answer[];
}

/**
 * AnswerQueue brings the newest answer of every question to the server, one
 * request at a time, in the order in which they were given. What has not arrived
 * stays in the browser's storage, so that a reload or a dead battery loses
 * nothing. An answer that was given elsewhere meanwhile is never overwritten: the
 * learner chooses.
 */
export class AnswerQueue {
  private answers: Record<number, Answer>;
  private revisions: Record<number, number>;
  private states: Record<number, SaveState> = {};
  private pending = new Map<number, Pending>();
  private flying: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private notBefore = 0;
  private closed = false;
  private listeners = new Set<() => void>();
  private current: Snapshot;
  private readonly prefix: string;
  private readonly key: string;

  constructor(
    attempt: number,
    saved: Record<number, Answer>,
    revisions: Record<number, number>,
    private readonly server: Server,
    private readonly storage?: Storage,
  ) {
    this.prefix = `anwen.answers.${attempt}.`;
    this.key = this.prefix + Math.random().toString(36).slice(2); // tabs do not share a place
    this.answers = { ...saved };
    this.revisions = { ...revisions };
    for (const [position, entry] of this.takeOver()) {
      this.answers[position] = entry.answer;
      this.pending.set(position, entry);
      this.states[position] = { is: "retrying" };
    }
    this.store();
    this.current = this.snapshotNow();
  }

  /** snapshot is stable until something changes, as React wants it. */
  snapshot = (): Snapshot => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** set takes an answer; typing waits a moment so that not every key is a request. */
  set(position: number, answer: Answer, delay = 0): void {
    const before = this.pending.get(position);
    this.answers = { ...this.answers, [position]: answer };
    this.pending.delete(position); // behind the others: they were given before
    this.pending.set(position, {
      answer,
      after: before?.after ?? this.revisions[position] ?? 0,
      claimedAt: new Date().toISOString(),
      due: Date.now() + delay,
      out: before?.out ?? [],
    });
    if (this.states[position]?.is !== "elsewhere") this.states = { ...this.states, [position]: { is: this.failures > 0 ? "retrying" : "saving" } };
    this.store();
    this.changed();
    this.pump();
  }

  /** retry sends everything that waits, now: the network or the session is back. */
  retry = (): void => {
    this.closed = false;
    this.failures = 0;
    this.notBefore = 0;
    for (const entry of this.pending.values()) entry.due = 0;
    this.pump();
  };

  /** keep decides between two answers to one question: the one given here, or the other. */
  keep(position: number, which: "mine" | "theirs"): void {
    const state = this.states[position];
    const entry = this.pending.get(position);
    if (state?.is !== "elsewhere" || !entry) return;
    this.revisions[position] = state.revision;
    if (which === "mine") {
      entry.after = state.revision;
      this.states = { ...this.states, [position]: { is: "saving" } };
    } else {
      this.pending.delete(position);
      this.answers = { ...this.answers, [position]: state.theirs };
      this.states = { ...this.states };
      delete this.states[position];
    }
    this.store();
    this.changed();
    this.pump();
  }

  /** settle sends everything and resolves when the server has it all, or rejects with the first refusal. */
  async settle(): Promise<void> {
    this.retry();
    const failures = this.failures;
    while (this.flying && this.failures === failures) await this.flying;
    for (const state of Object.values(this.states)) {
      if (state.is === "refused") throw state.error;
      if (state.is === "elsewhere") throw new Problem({ code: "quizzes.answered_elsewhere", status: 409, detail: "" });
    }
    if (this.pending.size > 0) throw new Problem({ code: "client.offline", status: 0, detail: "" });
  }

  /** forget drops what is stored, after the attempt has been submitted. */
  forget(): void {
    this.close();
    this.pending.clear();
    drop(this.key, this.storage);
    this.changed();
  }

  /** close stops sending; what waits stays stored. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** pump sends the first answer that may go, and looks again when it has landed. */
  private pump(): void {
    clearTimeout(this.timer);
    if (this.closed || this.flying) return;
    const now = Date.now();
    let wait = Infinity;
    for (const [position, entry] of this.pending) {
      if (this.states[position]?.is === "elsewhere") continue;
      const due = Math.max(entry.due, this.notBefore);
      if (due <= now) {
        this.flying = this.send(position, entry).finally(() => {
          this.flying = undefined;
          this.store();
          this.changed();
          this.pump();
        });
        return;
      }
      wait = Math.min(wait, due - now);
    }
    if (wait < Infinity) this.timer = setTimeout(() => this.pump(), wait);
  }

  private async send(position: number, entry: Pending): Promise<void> {
    const { answer, after, claimedAt } = entry;
    entry.out = [...entry.out, answer].slice(-5);
    try {
      const { saved_at, revision } = await this.server.save(position, { answer, after, claimedAt });
      this.failures = 0;
      this.landed(position, answer, revision, { is: "saved", at: saved_at });
    } catch (error) {
      await this.failed(position, error);
    }
  }

  /** landed notes that the server has the answer; a newer one goes on top of it. */
  private landed(position: number, answer: Answer, revision: number, state: SaveState): void {
    this.revisions[position] = revision;
    const newest = this.pending.get(position);
    if (!newest) return;
    if (same(newest.answer, answer)) {
      this.pending.delete(position);
      this.states = { ...this.states, [position]: state };
    } else {
      newest.after = revision;
      newest.out = [];
    }
  }

  private async failed(position: number, error: unknown): Promise<void> {
    if (mayComeLater(error) || !(error instanceof Problem)) return this.later();
    if (error.code === "quizzes.answered_elsewhere") return this.compare(position);
    this.pending.delete(position);
    this.states = { ...this.states, [position]: { is: "refused", error } };
  }

  /** compare looks at the other answer. It may be our own, whose acknowledgement was lost. */
  private async compare(position: number): Promise<void> {
    try {
      const { answers, revisions } = await this.server.newest();
      const theirs = answers[String(position)] ?? {};
      const revision = revisions[String(position)] ?? 0;
      const entry = this.pending.get(position);
      if (entry?.out.some((a) => same(a, theirs))) {
        this.landed(position, theirs, revision, { is: "saved", at: new Date().toISOString() });
      } else {
        this.states = { ...this.states, [position]: { is: "elsewhere", theirs, revision } };
      }
    } catch {
      this.later();
    }
  }

  /** later lets everything wait: what keeps one answer back keeps back all. */
  private later(): void {
    this.notBefore = Date.now() + waitAfter(++this.failures);
    const states = { ...this.states };
    for (const position of this.pending.keys()) if (states[position]?.is !== "elsewhere") states[position] = { is: "retrying" };
    this.states = states;
  }

  private changed(): void {
    this.current = this.snapshotNow();
    for (const listener of this.listeners) listener();
  }

  private snapshotNow(): Snapshot {
    return { answers: this.answers, states: this.states, unsaved: [...this.pending.keys()] };
  }

  private store(): void {
    if (this.pending.size === 0) drop(this.key, this.storage);
    else keep(this.key, [...this.pending], this.storage);
  }

  /** takeOver turns into its own what tabs left that are no more, oldest answers first. */
  private takeOver(): [number, Pending][] {
    const found: [number, Pending][] = [];
    for (const key of keptNames(this.prefix, this.storage)) {
      const value = kept(key, this.storage);
      if (Array.isArray(value)) found.push(...value.filter(isEntry));
      drop(key, this.storage);
    }
    return found.sort((a, b) => a[1].claimedAt.localeCompare(b[1].claimedAt));
  }
}

function isEntry(value: unknown): value is [number, Pending] {
  if (!Array.isArray(value) || value.length !== 2 || typeof value[0] !== "number") return false;
  const entry: unknown = value[1];
  return typeof entry === "object" && entry !== null && "answer" in entry && typeof entry.answer === "object" && entry.answer !== null
    && "after" in entry && typeof entry.after === "number" && "claimedAt" in entry && typeof entry.claimedAt === "string"
    && "out" in entry && Array.isArray(entry.out);
}
