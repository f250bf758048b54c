import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { baseContentQuery } from "../api/queries";
import type { PolicyContent, PolicyLine } from "../api/views";
import { blank, isBlank, type Writing } from "./draft";

/** begun is the content of the next version before its first word: what the base says, with a date and notes of its own. */
export function begun(base: PolicyContent): PolicyContent {
  return { ...blank().content, ...base, effective_from: blank().content.effective_from, notes: {} };
}

/**
 * useBase lets a new draft begin with all that the newest version of its policy says, in
 * every language, as long as its writer has written nothing. It tells what the version
 * says, so that a writer who has can still take it over.
 */
export function useBase(writing: Writing, known: PolicyLine | undefined, fresh: boolean, onChange: (w: Writing) => void) {
  const base = useQuery({ ...baseContentQuery(known?.code ?? "", known?.newest ?? 0), enabled: fresh && !!known });
  const taken = useRef<{ from: string; content: string }>({ from: "", content: "" });
  const from = known ? `${known.code}/${known.newest}` : "";
  const take = (next: PolicyContent) => {
    const filled = begun(next);
    taken.current = { from, content: JSON.stringify(filled) };
    onChange({ ...writing, content: filled });
  };
  const begin = useEffectEvent(() => {
    const next = known ? base.data?.content : blank().content; // a code typed on may be that of a new policy
    const untouched = isBlank(writing.content) || JSON.stringify(writing.content) === taken.current.content;
    if (next && untouched && taken.current.from !== from) take(next);
  });
  const ready = fresh && (!known || !!base.data);
  useEffect(() => {
    if (ready) begin();
  }, [ready, from]);
  return { said: known ? base.data : undefined, takeOver: () => base.data && take(base.data.content) };
}
