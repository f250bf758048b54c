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

/** keep leaves a value on this device. A full or forbidden storage only loses the second copy; memory still has it. */
export function keep(name: string, value: unknown, storage: Storage = localStorage): void {
  try {
    storage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing is lost as long as the page stays open.
  }
}

/** kept is what was left on this device under a name, or undefined. */
export function kept(name: string, storage: Storage = localStorage): unknown {
  try {
    return JSON.parse(storage.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined; // not ours to read
  }
}

/** drop forgets what was left on this device. */
export function drop(name: string, storage: Storage = localStorage): void {
  storage.removeItem(name);
}
