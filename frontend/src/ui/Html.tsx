import { type MouseEvent, useEffect, useRef } from "react";
import { useNavigate } from "react-router";

/** Html shows HTML that the server has sanitised, in the language it was found in. Its links stay in the client. */
export function Html({ html, lang, className = "prose" }: { html: string; lang?: string; className?: string }) {
  const navigate = useNavigate();
  const root = useRef<HTMLDivElement>(null);
  // What scrolls sideways can be scrolled by keyboard.
  useEffect(() => {
    const reach = () => root.current?.querySelectorAll<HTMLElement>("table, pre").forEach((box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
    reach();
    window.addEventListener("resize", reach);
    return () => window.removeEventListener("resize", reach);
  }, [html]);
  const follow = (e: MouseEvent) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const link = e.target instanceof Element ? e.target.closest("a") : null;
    const to = link?.getAttribute("href") ?? "";
    if (!to.startsWith("/") || to.startsWith("//") || to.startsWith("/api/")) return;
    e.preventDefault();
    void navigate(to);
  };
  // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the links inside are what is pressed, by key too; the box only sees it pass
  return <div ref={root} className={className} lang={lang} onClick={follow} dangerouslySetInnerHTML={{ __html: html }} />;
}
