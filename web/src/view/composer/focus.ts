/**
 * Where a keyboard is at hand, the composer is where one goes on: after a room was opened, after a dialog was closed. On a phone
 * the keyboard on the screen should not jump up by itself; only a pointer that hovers has another one beside it.
 */
export function focusComposer(): void {
  if (matchMedia('(hover: hover)').matches) document.querySelector<HTMLElement>('.composer textarea')?.focus();
}
