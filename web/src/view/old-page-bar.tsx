import { Show } from 'solid-js';
import { useApp } from './context';
import { missing } from './part';

/** A server that was replaced has other parts than those that a page knows which was open before. */
export function OldPageBar(props: { isOld: boolean }) {
  const { t } = useApp();
  return (
    <Show when={missing() || props.isOld}>
      <div class="old-page" role={missing() ? 'alert' : 'status'} data-testid="old-page">
        {missing() ? t().oldPage : t().newerPage} <button type="button" data-testid="reload" onClick={() => location.reload()}>{t().reload}</button>
      </div>
    </Show>
  );
}
