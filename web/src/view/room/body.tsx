import { createMemo, untrack } from 'solid-js';
import { splitFiles } from '../../model/file-lines';
import type { KnownNames } from '../../model/markdown/known-names';
import { parse } from '../../model/markdown/parse';
import { nickKey } from '../../model/people/nick-key';
import { useApp } from '../context';
import { Attachment } from './attachment';
import { Blocks } from './text/blocks';
import './text/text.css';

/**
 * What somebody wrote. The only way by which a body reaches the page: its tree becomes elements, one for each kind of node, and never
 * HTML. Who is known by what name is asked once: a message is not drawn again because somebody came.
 */
export function Body(props: { text: string }) {
  const { client } = useApp();
  const known: KnownNames = {
    mention: (key) => key === 'everyone' || client.people.find(key) !== undefined,
    room: (key) => [...client.workspace.rooms().values()].some((room) => room.slug !== undefined && nickKey(room.slug) === key),
  };
  // A message is another value with each reaction to it; a spoiler that was opened should stay open.
  const text = createMemo(() => props.text);
  return (
    <>
      {splitFiles(text()).map((segment) => (segment.kind === 'text' ? <Blocks blocks={untrack(() => parse(segment.text, known))} />
        : <Attachment href={segment.href} name={segment.file.name} size={segment.file.size} image={segment.image} />))}
    </>
  );
}
