import { useEffect, useState } from "react";
import { keepWord, keptWord } from "../ui/saving";

const remembered = "anwen.turning";

/**
 * useTurning lets J, K and the arrow keys turn pages, but not where somebody
 * types or chooses. It can be switched off, because single keys get in the way of
 * speech input (WCAG 2.1.4).
 */
export function useTurning(back: () => void, on: () => void): [boolean, (on: boolean) => void] {
  const [enabled, setEnabled] = useState(() => keptWord(remembered) !== "off");
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const place = event.target;
      if (place instanceof HTMLElement && (place.isContentEditable || place.closest("input, textarea, select, [role=dialog]"))) return;
      if (event.key === "j" || event.key === "ArrowRight") on();
      else if (event.key === "k" || event.key === "ArrowLeft") back();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [back, on, enabled]);
  return [
    enabled,
    (wanted) => {
      keepWord(remembered, wanted ? "on" : "off");
      setEnabled(wanted);
    },
  ];
}
