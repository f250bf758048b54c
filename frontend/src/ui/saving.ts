// How anything is saved that nobody waits for: what may succeed later, when to try
// again, and what stays on this device meanwhile.
import { Problem } from "../api/problem";

const waits = [1_000, 2_000, 4_000, 8_000, 15_000];

/** waitAfter is how long to wait after so many failures in a row, in ms. */
export function waitAfter(failures: number): number {
  return waits[Math.min(failures, waits.length) - 1] ?? 0;
}

/** mayComeLater tells whether the same request may succeed later: no network, no session, a server in trouble. */
export function mayComeLater(error: unknown): boolean {
  return !(error instanceof Problem) || error.mayPass || error.status === 401;
}

/** same tells whether two values would be sent as the same bytes. */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * onDevice asks something of this device's storage, and of nothing else is storage
 * asked. A full or forbidden one only loses the second copy: memory still has it.
 */
function onDevice<T>(ask: (storage: Storage) => T, storage?: Storage): T | undefined {
  try {
    return ask(storage ?? localStorage);
  } catch {
    return undefined; // full, forbidden, or not ours to read
  }
}

/** filledOf is a value without what is empty in it, its fields in one order. */
function filledOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value === "" ? undefined : value;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((part) => filledOf(part) ?? null);
  const fields = Object.entries(value).map(([name, part]: [string, unknown]) => [name, filledOf(part)] as const).filter(([, part]) => part !== undefined);
  return fields.length === 0 ? undefined : fields.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** alike tells whether two values say the same: an empty field says what a missing one does. */
export function alike(a: unknown, b: unknown): boolean {
  return same(filledOf(a), filledOf(b));
}

/** keep leaves a value on this device and tells whether it is there. */
export function keep(name: string, value: unknown, storage?: Storage): boolean {
  const left = onDevice((s) => {
    s.setItem(name, JSON.stringify(value));
    return true;
  }, storage);
  return left ?? false;
}

/** keepWord leaves a word on this device as it is, such as what somebody prefers. */
export function keepWord(name: string, word: string): void {
  onDevice((s) => s.setItem(name, word));
}

/** kept is what was left on this device under a name, or undefined. */
export function kept(name: string, storage?: Storage): unknown {
  return onDevice<unknown>((s) => JSON.parse(s.getItem(name) ?? "null"), storage) ?? undefined;
}

/** keptWord is the word that was left on this device under a name, or undefined. */
export function keptWord(name: string): string | undefined {
  return onDevice((s) => s.getItem(name)) ?? undefined;
}

/** keptNames are the names under which something was left that begin so. */
export function keptNames(prefix: string, storage?: Storage): string[] {
  return onDevice((s) => Object.keys(s).filter((name) => name.startsWith(prefix)), storage) ?? [];
}

/** drop forgets what was left on this device. */
export function drop(name: string, storage?: Storage): void {
  onDevice((s) => s.removeItem(name), storage);
}
