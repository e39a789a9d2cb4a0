import { For, Show } from 'solid-js';
import { coverPieces } from '../../model/spoilers';
import type { Hit, RoomName } from '../../wire/types';
import { useApp } from '../context';
import { Nick } from '../nick';
import { Plain } from '../plain';
import { useFindingWords } from '../use-finding-words';

/** @param props.alone Whether all results are of one room, which need not be named then. */
export function ResultRow(props: { hit: Hit; name: RoomName | undefined; alone: boolean; pick: () => void }) {
  const { client, dates, t, titleOf } = useApp();
  const words = useFindingWords();
  const held = () => client.workspace.room(props.hit.room);
  const title = () => {
    const room = held();
    if (room !== undefined) return room.kind === 'direct' ? titleOf(room) : `#${titleOf(room)}`;
    return props.name?.slug === undefined ? words().inDirect : `#${props.name.slug}`;
  };
  const from = () => props.hit.message.from;
  const isHidden = () => client.workspace.blocks.has(from().id);
  return (
    <li>
      <button class="result" type="button" data-testid="result" onClick={() => props.pick()}>
        <span class="result-head">
          <strong><Nick name={client.workspace.names.of(from())} /></strong>
          <Show when={!props.alone}><span class="result-room">{title()}</span></Show>
          <time dateTime={new Date(props.hit.message.ts).toISOString()}>{dates().short(props.hit.message.ts)}</time>
        </span>
        <span class="result-text">
          <Show when={!isHidden()} fallback={t().hidden}>
            <For each={coverPieces(props.hit.snippet)}>{(piece) => (piece.hit ? <mark><Plain text={piece.text} /></mark> : <Plain text={piece.text} />)}</For>
          </Show>
        </span>
        <Show when={held() === undefined}><span class="result-join">{words().joinToRead(title())}</span></Show>
      </button>
    </li>
  );
}
