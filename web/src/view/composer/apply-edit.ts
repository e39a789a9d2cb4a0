import type { Edit, Field } from '../../model/writing/edit';

export function fieldOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): Field {
  return { text: value, start: selectionStart, end: selectionEnd };
}

/**
 * As if it were typed, so that undo takes it back: `insertText` is the only way by which browsers keep it in the field's history. Where
 * there is none, the text is right and only cannot be undone.
 */
export function applyEdit(area: HTMLTextAreaElement, { from, to, insert, start, end }: Edit): void {
  area.focus();
  area.setSelectionRange(from, to);
  const done = insert === '' ? from === to || document.execCommand('delete') : document.execCommand('insertText', false, insert);
  if (!done) {
    area.setRangeText(insert, from, to);
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}
