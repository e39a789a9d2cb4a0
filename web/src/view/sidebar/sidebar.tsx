import { createMemo, createSignal, For, Show, Suspense } from 'solid-js';
import { isApple } from '../../browser/platform';
import { fold } from '../../model/finding/fold';
import { unread } from '../../model/room';
import { keyNames, shortcuts } from '../../model/shortcuts';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { part } from '../part';
import { CreateRoom } from '../dialogs/create-room';
import { NewMessage } from '../dialogs/new-message';
import { AnchorIcon, ChevronIcon, CompassIcon, DownIcon, InviteIcon, KeyboardIcon, PlusIcon, SearchIcon } from '../icons';
import { rove } from '../roving';
import { createEdges } from './create-edges';
import type { RoomOrder, Section } from './create-order';
import { MentionsEntry } from '../people/mentions-entry';
import { Profile } from './profile';
import { RoomEntry } from './room-entry';
import { createTypeahead } from './typeahead';

const RoomMenu = part(() => import('./room-menu'));
const switcherKeys = keyNames(shortcuts.find(({ act }) => act === 'switcher')!, isApple).join(isApple ? '' : '+');

export function Sidebar(props: { inert: boolean; order: RoomOrder; picked: () => void }) {
  const { client, panes, route, t, titleOf } = useApp();
  const { workspace } = client;
  const [dialog, setDialog] = createSignal<'create' | 'direct' | null>(null);
  const [menu, setMenu] = createSignal<{ readonly id: RoomId; readonly at: { readonly x: number; readonly y: number } } | null>(null);
  const [last, setLast] = createSignal<RoomId>();
  const mayInvite = () => ['owner', 'admin'].includes(workspace.you()?.role ?? '');
  const close = () => setDialog(null);
  // The one tab stop of the list: where one was in it, else the room that is open.
  const stop = createMemo(() => {
    const ids = props.order.all();
    return [last(), route.id()].find((id) => id !== undefined && ids.includes(id)) ?? ids[0];
  });
  let list!: HTMLDivElement;
  let pointed = false;
  const point = (there: boolean) => {
    pointed = there;
    props.order.hold(there || list.contains(document.activeElement));
  };
  const entries = () => [...list.querySelectorAll<HTMLElement>('.room-entry')];
  const entry = (id: RoomId) => entries().find((element) => element.dataset['id'] === id);
  const edges = createEdges(() => list, () => [props.order.all(), workspace.totalUnread()]);
  const menuRoom = () => workspace.room(menu()?.id ?? ('' as RoomId));
  const closeMenu = () => {
    const id = menu()?.id;
    setMenu(null);
    if (id !== undefined && (document.activeElement === document.body || document.activeElement?.closest('.room-menu'))) entry(id)?.focus();
  };
  const openMenu = (id: RoomId, x: number, y: number) => {
    if (menu()?.id !== id) setMenu({ id, at: { x, y } });
  };
  const typeahead = createTypeahead((typed) => {
    const room = props.order.all().find((id) => fold(titleOf(workspace.room(id)!)).startsWith(fold(typed)));
    if (room !== undefined) entry(room)?.focus();
  });
  const idOf = (target: EventTarget | null) => (target as Element).closest<HTMLElement>('.room-entry')?.dataset['id'] as RoomId | undefined;
  const press = (event: KeyboardEvent) => {
    const id = idOf(event.target);
    if (id === undefined || rove(event, list, '.room-entry[data-id]')) return;
    if (event.key === 'F10' && event.shiftKey) {
      event.preventDefault();
      const { left, bottom } = (event.target as Element).getBoundingClientRect();
      openMenu(id, left + 16, bottom);
    } else typeahead(event);
  };
  const context = (event: MouseEvent) => {
    const id = idOf(event.target);
    if (id === undefined) return;
    event.preventDefault();
    const { left, bottom } = (event.target as Element).getBoundingClientRect();
    // From a keyboard it comes without a place.
    if (event.clientX === 0 && event.clientY === 0) openMenu(id, left + 16, bottom);
    else openMenu(id, event.clientX, event.clientY);
  };
  const heading = (section: Section, words: string) => {
    const count = () => props.order.shown(section).reduce((sum, id) => sum + unread(workspace.room(id)!), 0);
    return (
      <h2>
        <button class="fold" type="button" data-testid={`fold-${section}`} aria-expanded={!props.order.isFolded(section)} aria-controls={`list-${section}`} onClick={() => props.order.fold(section)}>
          {words}<ChevronIcon /><Show when={props.order.isFolded(section) && count() > 0}><span class="unseen">{t().unread(count())}</span></Show>
        </button>
      </h2>
    );
  };
  const entriesOf = (section: Section) => (
    <ul id={`list-${section}`}>
      <For each={props.order.shown(section)}>
        {(id) => <RoomEntry id={id} stop={stop() === id} picked={props.picked} menu={(button) => openMenu(id, button.left, button.bottom)} />}
      </For>
    </ul>
  );
  return (
    <nav class="sidebar" inert={props.inert} aria-label={t().rooms}>
      <header class="brand">
        <AnchorIcon /><span>Minato</span><span class="brand-kanji" lang="ja">港</span>
        <button class="icon-button keys" type="button" data-testid="help-button" aria-label={t().shortcuts} title={t().shortcuts}
          onClick={() => panes.showDialog('help')}><KeyboardIcon /></button>
        <Show when={mayInvite()}>
          <button class="icon-button invite" type="button" data-testid="invite" aria-label={t().invitePeople} title={t().invitePeople}
            onClick={() => panes.showDialog('invitations')}><InviteIcon /></button>
        </Show>
      </header>
      <button class="go-to" type="button" data-testid="go-to" onClick={() => panes.showDialog('switcher')}><SearchIcon /><span>{t().goTo}</span><kbd>{switcherKeys}</kbd></button>
      <div class="rooms-place">
        <div ref={list} class="rooms" onKeyDown={press} on:contextmenu={context} onFocusIn={(event) => (setLast(idOf(event.target)), props.order.hold(true))}
          onFocusOut={(event) => props.order.hold(pointed || list.contains(event.relatedTarget as Node | null))}
          onPointerEnter={(event) => event.pointerType === 'mouse' && point(true)} onPointerLeave={() => point(false)}>
          <MentionsEntry />
          <div class="rooms-heading">
            {heading('rooms', t().rooms)}
            <button class="icon-button" type="button" data-testid="directory" aria-label={t().browseRooms} title={t().browseRooms}
              onClick={() => panes.showDialog('directory')}><CompassIcon /></button>
            <button class="icon-button" type="button" data-testid="new-room" aria-label={t().newRoom} title={t().newRoom}
              onClick={() => setDialog('create')}><PlusIcon /></button>
          </div>
          {entriesOf('rooms')}
          <div class="rooms-heading">
            {heading('directs', t().directMessages)}
            <button class="icon-button" type="button" data-testid="new-direct" aria-label={t().newMessage} title={t().newMessage}
              onClick={() => setDialog('direct')}><PlusIcon /></button>
          </div>
          {entriesOf('directs')}
        </div>
        <Show when={edges.above() > 0}><button class="more-unread above" type="button" tabindex="-1" data-testid="unread-above" onClick={edges.up}><DownIcon />{t().moreUnread}</button></Show>
        <Show when={edges.below() > 0}><button class="more-unread below" type="button" tabindex="-1" data-testid="unread-below" onClick={edges.down}><DownIcon />{t().moreUnread}</button></Show>
      </div>
      <Profile />
      <Show when={dialog() === 'create'}><CreateRoom close={close} /></Show>
      <Show when={dialog() === 'direct'}><NewMessage close={close} /></Show>
      <Show when={menu()} keyed>
        {({ at }) => <Suspense><Show when={menuRoom()} >{(room) => <RoomMenu room={room()} at={at} close={closeMenu} />}</Show></Suspense>}
      </Show>
    </nav>
  );
}
