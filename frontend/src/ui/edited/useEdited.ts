import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useMe } from "../../app/me";
import { mayComeLater, waitAfter } from "../saving";
import { type Backup, Backups, namesKept, onBackups } from "./backups";
import { type Edit, EditedText, type Home, type Stored } from "./EditedText";

interface Options<T> {
  /** Names the text on this device; another text needs another component, by key. */
  name: string;
  /** What the server has. It is loaded: a text that could not be loaded cannot be edited. */
  stored: Stored<T>;
  /** A value with the fields that every value has, to know a backup by. */
  sample?: T;
  /** Where it is saved; what is published by a button of its own has none. */
  home?: Home<T>;
  /** ms without a keystroke after which it is saved by itself; otherwise only when asked. */
  pause?: number;
}

export interface Edited<T> extends Edit<T> {
  unsaved: boolean;
  /** What unsaved is at this very moment, not when the screen was drawn. */
  isUnsaved: () => boolean;
  /** The words on the page will be sent by themselves, on leaving too. */
  sendsItself: boolean;
  write: (value: T, edition?: number) => void;
  decide: (which: "mine" | "theirs") => void;
  save: () => Promise<Stored<T> | undefined>;
  forget: (stored: Stored<T>) => void;
  discard: (other?: Backup<T>) => void;
  take: (other: Backup<T>) => void;
}

/** usePerson is whose words are written here. */
function usePerson(): number {
  return useMe()?.person_id ?? 0;
}

/** useBackup is what this person wrote last of a text on this device and did not save, when the page was opened. */
export function useBackup<T>(name: string, sample: T): T | undefined {
  const person = usePerson();
  const [found] = useState(() => new Backups(person, name, sample).all()[0]?.value);
  return found;
}

/** useNamesKept are the texts whose names begin so and of which this person has unsaved words on this device. */
export function useNamesKept(prefix: string): string[] {
  const person = usePerson();
  const names = useSyncExternalStore(onBackups, () => namesKept(person, prefix).join("\n")); // a list would be another one each time
  return names === "" ? [] : names.split("\n");
}

/** useWords are the unsaved words of a text that nobody can save any more, and how to give them up. */
export function useWords<T>(name: string, sample: T) {
  const person = usePerson();
  const [words] = useState(() => new Backups(person, name, sample));
  return { found: words.all(), discard: (backup: Backup<T>) => words.drop(backup.key) };
}

/**
 * useEdited is the one way to edit a text: kept on this device, for one person, until
 * it is saved; saved by itself or by a button, never on top of a colleague's. Unsettled
 * belongs on the page: it shows what has to be decided, and asks before leaving.
 */
export function useEdited<T>({ name, stored, sample, home, pause }: Options<T>): Edited<T> {
  const person = usePerson();
  const [text] = useState(() => new EditedText(new Backups(person, name, sample ?? stored.value), stored));
  const edit = useSyncExternalStore(text.subscribe, text.snapshot);
  const place = useRef(home);
  const failures = useRef(0);
  useEffect(() => { place.current = home; });
  useEffect(() => text.meet(stored), [text, stored]);

  const save = useCallback(async () => {
    if (!place.current) return undefined;
    const saved = await text.save(place.current);
    failures.current = saved ? 0 : failures.current + 1;
    return saved;
  }, [text]);

  const { value, state, error } = edit;
  useEffect(() => {
    if (pause === undefined || (state !== "changed" && (state !== "failed" || !mayComeLater(error)))) return;
    const timer = window.setTimeout(() => void save(), state === "changed" ? pause : Math.max(pause, waitAfter(failures.current)));
    return () => window.clearTimeout(timer);
  }, [value, state, error, pause, save]);

  // Another text comes to the same page, or the writer goes all the same: the last words are sent on the way.
  useEffect(() => () => { if (pause !== undefined && text.snapshot().state === "changed") void save(); }, [pause, text, save]);

  useEffect(() => {
    const secure = () => text.secure();
    const events = ["storage", "pagehide"] as const;
    for (const event of events) window.addEventListener(event, secure);
    return () => { for (const event of events) window.removeEventListener(event, secure); };
  }, [text]);

  return {
    ...edit,
    unsaved: text.unsaved,
    isUnsaved: () => text.unsaved,
    sendsItself: pause !== undefined && (state === "changed" || state === "saving"),
    write: (next, edition) => text.write(next, edition),
    decide: (which) => text.decide(which),
    forget: (now) => text.forget(now),
    discard: (other) => text.discard(other),
    take: (other) => text.take(other),
    save,
  };
}
