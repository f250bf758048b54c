import { useEffect, useState } from "react";
import { keep, kept } from "../ui/saving";

/** readingMinutes is how long a text takes: 400 Han characters or 230 words a minute, at least one minute. */
export function readingMinutes(html: string): number {
  const text = html.replace(/<[^>]*>/g, " ");
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.replace(/\p{Script=Han}/gu, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return Math.max(1, Math.round(han / 400 + words / 230));
}

/** floorSeconds is the least time in which a lesson counts as read: a tenth of what its text takes, at least five seconds and at most a minute. */
export function floorSeconds(html: string): number {
  return Math.min(60, Math.max(5, readingMinutes(html) * 6));
}

/** useStay tells when a page has been on screen for so many seconds; a page in the background does not count. */
export function useStay(seconds: number): boolean {
  const [left, setLeft] = useState(seconds);
  const stayed = left <= 0;
  useEffect(() => {
    if (stayed) return;
    const timer = window.setInterval(() => { if (document.visibilityState === "visible") setLeft((n) => n - 1); }, 1000);
    return () => window.clearInterval(timer);
  }, [stayed]);
  return stayed;
}

/** headingsOf are the sections of a text, to jump to. */
export function headingsOf(html: string): { id: string; text: string }[] {
  const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("h2[id]");
  return [...found].map((h) => ({ id: h.id, text: h.textContent ?? "" }));
}

/**
 * useReadingPlace brings the reader back to where this device left a text, and
 * remembers how far it is scrolled. A text that was read to its end begins at the top.
 */
export function useReadingPlace(key: string, done: boolean): void {
  useEffect(() => {
    const name = `anwen.place.${key}`;
    const length = () => document.documentElement.scrollHeight - window.innerHeight;
    const left = Number(kept(name));
    // After the page has gone to its top, as every page does.
    const frame = requestAnimationFrame(() => { if (!done && left > 0.02 && left < 0.98) window.scrollTo(0, left * length()); });
    let timer = 0;
    let place: number | undefined;
    const leave = () => { if (place !== undefined) keep(name, place); };
    const remember = () => {
      if (length() > 0) place = Math.round((window.scrollY / length()) * 1000) / 1000;
      window.clearTimeout(timer);
      timer = window.setTimeout(leave, 250);
    };
    window.addEventListener("scroll", remember, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
      window.removeEventListener("scroll", remember);
      leave(); // who leaves at once loses nothing
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the place is restored once per text, not when it becomes read
  }, [key]);
}
