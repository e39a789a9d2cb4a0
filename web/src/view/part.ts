import { createSignal, lazy, type Component } from 'solid-js';

/** `preload` fetches it before it is needed. */
type Part<Props extends object> = Component<Props> & { readonly preload: () => Promise<unknown> };

/** Milliseconds between two tries while the server cannot be reached. */
const pause = 2_000;

const [missing, setMissing] = createSignal(false);

/** Whether a part is not there any more: the server is another than the one that this page came from. */
export { missing };

/** Styles that did not come: what fetches a part and its styles asks for each style once in the life of a page. */
const lost = new Set<HTMLLinkElement>();
document.addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && target.rel === 'stylesheet' && lost.add(target), true);

/**
 * A part of the page that is fetched when it is needed. While there is no server it is waited for. One that the server does not have is
 * nothing, rather than the end of everything around it, and the bar for an old page says so.
 */
export function part<Props extends object>(load: () => Promise<{ default: Component<Props> }>): Part<Props> {
  return lazy(async () => {
    // A server that answers after a failure may just have come back: only one that answers before it as well does not have the part.
    for (let answered = false; ; ) {
      try {
        await restyle();
        return await load();
      } catch (error) {
        const answers = await isServed();
        if (answered && answers) {
          console.error(error);
          lost.clear();
          setMissing(true);
          return { default: (() => null) as Component<Props> };
        }
        answered = answers;
      }
      if (!answered) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  });
}

/** Fetches again the styles that did not come. */
async function restyle(): Promise<void> {
  const again = [...lost].map((link) => new Promise((resolve, reject) => {
    const fresh = link.cloneNode() as HTMLLinkElement;
    fresh.addEventListener('load', resolve);
    fresh.addEventListener('error', () => reject(new Error(`${fresh.href} did not come.`)));
    link.replaceWith(fresh);
  }));
  lost.clear();
  await Promise.all(again);
}

/** Whether the server answers. The worker lets this through to it. */
async function isServed(): Promise<boolean> {
  return await fetch('/healthz', { cache: 'no-store' }).then(() => true, () => false);
}
