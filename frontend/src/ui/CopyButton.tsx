import { Button } from "antd";
import type { RefObject } from "react";
import { useCopied } from "./copied";

/** CopyButton copies a text that stands on the page, in the element that is given. */
export function CopyButton({ text, label, shown }: { text: string; label: string; shown: RefObject<HTMLElement | null> }) {
  const { copy, said } = useCopied(text, () => shown.current && window.getSelection()?.selectAllChildren(shown.current));
  return (
    <div className="row">
      <Button onClick={copy}>{label}</Button>
      <span className="small" role="status">{said}</span>
    </div>
  );
}
