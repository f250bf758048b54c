import { useSearchParams } from "react-router";

/** useFilters keeps a list's filters in the address, so that a list can be bookmarked and sent. */
export function useFilters(): [(name: string) => string | undefined, (name: string, value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const get = (name: string) => search.get(name) || undefined;
  const set = (name: string, value: string | undefined) =>
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return [get, set];
}

/** oneOf returns the text when it is one of the allowed ones. */
export function oneOf<T extends string>(allowed: readonly T[], text: string | undefined): T | undefined {
  return allowed.find((a) => a === text);
}
