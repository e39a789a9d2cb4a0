import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js';
import { useApp } from './context';

/** Most losses are mended within a second: nobody needs to hear of those. */
const patience = 1_000;

export function ConnectionBar() {
  const { client, t } = useApp();
  const [shown, setShown] = createSignal(false);
  const [wasOnline, setWasOnline] = createSignal(false);
  // Memos: each new attempt changes the status, and must not start the waiting anew.
  const online = createMemo(() => client.status() === 'online');
  const refused = createMemo(() => client.status() === 'refused');
  createEffect(() => {
    if (online()) {
      setWasOnline(true);
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), refused() ? 0 : patience);
    onCleanup(() => clearTimeout(timer));
  });
  const words = () => {
    if (refused()) return t().refused;
    return wasOnline() ? t().reconnecting : t().connecting;
  };
  return (
    <div class="connection-place" role="status">
      <Show when={shown()}>
        <div class="connection" data-testid="connection">{words()}</div>
      </Show>
    </div>
  );
}
