// What was written on this device and is not saved: by whom, in which tab.
import { alike, drop, keep, kept, keptNames } from "../saving";

/** Backup is a text that was written and not saved, with the edition that it was made from. */
export interface Backup<T> { key: string; at: string; edition: number; value: T }

const folder = (person: number) => `anwen.edited.${person}.`;
const listeners = new Set<() => void>();

/** changed tells the listeners, but not while a screen is being drawn. */
function changed(): void {
  queueMicrotask(() => { for (const listener of listeners) listener(); });
}

/** onBackups tells when something is kept or dropped, here or in another tab. */
export function onBackups(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** nameIn is the name of a text in the key of a backup, behind its tab. */
function nameIn(person: number, key: string): string {
  const [, ...name] = key.slice(folder(person).length).split(".");
  return name.join(".");
}

/** namesKept are the texts whose names begin so and of which somebody has unsaved words on this device, each once. */
export function namesKept(person: number, prefix: string): string[] {
  const names = keptNames(folder(person)).map((key) => nameIn(person, key));
  return [...new Set(names)].filter((name) => name.startsWith(prefix)).sort();
}

/** isLike tells whether a value has at least the fields of a sample, each of its type. */
function isLike<T>(sample: T, value: unknown): value is T {
  if (typeof sample !== "object" || sample === null) return typeof value === typeof sample;
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(sample)) return false;
  const fields = new Map(Object.entries(value));
  return Object.entries(sample).every(([field, part]) => fields.has(field) && isLike(part, fields.get(field)));
}

/**
 * Backups are what one person wrote of one text on this device. Every editor keeps its
 * words in a place of its own, so that no tab writes over what another has kept.
 */
export class Backups<T> {
  /** The place of this editor. */
  readonly own: string;

  constructor(private readonly person: number, private readonly name: string, private readonly sample: T) {
    this.own = `${folder(person)}${Math.random().toString(36).slice(2)}.${name}`;
  }

  /** all are the backups of the text, the newest first. */
  all(): Backup<T>[] {
    const found: Backup<T>[] = [];
    for (const key of keptNames(folder(this.person))) {
      const backup = nameIn(this.person, key) === this.name ? kept(key) : undefined;
      if (isLike({ at: "", edition: 0, value: this.sample }, backup)) found.push({ ...backup, key });
    }
    return found.sort((a, b) => (a.at < b.at ? 1 : -1));
  }

  has(key: string): boolean {
    return kept(key) !== undefined;
  }

  /** keep leaves words in a place; without one, in that of this editor. */
  keep({ edition, value, at = new Date().toISOString() }: { edition: number; value: T; at?: string }, key = this.own): boolean {
    const there = keep(key, { at, edition, value });
    changed();
    return there;
  }

  /** takeIn brings a backup to the place of this editor. */
  takeIn(backup: Backup<T>): void {
    if (this.keep(backup)) this.drop(backup.key);
  }

  drop(key = this.own): void {
    drop(key);
    changed();
  }

  /** dropAlike forgets every backup of the text that says what is saved or given up, whichever tab kept it. */
  dropAlike(value: T): void {
    for (const backup of this.all()) if (alike(backup.value, value)) drop(backup.key);
    changed();
  }
}
