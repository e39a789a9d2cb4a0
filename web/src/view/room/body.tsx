import { createMemo, For } from 'solid-js';
import { autolink } from '../../model/autolink';

/** Plain text with its links, made as nodes: what people write never becomes markup. */
export function Body(props: { text: string }) {
  const segments = createMemo(() => autolink(props.text));
  return (
    <For each={segments()}>
      {(segment) => segment.kind === 'text' ? segment.text
        : <a href={segment.href} target="_blank" rel="noopener noreferrer">{segment.href}</a>}
    </For>
  );
}
