import { batch, createEffect, createMemo, createSignal, on, onCleanup, Show, Suspense } from 'solid-js';
import { createMedia } from '../browser/media';
import { neighbour } from '../model/finding/settle';
import { unread } from '../model/room';
import type { RoomId } from '../wire/types';
import { ConnectionBar } from './connection-bar';
import { useApp } from './context';
import { createBeside } from './create-beside';
import { createWayBack } from './create-way-back';
import { OldPageBar } from './old-page-bar';
import { KeptList } from './kept-list';
import { part } from './part';
import { OpenCard } from './people/open-card';
import { RoomPane } from './room/pane';
import { RoomView } from './room/room-view';
import { Dialogs } from './dialogs/dialogs';
import { JoinByLink } from './dialogs/join-by-link';
import { createShortcuts } from './shortcuts';
import { createOrder } from './sidebar/create-order';
import { Sidebar } from './sidebar/sidebar';

const Door = part(() => import('./door/door'));
const Notices = part(() => import('./notices/notices'));
const Details = part(() => import('./details/details'));
const SearchPane = part(() => import('./search/search-pane'));

/** Rooms that this browser remembers to have been open. */
const recentRooms = 50;
/** From when on somebody was in a room, rather than on the way through it, in milliseconds. */
const visit = 500;

/** The rooms, or the door before them: who is not in sees nothing of them, and finds them as they were. */
export function App(props: { isOld: boolean }) {
  const { entrance } = useApp();
  return (
    <>
      <OldPageBar isOld={props.isOld} />
      <Show when={entrance.form() === null} fallback={<Suspense><Door /></Suspense>}>
        <Rooms />
      </Show>
    </>
  );
}

function Rooms() {
  const { client, keys, panes, route, t, titleOf, wayIn } = useApp();
  const [drawer, setDrawer] = createSignal(false);
  // Once it was opened it stays, with what was found.
  const [searched, setSearched] = createSignal(false);
  const order = createOrder();
  // Where a pane lies over the rest, the rest is out of reach: nobody should write where they do not see it.
  const narrow = createMedia('(max-width: 899px)');
  const beside = createBeside((selector) => focusOn(selector));
  const covered = () => beside.isOpen() && route.id() !== undefined && narrow();
  createEffect(() => panes.beside() === 'search' && setSearched(true));
  const recent = new KeptList<RoomId>(keys, 'rooms', recentRooms);
  createEffect(on(route.id, (id) => {
    if (id === undefined) return;
    const timer = setTimeout(() => recent.touch(id), visit);
    onCleanup(() => clearTimeout(timer));
  }));
  const closeAll = () => {
    panes.askKey(null);
    panes.showBeside(null);
    client.conversation.closePane();
    setSearched(false);
  };
  // What was found was for somebody else's eyes.
  createEffect(on(() => client.workspace.you()?.id ?? null, (now, before) => before != null && now !== before && closeAll()));
  onCleanup(closeAll);
  const go = (step: 1 | -1, isWanted?: (id: RoomId) => boolean) => {
    const next = neighbour(order.all(), route.id(), step, isWanted);
    if (next !== undefined) route.open(next);
  };
  const isUnread = (id: RoomId) => unread(client.workspace.room(id)!) > 0;
  createShortcuts({
    switcher: () => panes.showDialog('switcher'),
    search: () => (panes.beside() === 'search' ? focusOn('[data-testid=search-input]') : panes.showBeside('search')),
    mentions: () => panes.showDialog('mentions'),
    previousRoom: () => go(-1),
    nextRoom: () => go(1),
    previousUnread: () => go(-1, isUnread),
    nextUnread: () => go(1, isUnread),
    readRoom() {
      const open = route.id();
      if (open !== undefined) client.read(open);
      panes.toNewest();
    },
    readAll: () => batch(() => client.workspace.rooms().forEach(({ id }) => client.read(id))),
    help: () => panes.showDialog('help'),
    settings: () => panes.showDialog('settings'),
  });
  createEffect(on([route.id, route.target], () => setDrawer(false)));
  let app!: HTMLDivElement;
  const focusOn = (selector: string) => app.querySelector<HTMLElement>(selector)?.focus();
  // An entry that is hidden with the drawer keeps the focus without saying so.
  createEffect(on(drawer, () => order.hold(false)));
  // Whoever opens the drawer by keyboard goes on inside it, and returns to its button.
  createEffect(on(drawer, (open) => focusOn(open ? '.room-entry[aria-current]' : '.menu'), { defer: true }));
  // A memo, because browsers take their time over a title, even over the same one.
  const title = createMemo(() => {
    const room = route.room();
    // A number is what calls for oneself, as on the badges; what is only new is a dot.
    const calls = client.people.calls();
    const mark = calls > 0 ? `(${calls}) ` : client.workspace.totalUnread() > 0 ? '• ' : '';
    return `${mark}${room ? `${titleOf(room)} – ` : ''}Minato`;
  });
  createEffect(() => (document.title = title()));
  const closeTop = () => (drawer() ? setDrawer(false) : beside.close());
  createWayBack(() => narrow() && (drawer() || covered()), closeTop);
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    // A dialog that stands over the page takes its own.
    if ((event.target as Element).closest('dialog, .name-dialog') !== null) return;
    if (!drawer() && !beside.isOpen()) return;
    closeTop();
    event.preventDefault();
  };
  const waiting = () => {
    if (client.status() === 'refused') return ''; // the bar above says why
    return client.status() === 'online' ? t().noRoomOpen : t().loading;
  };
  return (
    <div ref={app} class="app" classList={{ 'drawer-open': drawer(), 'with-details': beside.isOpen() }} onKeyDown={escape}>
      <ConnectionBar />
      <Sidebar inert={covered()} order={order} picked={() => setDrawer(false)} />
      <button class="scrim" type="button" tabindex="-1" aria-label={t().closeSidebar} onClick={() => setDrawer(false)} />
      <main class="main" inert={covered()}>
        <Show when={route.id()} keyed fallback={<p class="waiting" role="status">{waiting()}</p>}>
          {(id) => (
            <RoomView id={id} openDrawer={() => setDrawer(true)} details={panes.beside() === 'details'}
              toggleDetails={() => (panes.beside() === 'details' ? beside.close() : panes.showBeside('details'))} />
          )}
        </Show>
      </main>
      <RoomPane close={beside.close} />
      <Show when={panes.beside() === 'details' && route.id()} keyed>
        <Suspense><Show when={route.room()}>{(room) => <Details room={room()} close={beside.close} />}</Show></Suspense>
      </Show>
      <Show when={searched()}><Suspense><SearchPane shown={panes.beside() === 'search'} close={beside.close} /></Suspense></Show>
      <Dialogs />
      <OpenCard />
      <Suspense><Notices /></Suspense>
      <Show when={wayIn.secret()} keyed>{(secret) => <JoinByLink secret={secret} />}</Show>
    </div>
  );
}
