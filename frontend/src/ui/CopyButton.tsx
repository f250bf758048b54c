import { Button } from "antd";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";

/** CopyButton copies a text that stands on the page. Without https a browser has no clipboard for pages: then the text is selected, to be copied by hand. */
export function CopyButton({ text, label, shown }: { text: string; label: string; shown: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<"copied" | "selected">();
  const copy = async () => {
    if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
    try {
      await navigator.clipboard.writeText(text);
      setCopied("copied");
    } catch {
      setCopied("selected");
    }
  };
  return (
    <div className="row">
      <Button onClick={() => void copy()}>{label}</Button>
      <span className="small" role="status">{copied && t(`app.text_${copied}`)}</span>
    </div>
  );
}
