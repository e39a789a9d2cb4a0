import { createSignal, onCleanup, Show } from 'solid-js';
import { useApp } from './context';

/** A server that was replaced has other parts than those that a page knows which was open before. */
export function OldPageBar() {
  const { t } = useApp();
  const [isOld, setOld] = createSignal(false);
  const missed = () => setOld(true);
  addEventListener('vite:preloadError', missed);
  onCleanup(() => removeEventListener('vite:preloadError', missed));
  return (
    <Show when={isOld()}>
      <div class="old-page" role="alert" data-testid="old-page">
        {t().oldPage} <button type="button" data-testid="reload" onClick={() => location.reload()}>{t().reload}</button>
      </div>
    </Show>
  );
}
