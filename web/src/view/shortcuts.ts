import { onCleanup, onMount } from 'solid-js';
import { isApple } from '../browser/platform';
import { actOf, type Act } from '../model/shortcuts';
import { useApp } from './context';

/** Does what the table says, wherever in the page the keys are pressed. */
export function createShortcuts(acts: Readonly<Record<Act, () => void>>): void {
  const { panes } = useApp();
  const press = (event: KeyboardEvent) => {
    // Whatever stands open takes its own keys first: it prevents or stops them, or it is a dialog, which its own shortcut closes again.
    if (event.defaultPrevented) return;
    const act = actOf(event, { apple: isApple, writing: isWriting(event.target) });
    // Most keys are letters: the page is not searched for each.
    if (act === null) return;
    const isCovered = document.querySelector('dialog:modal, :popover-open, .name-dialog') !== null;
    if (isCovered && act !== panes.dialog()) return;
    event.preventDefault();
    if (isCovered) panes.showDialog(null);
    else acts[act]();
  };
  // On the window, behind every handler of the page.
  onMount(() => addEventListener('keydown', press));
  onCleanup(() => removeEventListener('keydown', press));
}

function isWriting(target: EventTarget | null): boolean {
  return (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) && target.value !== '';
}
