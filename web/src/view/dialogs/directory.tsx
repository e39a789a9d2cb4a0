import { For, Show } from 'solid-js';
import type { RoomInfo } from '../../wire/types';
import { useApp } from '../context';
import { createAnswer, createAsking } from './answer';
import { Dialog } from './dialog';

/** The public rooms of the server. */
export function Directory(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const asking = createAsking();
  const answer = createAnswer(asking, () => client.directory());
  const isMember = (room: RoomInfo) => client.workspace.room(room.id)?.member ?? room.member;
  const title = (room: RoomInfo) => (room.title.toLowerCase() === room.slug?.toLowerCase() ? '' : room.title);
  const enter = async (room: RoomInfo) => {
    if (!isMember(room) && (await asking.ask(() => client.rooms.join(room.id))) === null) return;
    route.open(room.id);
    props.close();
  };
  return (
    <Dialog title={t().browseRooms} close={props.close}>
      <Show when={asking.error()}>{(words) => <p class="wrong" role="alert">{words()}</p>}</Show>
      <ul class="listing">
        <For each={answer()?.rooms} fallback={<li class="listing-empty">{asking.busy() ? t().loading : t().noRooms}</li>}>
          {(room) => (
            <li>
              <div class="listing-text">
                <strong><span class="hash" aria-hidden="true">#</span>{room.slug ?? room.title}</strong>
                <span>{[title(room), t().members(room.members ?? 0), room.topic].filter(Boolean).join(' · ')}</span>
              </div>
              <button class={isMember(room) ? 'quiet' : 'primary'} type="button" data-testid="directory-enter" data-slug={room.slug}
                disabled={asking.busy()} onClick={() => enter(room)}>{isMember(room) ? t().open : t().join}</button>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
