import { createEffect, createSignal, on, onCleanup, onMount, type Accessor } from 'solid-js';

/** Whether unread rooms lie above or below what is seen of the list, and the way to the nearest. */
export function createEdges(list: () => HTMLElement, changed: Accessor<unknown>) {
  const [edges, setEdges] = createSignal({ above: 0, below: 0 }, { equals: (a, b) => a.above === b.above && a.below === b.below });
  const hidden = () => {
    const { top, bottom } = list().getBoundingClientRect();
    const fresh = [...list().querySelectorAll<HTMLElement>('.room-entry.fresh')].map((entry) => ({ entry, box: entry.getBoundingClientRect() }));
    return { above: fresh.filter(({ box }) => box.bottom <= top), below: fresh.filter(({ box }) => box.top >= bottom) };
  };
  let frame = 0;
  // Measured once a frame at most, and after the entries are there.
  const look = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const { above, below } = hidden();
      setEdges({ above: above.length, below: below.length });
    });
  };
  createEffect(on(changed, look));
  onMount(() => {
    const observer = new ResizeObserver(look);
    observer.observe(list());
    list().addEventListener('scroll', look, { passive: true });
    onCleanup(() => (observer.disconnect(), cancelAnimationFrame(frame)));
  });
  return {
    above: () => edges().above,
    below: () => edges().below,
    up: () => hidden().above.at(-1)?.entry.scrollIntoView({ block: 'center' }),
    down: () => hidden().below[0]?.entry.scrollIntoView({ block: 'center' }),
  };
}
