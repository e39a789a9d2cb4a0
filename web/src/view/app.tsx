import { createEffect, createSignal, on, Show } from 'solid-js';
import { ConnectionBar } from './connection-bar';
import { useApp } from './context';
import { RoomView } from './room/room-view';
import { Sidebar } from './sidebar/sidebar';

export function App() {
  const { client, route, t, titleOf } = useApp();
  const [drawer, setDrawer] = createSignal(false);
  createEffect(on(route.id, () => setDrawer(false)));
  createEffect(() => {
    const room = route.room();
    const unread = client.workspace.totalUnread();
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${room ? `${titleOf(room)} – ` : ''}Minato`;
  });
  return (
    <div class="app" classList={{ 'drawer-open': drawer() }} onKeyDown={(event) => event.key === 'Escape' && setDrawer(false)}>
      <ConnectionBar />
      <Sidebar />
      <button class="scrim" type="button" tabindex="-1" aria-label={t().closeSidebar} onClick={() => setDrawer(false)} />
      <main class="main">
        <Show when={route.id()} keyed fallback={<p class="waiting" role="status">{t().loading}</p>}>
          {(id) => <RoomView id={id} openDrawer={() => setDrawer(true)} />}
        </Show>
      </main>
    </div>
  );
}
