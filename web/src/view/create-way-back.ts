import { createEffect, on, onCleanup, onMount, type Accessor } from 'solid-js';
import { useApp } from './context';
import { isCovered } from './places';

/**
 * On a phone the way back closes what lies over the room, as people know it, rather than leave the page: what lies there is a step of its
 * own in the browser's history, and goes with it.
 */
export function createWayBack(isOver: Accessor<boolean>, close: () => void): void {
  const { route } = useApp();
  // Also of a room that was opened beneath it.
  createEffect(on([isOver, route.id, route.target], ([over], before) => {
    if (over) route.cover();
    else if (before === undefined) forget();
    // When the press that closed it is over: a step onwards takes this one's place by itself.
    else queueMicrotask(() => !isOver() && isCovered() && history.back());
  }));
  const moved = () => {
    if (!isOver()) forget();
    else if (!isCovered()) close();
  };
  onMount(() => addEventListener('popstate', moved));
  onCleanup(() => removeEventListener('popstate', moved));
}

/** After a reload, or a step forward, nothing lies there any more. */
function forget(): void {
  if (isCovered()) history.replaceState({ ...history.state, over: false }, '');
}
