import { lineAt } from "./line";

const patience = 3000; // ms in which a text that is being opened may come

/** jumpTo brings the keyboard to a line of a text as soon as it is on the page. */
export function jumpTo(find: () => Element | null, line = 1): void {
  const until = Date.now() + patience;
  const look = () => {
    const box = find();
    if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)) {
      if (Date.now() < until) setTimeout(look, 30);
      return;
    }
    const [from, to] = lineAt(box.value, Math.max(1, line));
    box.focus();
    box.setSelectionRange(from, to);
    box.scrollIntoView?.({ block: "center" });
    box.scrollTop = (box.scrollHeight * (line - 3)) / Math.max(1, box.value.split("\n").length);
  };
  look();
}

/** jumpToLanguage opens the language of a text, and brings the keyboard to its line. */
export function jumpToLanguage(id: string, locale: string, line?: number): void {
  document.querySelector<HTMLElement>(`[data-node-key="${CSS.escape(locale)}"] [role=tab]`)?.click();
  jumpTo(() => document.getElementById(id), line);
}
