import { createMemo, createSignal, For, Show } from 'solid-js';
import { foldedOnce } from '../../model/finding/fold';
import { rank } from '../../model/finding/rank';
import type { RoomInfo } from '../../wire/types';
import { useApp } from '../context';
import { createAnswer, createAsking } from '../dialogs/answer';
import { createJoining } from '../dialogs/create-joining';
import { Dialog } from '../dialogs/dialog';
import { SearchIcon } from '../icons';
import { Plain } from '../plain';
import { rove } from '../roving';
import { useFindingWords } from '../use-finding-words';
import './directory.css';

/** Rooms in the answer, at most; as in websocket.md. */
const most = 500;

/** The public rooms of the server. */
export default function Directory(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const words = useFindingWords();
  const asking = createAsking();
  const answer = createAnswer(asking, () => client.questions.directory());
  const [query, setQuery] = createSignal('');
  let list!: HTMLUListElement;
  const isMember = (room: RoomInfo) => client.workspace.room(room.id)?.member ?? room.member;
  const title = (room: RoomInfo) => (room.title.toLowerCase() === room.slug?.toLowerCase() ? '' : room.title);
  // Folded once; the fullest come first where nothing was typed.
  const places = createMemo(() => (answer()?.rooms ?? []).map((room) => ({
    room, names: foldedOnce(room.slug ?? '', title(room), room.topic), mentions: 0, unread: 0, opened: Infinity, offered: true,
  })).sort((a, b) => (b.room.members ?? 0) - (a.room.members ?? 0)));
  const found = createMemo(() => rank(places(), query(), most));
  const join = createJoining(asking);
  const enter = async (room: RoomInfo) => {
    if (!isMember(room) && (await join(room)) === null) return;
    route.open(room.id);
    props.close();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || event.isComposing) return;
    event.preventDefault();
    list.querySelector('button')?.focus();
  };
  return (
    <Dialog title={t().browseRooms} roomy close={props.close}>
      <label class="search-line">
        <SearchIcon />
        <input ref={(input) => queueMicrotask(() => input.focus())} type="text" data-testid="directory-filter" aria-label={words().filterRooms} placeholder={words().filterRooms}
          autocomplete="off" autocapitalize="off" spellcheck={false} value={query()} onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={press} />
      </label>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <p class="listing-count" role="status" data-testid="directory-count">
        {answer() === null ? (asking.busy() ? t().loading : '') : found().length > 0 ? words().roomsFound(found().length) : query().trim() === '' ? t().noRooms : words().noRoomFits}
      </p>
      <ul ref={list} class="listing directory" onKeyDown={(event) => rove(event, list, 'button')}>
        <For each={found()}>
          {({ room }) => (
            <li>
              <div class="listing-text">
                <strong><span class="hash" aria-hidden="true">#</span>{room.slug ?? room.title}<Show when={title(room)}><small>{title(room)}</small></Show></strong>
                <span><Plain text={[t().members(room.members ?? 0), room.topic].filter(Boolean).join(' · ')} /></span>
              </div>
              <button class={isMember(room) ? 'quiet' : 'primary'} type="button" data-testid="directory-enter" data-slug={room.slug}
                aria-label={`${isMember(room) ? t().open : t().join} ${room.slug ?? room.title}`} disabled={asking.busy()} onClick={() => enter(room)}>{isMember(room) ? t().open : t().join}</button>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
