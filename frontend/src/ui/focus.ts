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

/** headingOf is what a part of the page is called by: its heading, or the part itself when its name is not on the page. */
function headingOf(part: HTMLElement): HTMLElement | null {
  const named = part.getAttribute("aria-labelledby");
  const heading = (named ? document.getElementById(named) : null) ?? part.querySelector<HTMLElement>(":scope > :is(h1, h2, h3, h4, legend, summary), :scope > .page-head h1");
  return heading ?? (part.matches(":is(section, form)[aria-label]") ? part : null);
}

/** wordIn is what a part says beside its controls, such as that it is saved. */
function wordIn(part: HTMLElement): HTMLElement | undefined {
  return [...part.querySelectorAll<HTMLElement>(":scope > [role=status], :scope > [role=alert]")].find((w) => w.textContent !== "");
}

/** startOf is where a dialog begins: its first field, else the first of its acts, which changes nothing. */
const startOf = (dialog: HTMLElement) =>
  [...dialog.querySelectorAll<HTMLElement>(".ant-modal-body :is(input, textarea)"), ...dialog.querySelectorAll<HTMLElement>(".ant-modal-footer button")].find(isUsable);

function goTo(element: HTMLElement): void {
  if (!isUsable(element)) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/**
 * keepFocus brings the keyboard back when what it was on is gone: to the word or the part
 * that came in its place, to the button that had opened it, to the heading of the part in
 * which it stood, or to what opened the dialog. A dialog begins with its first field. It
 * leaves alone whoever pointed elsewhere. What it returns ends it.
 */
export function keepFocus(): () => void {
  let at: HTMLElement[] = [];
  let timer = 0;
  const openers = new WeakMap<Element, HTMLElement[]>();
  const gave = new WeakMap<Element, Set<string>>(); // the words of the buttons that gave way in a place

  const meet = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const chain = chainOf(target);
    const layer = chain.at(-1); // the page, or what lies over it
    const entered = layer && layer !== at.at(-1) && !openers.has(layer);
    if (entered) openers.set(layer, at);
    at = chain;
    const start = entered && target.matches(".ant-modal-close, [role=dialog]") && startOf(layer);
    if (start) start.focus();
  };
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget) return;
    const from = at;
    setTimeout(() => { if (at === from && at[0] === target && isUsable(at[0]) && isNowhere()) at = []; });
  };
  const home = (chain: HTMLElement[], news?: HTMLElement) => {
    if (isUsable(chain[0])) return goTo(chain[0]);
    for (const part of chain.slice(1).filter(isThere)) {
      const word = news && part.contains(news) ? news : (wordIn(part) ?? headingOf(part));
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
    const place = records.find((r) => [...r.removedNodes].some((n) => gone.some((e) => e === n)))?.target;
    if (place instanceof HTMLElement) {
      const came = records.filter((r) => r.target === place).flatMap((r) => [...r.addedNodes]).filter((n) => n instanceof HTMLElement);
      const opener = came.flatMap((n) => (n.matches("button") ? [n] : [...n.querySelectorAll<HTMLElement>("button")])).find((b) => gave.get(place)?.has(b.textContent) || gone.some((e) => !e.isConnected && e.ariaLabel === b.textContent));
      if (gone[0]?.matches("button") && !opener) gave.set(place, new Set(gave.get(place)).add(gone[0].textContent));
      const next = news ? null : (opener ?? came.map(headingOf).find((h) => h !== null));
      if (next && isUsable(next)) return goTo(next);
    }
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
