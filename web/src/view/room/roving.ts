import { onCleanup } from 'solid-js';

/** What the browser would stop at by Tab. */
const stops = 'a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex="0"]';
/** `Node.ELEMENT_NODE`. */
const elementNode = 1;

/**
 * Keeps the log one stop for Tab, however many messages it has and whatever is in them: its parts are reached by the arrow keys. What
 * is edited or asked in place is a form of its own, and stays as it is.
 */
export function keepOneStop(log: HTMLElement): void {
  const observer = new MutationObserver(settleAdded);
  observer.observe(log, { childList: true, subtree: true });
  onCleanup(() => observer.disconnect());
  for (const stop of log.querySelectorAll<HTMLElement>(stops)) settle(stop);
  const key = (event: KeyboardEvent) => {
    if (event.target === log && !event.altKey && !event.ctrlKey && !event.metaKey) moveAmongRows(event);
  };
  log.addEventListener('keydown', key);
  // By Shift+Tab one leaves it from a message as from itself.
  const within = (event: FocusEvent) => (log.tabIndex = event.type === 'focusin' && event.target !== log ? -1 : 0);
  log.addEventListener('focusin', within);
  log.addEventListener('focusout', within);
}

/** What came, and nothing around it: a block of code brings thousands of pieces at once, and none may cost more for the others. */
export function settleAdded(changes: Iterable<Pick<MutationRecord, 'addedNodes'>>): void {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (node.nodeType !== elementNode) continue;
      const element = node as HTMLElement;
      if (element.matches(stops)) settle(element);
      for (const stop of element.querySelectorAll<HTMLElement>(stops)) settle(stop);
    }
  }
}

function settle(stop: HTMLElement): void {
  if (stop.closest('dialog, form') === null) stop.tabIndex = -1;
}

/** ↑ and ↓ lead to the message before and after, Home and End to the first and the last one that are shown; from the log itself ↑ to the last one. */
export function moveAmongRows(event: KeyboardEvent): boolean {
  const from = event.currentTarget as HTMLElement;
  if (event.target !== from) return false;
  const rows = [...from.closest<HTMLElement>('[role=log]')!.querySelectorAll<HTMLElement>('.message[tabindex]')];
  const at = rows.indexOf(from);
  const to = { ArrowUp: at === -1 ? rows.length - 1 : at - 1, ArrowDown: at === -1 ? 0 : at + 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  rows[Math.min(Math.max(to, 0), rows.length - 1)]?.focus();
  return true;
}
