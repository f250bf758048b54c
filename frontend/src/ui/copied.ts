import { useState } from "react";
import { useTranslation } from "react-i18next";

/**
 * useCopied copies a text that stands on the page, and says what became of it. Without
 * https a browser has no clipboard for pages: select has marked the text, to be copied
 * by hand.
 */
export function useCopied(text: string, select: () => void) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<"copied" | "selected">();
  const copy = async () => {
    select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied("copied");
    } catch {
      setCopied("selected");
    }
  };
  return { copy: () => void copy(), said: copied && t(`app.text_${copied}`) };
}
