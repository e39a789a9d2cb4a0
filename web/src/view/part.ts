import { lazy, type Component } from 'solid-js';

/**
 * A part of the page that is fetched when it is needed. One that cannot be is nothing, rather than the end of everything around it:
 * the bar for an old page says so (vite:preloadError, https://vite.dev/guide/build#load-error-handling).
 */
export function part<Props extends object>(load: () => Promise<{ default: Component<Props> }>): Component<Props> {
  return lazy(() => load().catch((error: unknown) => {
    console.error(error);
    return { default: (() => null) as Component<Props> };
  }));
}
