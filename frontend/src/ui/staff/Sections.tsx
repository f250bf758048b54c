import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";

interface Props<K extends string> {
  /** Of what the sections are, for who cannot see them. */
  label: string;
  open: K;
  items: { key: K; label: ReactNode; children: ReactNode }[];
}

/** Sections shows one part of a page at a time. Which one is in the address, and all their names are in sight on a phone too. */
export function Sections<K extends string>({ label, open, items }: Props<K>) {
  const { search } = useLocation();
  const to = (key: K) => {
    const next = new URLSearchParams(search);
    next.set("section", key);
    return { search: `?${next}` };
  };
  return (
    <>
      <nav className="page-sections" aria-label={label}>
        {items.map(({ key, label: name }) => (
          <Link key={key} to={to(key)} replace aria-current={key === open ? "page" : undefined}>{name}</Link>
        ))}
      </nav>
      <div className="stack loose">{items.find((i) => i.key === open)?.children}</div>
    </>
  );
}
