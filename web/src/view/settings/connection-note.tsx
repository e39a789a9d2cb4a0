import { Show } from 'solid-js';
import { useAccountWords } from '../use-account-words';

/** What browsers withhold from a page that came in the clear, where it did. */
export function ConnectionNote() {
  const words = useAccountWords();
  return (
    <Show when={!isSecureContext}>
      <p class="about connection-note" data-testid="in-the-clear"><strong>{words().connection}</strong> {words().inTheClear}</p>
    </Show>
  );
}
