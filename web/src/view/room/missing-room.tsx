import { createResource, Show } from 'solid-js';
import type { Wanted } from '../../model/address';
import type { RoomInfo } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { createJoining } from '../dialogs/create-joining';
import { CloseIcon } from '../icons';
import { Refused } from './refused';

/** Somebody followed a link into a room that they are not in: a public one is theirs to join, of any other nothing is said. One of their own is found by a name that it had. */
export function MissingRoom(props: { wanted: Wanted; close: () => void }) {
  const { client, route } = useApp();
  const [found] = createResource(() => props.wanted, async ({ room }) => {
    const named = await client.questions.idOf(room);
    if (named !== null && client.workspace.room(named) !== undefined) return route.found(named), null;
    const answer = await client.questions.directory();
    return answer.op === 'rooms' ? answer.rooms.find(({ id, slug }) => id === (named ?? room) || slug === room) ?? null : null;
  });
  return (
    <Show when={!found.loading}>
      <Show when={found()} fallback={<Refused code="no_such_room" close={props.close} />}>
        {(room) => <NotIn room={room()} close={props.close} />}
      </Show>
    </Show>
  );
}

function NotIn(props: { room: RoomInfo; close: () => void }) {
  const { t } = useApp();
  const asking = createAsking();
  const join = createJoining(asking);
  return (
    <p class="log-refused" role="alert" data-testid="not-in-room">
      {asking.error() ?? t().notInRoom(props.room.slug ?? props.room.title)}
      <button class="primary" type="button" data-testid="join-linked" disabled={asking.busy()} onClick={() => void join(props.room)}>{t().join}</button>
      <button class="icon-button" type="button" aria-label={t().close} onClick={() => props.close()}><CloseIcon /></button>
    </p>
  );
}
