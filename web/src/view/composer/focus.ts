/**
 * Where a keyboard is at hand, the composer is where one goes on: after a room was opened, after a dialog was closed. On a phone
 * the keyboard on the screen should not jump up by itself; only a pointer that hovers has another one beside it.
 */
export function focusComposer(): void {
  if (matchMedia('(hover: hover)').matches) startWriting();
}

/** Somebody asked to write: the keyboard on the screen is what they want. Browsers raise it within the press that asked, and not later. */
export function startWriting(): void {
  document.querySelector<HTMLElement>('.main .composer textarea')?.focus();
}
