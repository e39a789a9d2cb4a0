/**
 * Arrows, Home and End within a list of buttons that is one tab stop (https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex).
 * Gives whether the key was one of them.
 */
export function rove(event: KeyboardEvent, list: ParentNode, selector: string): boolean {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const items = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = items.indexOf((event.target as Element).closest<HTMLElement>(selector)!);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return false;
  event.preventDefault();
  items[to]?.focus();
  return true;
}
