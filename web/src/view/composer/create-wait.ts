import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';

/** Milliseconds until a moment, said anew each second while there are any; 0 from then on. */
export function createWait(until: Accessor<number>): Accessor<number> {
  const [left, setLeft] = createSignal(0);
  createEffect(() => {
    const end = until();
    const look = () => setLeft(Math.max(end - Date.now(), 0));
    look();
    if (left() === 0) return;
    const timer = setInterval(look, 1_000);
    onCleanup(() => clearInterval(timer));
  });
  return left;
}
