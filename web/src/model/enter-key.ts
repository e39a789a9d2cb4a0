/** The fields of a keydown that say what Enter means. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
  /** Milliseconds on the clock of the page's events. */
  readonly timeStamp: number;
}

/** What old engines and Safari say for a key that the input method took. */
const takenByInputMethod = 229;

/**
 * Safari ends the composition first and then delivers the Enter that ended it, with `isComposing` false. It is the same key
 * press, so its time is the composition's end or a little before; nobody presses Enter twice within 5 ms.
 */
const samePress = 5;

/**
 * `send` the message, `ignore` a key that the input method took, or leave it to the field to `type`.
 * @param breaks Whether Enter breaks the line here: then only Ctrl or ⌘ with it sends.
 */
export function decideKey(press: KeyPress, compositionEndedAt: number | null, breaks = false): 'send' | 'ignore' | 'type' {
  if (press.key !== 'Enter') return 'type';
  if (isTaken(press, compositionEndedAt)) return 'ignore';
  if (press.ctrlKey || press.metaKey) return 'send';
  return press.shiftKey || breaks ? 'type' : 'send';
}

/** Whether the input method took the key, whichever it is. */
export function isTaken(press: KeyPress, compositionEndedAt: number | null): boolean {
  return press.isComposing || press.keyCode === takenByInputMethod
    || (compositionEndedAt !== null && press.timeStamp - compositionEndedAt <= samePress);
}
