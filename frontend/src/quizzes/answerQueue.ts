import { Problem } from "../api/problem";
import type { Answer } from "../api/views";

/** SaveState is what the learner sees beside an answer. */
export type SaveState =
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "retrying" }
  | { is: "refused"; error: Problem };

export interface Snapshot {
  answers: Record<number, Answer>;
  states: Record<number, SaveState>;
  /** Positions whose newest answer the server does not have yet. */
  unsaved: number[];
}

type Save = (position: number, answer: Answer) => Promise<{ saved_at: string }>;

const waits = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * AnswerQueue brings every answer to the server, the newest of each item, one
 * request per item at a time. What has not arrived stays in the browser's
 * storage, so that a reload or a dead battery loses nothing.
 */
export class AnswerQueue {
  private answers: Record<number, Answer>;
  private states: Record<number, SaveState> = {};
  private pending = new Map<number, Answer>();
  private flying = new Set<number>();
  private timers = new Map<number, ReturnType<typeof setTimeout>>();
  private failures = 0;
  private listeners = new Set<() => void>();
  private current: Snapshot;
  private readonly key: string;

  constructor(
    attempt: number,
    saved: Record<number, Answer>,
    private readonly save: Save,
    private readonly storage: Storage = localStorage,
  ) {
    this.key = `anwen.answers.${attempt}`;
    this.answers = { ...saved };
    for (const [position, answer] of this.stored()) {
      this.answers[position] = answer;
      this.pending.set(position, answer);
      this.states[position] = { is: "retrying" };
    }
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
    this.answers = { ...this.answers, [position]: answer };
    this.pending.set(position, answer);
    this.states = { ...this.states, [position]: { is: "saving" } };
    this.store();
    this.changed();
    this.later(position, delay);
  }

  /** retry sends everything that waits, now: the network or the session is back. */
  retry = (): void => {
    this.failures = 0;
    for (const position of this.pending.keys()) this.later(position, 0);
  };

  /** settle sends everything and resolves when the server has it all, or rejects with the first refusal. */
  async settle(): Promise<void> {
    for (const position of [...this.pending.keys()]) {
      this.cancel(position);
      await this.send(position);
    }
    const refused = Object.values(this.states).find((s) => s.is === "refused");
    if (refused?.is === "refused") throw refused.error;
    if (this.pending.size > 0 || this.flying.size > 0) throw new Problem({ code: "client.offline", status: 0, detail: "" });
  }

  /** forget drops what is stored, after the attempt has been submitted. */
  forget(): void {
    this.close();
    this.pending.clear();
    this.storage.removeItem(this.key);
    this.changed();
  }

  /** close stops the timers; what waits stays stored. */
  close(): void {
    for (const position of [...this.timers.keys()]) this.cancel(position);
  }

  private later(position: number, delay: number): void {
    this.cancel(position);
    this.timers.set(position, setTimeout(() => void this.send(position), delay));
  }

  private cancel(position: number): void {
    clearTimeout(this.timers.get(position));
    this.timers.delete(position);
  }

  private async send(position: number): Promise<void> {
    this.timers.delete(position);
    const answer = this.pending.get(position);
    if (answer === undefined || this.flying.has(position)) return; // the flying one looks again when it lands
    this.flying.add(position);
    try {
      const { saved_at } = await this.save(position, answer);
      this.failures = 0;
      if (this.pending.get(position) === answer) {
        this.pending.delete(position);
        this.states = { ...this.states, [position]: { is: "saved", at: saved_at } };
      }
    } catch (error) {
      this.failed(position, answer, error);
    } finally {
      this.flying.delete(position);
      this.store();
      this.changed();
    }
    const newer = this.pending.get(position);
    if (newer !== undefined && newer !== answer) this.later(position, 0);
  }

  private failed(position: number, answer: Answer, error: unknown): void {
    const again = !(error instanceof Problem) || error.mayPass || error.status === 401;
    if (again) {
      this.states = { ...this.states, [position]: { is: "retrying" } };
      this.later(position, waits[Math.min(this.failures++, waits.length - 1)] ?? 15_000);
      return;
    }
    if (this.pending.get(position) === answer) this.pending.delete(position);
    this.states = { ...this.states, [position]: { is: "refused", error } };
  }

  private changed(): void {
    this.current = this.snapshotNow();
    for (const listener of this.listeners) listener();
  }

  private snapshotNow(): Snapshot {
    return { answers: this.answers, states: this.states, unsaved: [...this.pending.keys()] };
  }

  private store(): void {
    try {
      if (this.pending.size === 0) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify([...this.pending]));
    } catch {
      // A full or forbidden storage only loses the second copy; memory still has it.
    }
  }

  private stored(): [number, Answer][] {
    try {
      const value: unknown = JSON.parse(this.storage.getItem(this.key) ?? "[]");
      return Array.isArray(value) ? value.filter(isEntry) : [];
    } catch {
      return [];
    }
  }
}

function isEntry(value: unknown): value is [number, Answer] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "number" && typeof value[1] === "object" && value[1] !== null;
}

const given = (part: Answer) => part.choice !== undefined || (part.choices?.length ?? 0) > 0 || (part.text ?? "").trim() !== "";

/** isTyped tells an answer that changes with every key. */
export const isTyped = (answer: Answer): boolean => answer.text !== undefined || (answer.gaps ?? []).some((g) => g.text !== undefined);

/** isAnswered tells an answer from a blank one. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer) return false;
  return given(answer) || (answer.gaps ?? []).some(given) || (answer.order?.length ?? 0) > 0;
}
