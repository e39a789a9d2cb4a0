import { createEffect, on } from 'solid-js';
import { focusComposer } from './composer/focus';
import { useApp } from './context';
import type { PaneName } from './panes';

const openers: Record<PaneName, string> = { details: '[data-testid=people]', search: '[data-testid=search]' };

/** One thing beside the messages at a time: the room's details, a search, a thread or the pins. What had the focus when it was opened gets it back. */
export function createBeside(focusOn: (selector: string) => void) {
  const { client: { conversation }, panes, route } = useApp();
  const pane = () => (conversation.pane()?.room === route.id() ? conversation.pane() : null);
  let opener: HTMLElement | null = null;
  createEffect(on(pane, (now, before) => {
    if (now === null) return;
    panes.showBeside(null);
    if (before == null) opener = document.activeElement as HTMLElement | null;
  }));
  createEffect(on(panes.beside, (name) => name !== null && conversation.closePane(), { defer: true }));
  return {
    isOpen: () => pane() !== null || panes.beside() !== null,
    close() {
      const name = panes.beside();
      panes.showBeside(null);
      if (name !== null) return focusOn(openers[name]);
      conversation.closePane();
      if (opener?.isConnected) opener.focus();
      else focusComposer();
    },
  };
}
