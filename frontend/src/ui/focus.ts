// Where the keyboard goes when what it was on is gone, or may not be used any more.

const patience = 400; // ms until a button that waits for an answer counts as gone

/** chainOf is an element and all that it stands in, the nearest first, without the document itself. */
function chainOf(element: Element): HTMLElement[] {
  const chain: HTMLElement[] = [];
  for (let e: Element | null = element; e && e !== document.body; e = e.parentElement) if (e instanceof HTMLElement) chain.push(e);
  return chain;
}

const isThere = (e: Element | undefined): e is HTMLElement => e instanceof HTMLElement && e.isConnected;
const isUsable = (e: HTMLElement | undefined): e is HTMLElement => isThere(e) && !e.matches(":disabled, [hidden] *") && e.checkVisibility?.() !== false;
const isNowhere = () => !document.activeElement || document.activeElement === document.body;

/** headingOf is what a part of the page is called by. */
function headingOf(part: HTMLElement): HTMLElement | null {
  const named = part.getAttribute("aria-labelledby");
  return (named ? document.getElementById(named) : null) ?? part.querySelector<HTMLElement>(":scope > :is(h1, h2, h3, h4, legend, summary), :scope > .page-head h1");
}

function goTo(element: HTMLElement): void {
  if (!isUsable(element)) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/**
 * keepFocus brings the keyboard back when what it was on is gone: to the word that came in
 * its place, to the heading of the part in which it stood, or to what opened the dialog. It
 * leaves alone whoever pointed elsewhere. What it returns ends it.
 */
export function keepFocus(): () => void {
  let at: HTMLElement[] = [];
  let timer = 0;
  const openers = new WeakMap<Element, HTMLElement[]>();

  const meet = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const chain = chainOf(target);
    const layer = chain.at(-1); // the page, or what lies over it
    if (layer && layer !== at.at(-1) && !openers.has(layer)) openers.set(layer, at);
    at = chain;
  };
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget) return;
    const from = at;
    setTimeout(() => { if (at === from && at[0] === target && isUsable(at[0]) && isNowhere()) at = []; });
  };
  const home = (chain: HTMLElement[], news?: HTMLElement) => {
    if (isUsable(chain[0])) return goTo(chain[0]);
    for (const part of chain.slice(1).filter(isThere)) {
      const word = news && part.contains(news) ? news : headingOf(part);
      if (word && isUsable(word)) return goTo(word);
    }
    const layer = chain.at(-1);
    const opener = layer && openers.get(layer);
    if (layer) openers.delete(layer);
    if (opener?.length) home(opener);
    else later(() => { const title = document.querySelector<HTMLElement>("main h1"); if (title) goTo(title); });
  };
  const later = (act: () => void) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => { if (isNowhere()) act(); }, patience);
  };
  const look = (records: MutationRecord[]) => {
    if (at.length === 0 || !isNowhere()) return;
    const added = records.flatMap((r) => [...r.addedNodes]).filter((n) => n instanceof HTMLElement);
    const news = added.flatMap((n) => (n.matches("[role=status], [role=alert], form") ? [n] : [...n.querySelectorAll<HTMLElement>("[role=status], [role=alert]")])).find((n) => n.textContent !== "");
    const gone = at;
    if (isUsable(at[0]) || !isThere(at[0])) home(gone, news);
    else later(() => home(gone, news));
  };

  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "hidden"] });
  document.addEventListener("focusin", meet);
  document.addEventListener("focusout", leave);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener("focusin", meet);
    document.removeEventListener("focusout", leave);
  };
}
