import { Problem } from "../../api/problem";
import { drop, keep, kept, same } from "../saving";

/** Stored is a text as the server has it: which edition, by whom. Edition 0 is a text that the server does not have. */
export interface Stored<T> { edition: number; editor: string; value: T }

/** EditState is how a text stands between this page and the server. */
type EditState = "new" | "saved" | "changed" | "saving" | "conflict" | "failed";

export interface Edit<T> {
  value: T;
  /** The edition that the value was made from. */
  edition: number;
  state: EditState;
  /** In a conflict, the text that somebody else saved meanwhile. */
  theirs?: Stored<T>;
  error?: unknown;
}

/** Home is where a text is saved, and how the server says that somebody else saved first. */
export interface Home<T> {
  save: (value: T, edition: number) => Promise<Stored<T>>;
  newest: () => Promise<Stored<T>>;
  refusal: string;
}

/** backupName is the place of a text on this device. */
const backupName = (name: string) => `anwen.edited.${name}`;

/** isLike tells whether a value has at least the fields of a sample, each of its type. */
function isLike<T>(sample: T, value: unknown): value is T {
  if (typeof sample !== "object" || sample === null) return typeof value === typeof sample;
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(sample)) return false;
  const fields = new Map(Object.entries(value));
  return Object.entries(sample).every(([field, part]) => fields.has(field) && isLike(part, fields.get(field)));
}

/** backupOf is what was written on this device and not saved, with the edition that it was made from. */
export function backupOf<T>(name: string, sample: T): { edition: number; value: T } | undefined {
  const found = kept(backupName(name));
  return isLike({ edition: 0, value: sample }, found) ? found : undefined;
}

/**
 * EditedText is a text between the keyboard and the server. What is typed stays on
 * this device, with the edition that it was made from, until the server has it. A
 * newer edition of somebody else never replaces what was typed and is never
 * overwritten: both texts stay until the writer decides.
 */
export class EditedText<T> {
  private now: Edit<T>;
  private listeners = new Set<() => void>();

  constructor(private readonly name: string, stored: Stored<T>, sample: T = stored.value) {
    const backup = backupOf(name, sample);
    if (!backup || same(backup.value, stored.value)) {
      drop(backupName(name));
      this.now = { value: stored.value, edition: stored.edition, state: settled(stored) };
    } else if (backup.edition === stored.edition) this.now = { ...backup, state: "changed" };
    else this.now = { ...backup, state: "conflict", theirs: stored };
  }

  /** snapshot is stable until something changes, as React wants it. */
  snapshot = (): Edit<T> => this.now;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** unsaved tells whether there are words that the server does not have. */
  get unsaved(): boolean {
    return this.now.state !== "saved" && this.now.state !== "new";
  }

  /** write takes what is on the page now; an edition is given when the text goes to another place. */
  write(value: T, edition = this.now.edition): void {
    keep(backupName(this.name), { edition, value });
    const moved = edition !== this.now.edition;
    const stays = this.now.state === "saving" || (this.now.state === "conflict" && !moved);
    this.change({ value, edition, ...(stays ? {} : { state: "changed", theirs: undefined, error: undefined }) });
  }

  /** meet takes notice of what the server has: it becomes the text, unless something else was typed. */
  meet(stored: Stored<T>): void {
    const { state, edition, value, theirs } = this.now;
    if (stored.edition <= (theirs?.edition ?? edition) || state === "saving") return; // a save is answered by itself
    if (!this.unsaved || same(value, stored.value)) this.land(stored);
    else this.change({ state: "conflict", theirs: stored });
  }

  /** decide ends a conflict: with the own text, to be saved on top of theirs, or with theirs. */
  decide(which: "mine" | "theirs"): void {
    const { theirs, value } = this.now;
    if (!theirs) return;
    if (which === "theirs") return this.land(theirs);
    this.change({ theirs: undefined, state: "changed" });
    this.write(value, theirs.edition);
  }

  /** save brings the text to the server and tells whether it is there. */
  async save(home: Home<T>): Promise<Stored<T> | undefined> {
    if (this.now.state === "saving" || this.now.state === "conflict") return undefined;
    const { value, edition } = this.now;
    this.change({ state: "saving" });
    try {
      const saved = await home.save(value, edition);
      this.arrive(value, saved);
      return saved;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== home.refusal) this.change({ state: "failed", error });
      else await this.compare(value, home);
      return undefined;
    }
  }

  /** forget drops what was written, because it is published or given up. */
  forget(stored: Stored<T>): void {
    this.land(stored);
  }

  /** arrive notes that the server has a value; what was typed since goes on top of it. */
  private arrive(value: T, saved: Stored<T>): void {
    if (same(this.now.value, value)) return this.land(saved);
    this.change({ state: "changed", error: undefined });
    this.write(this.now.value, saved.edition);
  }

  /** compare looks at what was saved first. It may be our own, whose answer was lost. */
  private async compare(sent: T, home: Home<T>): Promise<void> {
    try {
      const theirs = await home.newest();
      if (same(theirs.value, sent)) this.arrive(sent, theirs);
      else this.change({ state: "conflict", theirs, error: undefined });
    } catch (error) {
      this.change({ state: "failed", error });
    }
  }

  private land(stored: Stored<T>): void {
    drop(backupName(this.name));
    this.change({ value: stored.value, edition: stored.edition, state: settled(stored), theirs: undefined, error: undefined });
  }

  private change(part: Partial<Edit<T>>): void {
    this.now = { ...this.now, ...part };
    for (const listener of this.listeners) listener();
  }
}

function settled(stored: Stored<unknown>): EditState {
  return stored.edition === 0 ? "new" : "saved";
}
