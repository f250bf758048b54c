import { Problem } from "../../api/problem";
import { alike, mayComeLater } from "../saving";
import type { Backup, Backups } from "./backups";

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
  /** When the words were kept that this device had of the text, until they are saved or given up. */
  foundFrom?: string;
  /** Other words of the same person on this device, of other tabs. */
  others: Backup<T>[];
}

/** Home is where a text is saved, and how the server says that somebody else saved first. */
export interface Home<T> {
  save: (value: T, edition: number) => Promise<Stored<T>>;
  newest: () => Promise<Stored<T>>;
  refusal: string;
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
  /** A save went out and was not answered: the server may have another text than was loaded. */
  private doubtful = false;

  constructor(private readonly backups: Backups<T>, private stored: Stored<T>) {
    backups.dropAlike(stored.value);
    const [found, ...rest] = backups.all();
    const { edition, value } = found ?? stored;
    this.now = { value, edition, state: this.stateOf(edition, !!found), others: rest.filter((other) => !alike(other.value, value)) };
    if (!found) return;
    backups.takeIn(found);
    this.now = { ...this.now, foundFrom: found.at, theirs: this.now.state === "conflict" ? stored : undefined };
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

  /** secure keeps the words again when another tab has dropped them, because it took them for those of a closed one. */
  secure(): void {
    const { edition, value } = this.now;
    if (this.unsaved && !this.backups.has(this.backups.own)) this.backups.keep({ edition, value });
  }

  /** write takes what is on the page now; an edition is given when the text goes to another place. */
  write(value: T, edition = this.now.edition): void {
    const moved = edition !== this.now.edition;
    const stays = this.now.state === "saving" || (this.now.state === "conflict" && !moved);
    if (!stays && this.isStored(value, edition)) return this.settle(value, edition);
    this.backups.keep({ edition, value });
    this.change({ value, edition, ...(stays ? {} : { state: "changed", theirs: undefined, error: undefined }) });
  }

  /** meet takes notice of what the server has: it becomes the text, unless something else was typed. */
  meet(stored: Stored<T>): void {
    const { state, edition, value, theirs } = this.now;
    if (state === "saving") return; // a save is answered by itself
    if (!theirs && stored.edition === edition) {
      this.stored = stored;
      if (this.unsaved && this.isStored(value, edition)) this.settle(value, edition);
    }
    if (stored.edition <= (theirs?.edition ?? edition)) return;
    if (!this.unsaved || alike(value, stored.value)) this.land(stored);
    else this.change({ state: "conflict", theirs: stored });
  }

  /** decide ends a conflict: with the own text, to be saved on top of theirs, or with theirs. */
  decide(which: "mine" | "theirs"): void {
    const { theirs, value } = this.now;
    if (!theirs) return;
    if (which === "theirs") return this.forget(theirs);
    this.stored = theirs;
    this.doubtful = false;
    this.change({ theirs: undefined, state: "changed" });
    this.write(value, theirs.edition);
  }

  /** discard gives up the words on the page, or those that another tab has kept. */
  discard(other?: Backup<T>): void {
    if (!other) return this.forget(this.now.theirs ?? this.stored);
    this.backups.drop(other.key);
    this.change({ others: this.now.others.filter((o) => o !== other) });
  }

  /** take goes on with the words that another tab has kept; unsaved ones on the page take their place. */
  take(other: Backup<T>): void {
    const { edition, value, state, theirs } = this.now;
    if (state === "saving") return;
    const at = new Date().toISOString();
    const left = this.unsaved ? [{ key: other.key, at, edition, value }] : [];
    if (left.length === 0) this.backups.drop(other.key);
    for (const mine of left) this.backups.keep(mine, mine.key);
    this.backups.keep(other);
    const newest = theirs ?? this.stored;
    this.stored = newest;
    const next = this.stateOf(other.edition, true);
    this.change({
      value: other.value, edition: other.edition, state: next, theirs: next === "conflict" ? newest : undefined, error: undefined, foundFrom: other.at,
      others: [...this.now.others.filter((o) => o !== other), ...left],
    });
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
      if (mayComeLater(error)) this.doubtful = true;
      if (!(error instanceof Problem) || error.code !== home.refusal) this.change({ state: "failed", error });
      else await this.compare(value, home);
      return undefined;
    }
  }

  /** forget drops what was written, because it is published or given up. */
  forget(stored: Stored<T>): void {
    this.backups.dropAlike(this.now.value);
    this.land(stored);
  }

  /** arrive notes that the server has a value; what was typed since goes on top of it. */
  private arrive(value: T, saved: Stored<T>): void {
    this.backups.dropAlike(value);
    if (alike(this.now.value, value)) return this.land(saved);
    this.stored = saved;
    this.doubtful = false;
    this.change({ state: "changed", error: undefined });
    this.write(this.now.value, saved.edition);
  }

  /** compare looks at what was saved first. It may be our own, whose answer was lost. */
  private async compare(sent: T, home: Home<T>): Promise<void> {
    try {
      const theirs = await home.newest();
      if (alike(theirs.value, sent)) this.arrive(sent, theirs);
      else this.change({ state: "conflict", theirs, error: undefined });
    } catch (error) {
      this.change({ state: "failed", error });
    }
  }

  private land(stored: Stored<T>): void {
    this.stored = stored;
    this.doubtful = false;
    this.settle(stored.value, stored.edition);
  }

  /** settle ends with a text that the server has: nothing of it stays on this device. */
  private settle(value: T, edition: number): void {
    this.backups.drop();
    this.change({
      value, edition, state: this.stateOf(edition, false), theirs: undefined, error: undefined, foundFrom: undefined,
      others: this.now.others.filter((other) => this.backups.has(other.key)),
    });
  }

  private isStored(value: T, edition: number): boolean {
    return !this.doubtful && edition === this.stored.edition && alike(value, this.stored.value);
  }

  /** stateOf is how a text stands that was made from an edition, with words that are not saved or without. */
  private stateOf(edition: number, unsaved: boolean): EditState {
    if (unsaved) return edition === this.stored.edition ? "changed" : "conflict";
    return edition === 0 ? "new" : "saved";
  }

  private change(part: Partial<Edit<T>>): void {
    this.now = { ...this.now, ...part };
    for (const listener of this.listeners) listener();
  }
}
