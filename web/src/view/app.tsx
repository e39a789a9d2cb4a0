import { createEffect, createMemo, createSignal, on, Show, Suspense } from 'solid-js';
import { createMedia } from '../browser/media';
import { ConnectionBar } from './connection-bar';
import { useApp } from './context';
import { OldPageBar } from './old-page-bar';
import { part } from './part';
import { RoomView } from './room/room-view';
import { JoinByLink } from './dialogs/join-by-link';
import { Sidebar } from './sidebar/sidebar';

const Door = part(() => import('./door/door'));
const Details = part(() => import('./details/details'));

/** The rooms, or the door before them: who is not in sees nothing of them, and finds them as they were. */
export function App() {
  const { entrance } = useApp();
  return (
    <>
      <OldPageBar />
      <Show when={entrance.form() === null} fallback={<Suspense><Door /></Suspense>}>
        <Rooms />
      </Show>
    </>
  );
}

function Rooms() {
  const { client, route, t, titleOf, wayIn } = useApp();
  const [drawer, setDrawer] = createSignal(false);
  const [details, setDetails] = createSignal(false);
  // Where the details lie over the rest, the rest is out of reach: nobody should write where they do not see it.
  const narrow = createMedia('(max-width: 899px)');
  const covered = () => details() && route.id() !== undefined && narrow();
  const closeDetails = () => {
    setDetails(false);
    focusOn('[data-testid=people]');
  };
  createEffect(on(route.id, () => setDrawer(false)));
  let app!: HTMLDivElement;
  const focusOn = (selector: string) => app.querySelector<HTMLElement>(selector)?.focus();
  // Whoever opens the drawer by keyboard goes on inside it, and returns to its button.
  createEffect(on(drawer, (open) => focusOn(open ? '.room-entry[aria-current]' : '.menu'), { defer: true }));
  // A memo, because browsers take their time over a title, even over the same one.
  const title = createMemo(() => {
    const room = route.room();
    const unread = client.workspace.totalUnread();
    return `${unread > 0 ? `(${unread}) ` : ''}${room ? `${titleOf(room)} – ` : ''}Minato`;
  });
  createEffect(() => (document.title = title()));
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // A dialog that stands over the page takes its own.
    if ((event.target as Element).closest('dialog, .name-dialog') !== null) return;
    if (drawer()) setDrawer(false);
    else if (details()) closeDetails();
  };
  const waiting = () => {
    if (client.status() === 'refused') return ''; // the bar above says why
    return client.status() === 'online' ? t().noRoomOpen : t().loading;
  };
  return (
    <div ref={app} class="app" classList={{ 'drawer-open': drawer(), 'with-details': details() }} onKeyDown={escape}>
      <ConnectionBar />
      <Sidebar inert={covered()} picked={() => setDrawer(false)} />
      <button class="scrim" type="button" tabindex="-1" aria-label={t().closeSidebar} onClick={() => setDrawer(false)} />
      <main class="main" inert={covered()}>
        <Show when={route.id()} keyed fallback={<p class="waiting" role="status">{waiting()}</p>}>
          {(id) => (
            <RoomView id={id} openDrawer={() => setDrawer(true)} details={details()} toggleDetails={() => (details() ? closeDetails() : setDetails(true))} />
          )}
        </Show>
      </main>
      <Show when={details() && route.id()} keyed>
        <Suspense><Show when={route.room()}>{(room) => <Details room={room()} close={closeDetails} />}</Show></Suspense>
      </Show>
      <Show when={wayIn.secret()} keyed>{(secret) => <JoinByLink secret={secret} />}</Show>
    </div>
  );
}
