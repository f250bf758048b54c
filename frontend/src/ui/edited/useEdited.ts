import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Blocker, useBlocker } from "react-router";
import { mayComeLater, waitAfter } from "../saving";
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
  write: (value: T, edition?: number) => void;
  decide: (which: "mine" | "theirs") => void;
  save: () => Promise<Stored<T> | undefined>;
  forget: (stored: Stored<T>) => void;
  leaving: Blocker;
}

/**
 * useEdited is the one way to edit a text: kept on this device until it is saved,
 * saved by itself or by a button, never on top of a colleague's, and not left
 * behind unasked.
 */
export function useEdited<T>({ name, stored, sample, home, pause }: Options<T>): Edited<T> {
  const [text] = useState(() => new EditedText(name, stored, sample));
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

  const leaving = useBlocker(({ currentLocation, nextLocation }) => text.unsaved && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => { if (text.unsaved) event.preventDefault(); };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [text]);

  return {
    ...edit,
    unsaved: text.unsaved,
    write: (next, edition) => text.write(next, edition),
    decide: (which) => text.decide(which),
    forget: (now) => text.forget(now),
    save,
    leaving,
  };
}
