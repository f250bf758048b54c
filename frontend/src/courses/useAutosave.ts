import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, ask } from "../api/client";
import { Problem } from "../api/problem";
import { manuscriptQuery } from "./manuscript";

export type SaveState = "loading" | "new" | "saved" | "changed" | "saving" | "conflict" | "failed";

const pause = 1200; // ms without a keystroke before the text is saved

/**
 * useAutosave holds one text of a manuscript. It is saved after every pause, and kept on
 * this device until the server has it. When somebody else saved first, both texts stay:
 * theirs is fetched, and the writer decides.
 */
export function useAutosave(slug: string, name: string, isNew: boolean) {
  const [fresh] = useState(isNew); // the first save does not make it load again
  const loaded = useRef(false);
  const client = useQueryClient();
  const backup = `anwen.writing.${slug}/${name}`;
  const [text, setText] = useState("");
  const [state, setState] = useState<SaveState>("loading");
  const [error, setError] = useState<unknown>();
  const [theirs, setTheirs] = useState<{ edition: number; editor: string; content: string }>();
  const edition = useRef(0);
  const latest = useRef("");
  const busy = useRef(false);
  const fetchText = useCallback(() => ask(api.GET("/manuscripts/{slug}/text", { params: { path: { slug }, query: { name } } })), [slug, name]);

  const stored = useQuery({ queryKey: ["manuscripts", slug, "text", name], queryFn: fetchText, enabled: !fresh, staleTime: Infinity, gcTime: 0, retry: 1 });
  useEffect(() => {
    if (loaded.current || (!fresh && !stored.data)) return; // what is loaded later is somebody else's
    loaded.current = true;
    edition.current = stored.data?.edition ?? 0;
    const server = stored.data?.content ?? "";
    const kept = localStorage.getItem(backup);
    latest.current = kept ?? server;
    setText(latest.current);
    setState(latest.current !== server ? "changed" : fresh ? "new" : "saved");
  }, [stored.data, fresh, backup]);

  const save = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    const content = latest.current;
    setState("saving");
    try {
      const saved = await ask(api.PUT("/manuscripts/{slug}/text", { params: { path: { slug }, query: { name } }, body: { edition: edition.current, content } }));
      edition.current = saved.edition;
      const same = latest.current === content;
      if (same) localStorage.removeItem(backup);
      setState(same ? "saved" : "changed");
      setError(undefined);
      if (saved.edition === 1) await client.invalidateQueries({ queryKey: manuscriptQuery(slug).queryKey, exact: true });
    } catch (cause) {
      setError(cause);
      if (cause instanceof Problem && cause.code === "courses.file_changed") {
        setTheirs(await fetchText());
        setState("conflict");
      } else setState("failed");
    } finally {
      busy.current = false;
    }
  }, [slug, name, backup, client, fetchText]);

  useEffect(() => {
    if (state !== "changed" && state !== "failed") return;
    const timer = window.setTimeout(() => void save(), state === "failed" ? 8000 : pause);
    return () => window.clearTimeout(timer);
  }, [text, state, save]);

  const write = useCallback((next: string) => {
    latest.current = next;
    localStorage.setItem(backup, next);
    setText(next);
    setState((s) => (s === "conflict" || s === "saving" ? s : "changed"));
  }, [backup]);

  /** decide ends a conflict: with the own text on top of theirs, or with theirs alone. */
  const decide = (content: string) => {
    edition.current = theirs?.edition ?? edition.current;
    setTheirs(undefined);
    write(content);
    setState("changed");
  };
  return { text, write, state, error, theirs, decide, save, missing: stored.error };
}
