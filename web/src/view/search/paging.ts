import { createEffect, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import type { Searcher } from '../../client/searcher';

/** Fetches on while the end of the results is in sight, as long as that brings something; then it is the person's to say. */
export function createPaging(searcher: Searcher) {
  const [near, setNear] = createSignal(false);
  const [brought, setBrought] = createSignal(0);
  let root!: HTMLElement;
  let end!: HTMLElement;
  onMount(() => {
    const observer = new IntersectionObserver(([entry]) => setNear(entry!.isIntersecting), { root, rootMargin: '0px 0px 400px 0px' });
    observer.observe(end);
    onCleanup(() => observer.disconnect());
  });
  const waits = () => !searcher.busy() && searcher.found().next !== undefined && searcher.found().error === null;
  createEffect(() => {
    const { hits } = searcher.found();
    const before = untrack(brought);
    if (hits.length < before) return void setBrought(0);
    if (!near() || !waits() || hits.length === before) return;
    setBrought(hits.length);
    void searcher.more();
  });
  return {
    root: (element: HTMLElement) => (root = element),
    end: (element: HTMLElement) => (end = element),
    /** Whether there may be more, and nothing came of the last look. */
    stopped: () => waits() && searcher.found().hits.length === brought(),
  };
}
