import { decideKey, isTaken } from '../model/enter-key';

/**
 * Handlers that send on Enter, and never while an input method is at work.
 * @param breaks Whether Enter breaks the line at the moment.
 */
export function createEnter(send: () => void, breaks: () => boolean = () => false) {
  let compositionEndedAt: number | null = null;
  return {
    compositionEnd(event: CompositionEvent) {
      compositionEndedAt = event.timeStamp;
    },
    isTaken: (event: KeyboardEvent) => isTaken(event, compositionEndedAt),
    keyDown(event: KeyboardEvent) {
      const decision = decideKey(event, compositionEndedAt, event.key === 'Enter' && breaks());
      if (decision === 'type' || event.isComposing) return;
      event.preventDefault();
      if (decision === 'send') send();
    },
  };
}
