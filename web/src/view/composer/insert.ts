/** Puts text where one writes, as if it had been typed: it can be undone, and is kept as a draft. */
export function insertIntoComposer(text: string): void {
  const area = document.querySelector<HTMLTextAreaElement>('.composer textarea');
  if (area === null) return;
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const spaced = before === '' || /\s$/u.test(before) ? text : ` ${text}`;
  // setRangeText would take the undo stack away; this is old, and everywhere (https://html.spec.whatwg.org/multipage/interaction.html).
  document.execCommand('insertText', false, spaced);
}
