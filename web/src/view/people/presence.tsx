import type { JSX } from 'solid-js';

/** A dot beside an avatar whose person is here. Whoever shows it says it in words as well. */
export function Present(props: { here: boolean; children: JSX.Element }) {
  return <span class="presence" classList={{ here: props.here }}>{props.children}</span>;
}
