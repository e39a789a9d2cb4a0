import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether a media query holds, as it changes. */
export function createMedia(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [holds, setHolds] = createSignal(list.matches);
  const changed = () => setHolds(list.matches);
  list.addEventListener('change', changed);
  onCleanup(() => list.removeEventListener('change', changed));
  return holds;
}
