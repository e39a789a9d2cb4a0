import { decideKey } from '../model/enter-key';

/** Handlers that send on Enter, and never while an input method is at work. */
export function createEnter(send: () => void) {
  let compositionEndedAt: number | null = null;
  return {
    compositionEnd(event: CompositionEvent) {
      compositionEndedAt = event.timeStamp;
    },
    keyDown(event: KeyboardEvent) {
      const decision = decideKey(event, compositionEndedAt);
      if (decision === 'type' || event.isComposing) return;
      event.preventDefault();
      if (decision === 'send') send();
    },
  };
}
