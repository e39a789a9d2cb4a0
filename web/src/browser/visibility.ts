import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** Whether the page can be seen. */
export function createVisibility(): Accessor<boolean> {
  const look = () => document.visibilityState === 'visible';
  const [visible, setVisible] = createSignal(look());
  const update = () => setVisible(look());
  document.addEventListener('visibilitychange', update);
  onCleanup(() => document.removeEventListener('visibilitychange', update));
  return visible;
}
