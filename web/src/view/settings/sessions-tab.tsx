import { For, Show } from 'solid-js';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { createListing } from './create-listing';

export function SessionsTab() {
  const { api, dates } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.sessions);
  const sorted = () => [...(answer()?.sessions ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || b.used - a.used);
  const hasOthers = () => sorted().some((session) => !session.current);
  return (
    <>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="listing" data-testid="sessions">
        <For each={sorted()}>
          {(session) => (
            <li>
              <div class="listing-text">
                <strong>{session.device}</strong>
                <span>{session.current ? words().thisDevice : words().lastUsed(dates().short(session.used))}</span>
              </div>
              <Show when={!session.current}>
                <button class="danger" type="button" data-testid="session-end" disabled={asking.busy()}
                  onClick={() => change(() => api.endSession(session.id))}>{words().revoke}</button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={hasOthers()}>
        <div class="actions">
          <button class="danger" type="button" data-testid="sessions-end" disabled={asking.busy()} onClick={() => change(api.endOtherSessions)}>{words().endOthers}</button>
        </div>
      </Show>
    </>
  );
}
