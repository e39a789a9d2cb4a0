import { createResource, For, Show } from 'solid-js';
import { errorWords } from '../../i18n/language';
import type { RoomInfo } from '../../wire/types';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';

/** The public rooms of the server. */
export function Directory(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const [answer] = createResource(() => client.directory());
  const asking = createAsking();
  const isMember = (room: RoomInfo) => client.workspace.room(room.id)?.member ?? room.member;
  const enter = async (room: RoomInfo) => {
    if (!isMember(room) && (await asking.ask(() => client.join(room.id))) === null) return;
    route.open(room.id);
    props.close();
  };
  const rooms = () => {
    const current = answer();
    return current?.op === 'rooms' ? current.rooms : [];
  };
  const error = () => {
    const current = answer();
    return current?.op === 'error' ? errorWords(t(), current.code) : asking.error();
  };
  return (
    <Dialog title={t().browseRooms} close={props.close}>
      <Show when={error()}>{(words) => <p class="wrong" role="alert">{words()}</p>}</Show>
      <ul class="listing">
        <For each={rooms()} fallback={<li class="listing-empty">{answer.loading ? t().loading : t().noRooms}</li>}>
          {(room) => (
            <li>
              <div class="listing-text">
                <strong># {room.slug ?? room.title}</strong>
                <span>{[t().members(room.members ?? 0), room.topic].filter(Boolean).join(' · ')}</span>
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
