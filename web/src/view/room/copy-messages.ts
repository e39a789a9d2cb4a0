import { onCleanup } from 'solid-js';
import { transcript, type Said } from '../../model/transcript';

/**
 * A selection over several messages is copied as `author (time): text` lines, without what stands around them.
 * @param said What the message with this seq says; null: it says nothing that could be copied.
 */
export function copyMessages(log: HTMLElement, said: (seq: number) => Said | null): void {
  const copy = (event: ClipboardEvent) => {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed || event.clipboardData === null) return;
    const range = selection.getRangeAt(0);
    const lines = [...log.querySelectorAll<HTMLElement>('.message[data-seq]')].filter((message) => range.intersectsNode(message));
    const spoken = lines.flatMap((message) => selected(range, message, said) ?? []);
    // Within one message it is what it looks like.
    if (spoken.length < 2) return;
    event.clipboardData.setData('text/plain', transcript(spoken));
    event.preventDefault();
  };
  document.addEventListener('copy', copy);
  onCleanup(() => document.removeEventListener('copy', copy));
}

/** At the ends of a selection only a part of a message may be meant. */
function selected(range: Range, message: HTMLElement, said: (seq: number) => Said | null): Said | null {
  const whole = said(Number(message.dataset['seq']));
  const body = message.querySelector('.body');
  if (whole === null || body === null || !range.intersectsNode(body)) return null;
  const part = document.createRange();
  part.selectNodeContents(body);
  const starts = range.compareBoundaryPoints(Range.START_TO_START, part) > 0;
  const ends = range.compareBoundaryPoints(Range.END_TO_END, part) < 0;
  if (!starts && !ends) return whole;
  if (starts) part.setStart(range.startContainer, range.startOffset);
  if (ends) part.setEnd(range.endContainer, range.endOffset);
  const text = part.toString().trim();
  return text === '' ? null : { ...whole, text };
}
