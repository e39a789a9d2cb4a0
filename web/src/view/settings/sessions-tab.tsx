import { For, Show } from 'solid-js';
import type { Done } from '../../account/answers';
import type { ErrorFrame } from '../../wire/server-frames';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { createListing } from './create-listing';

export function SessionsTab() {
  const { api, dates } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.sessions);
  const sorted = () => [...(answer()?.sessions ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || b.used - a.used);
  const others = () => sorted().filter((session) => !session.current);
  const endOthers = async (): Promise<Done | ErrorFrame> => {
    for (const { id } of others()) {
      const ended = await api.endSession(id);
      // One that has ended by itself meanwhile is as good as ended.
      if (ended.op === 'error' && ended.code !== 'no_such_credential') return ended;
    }
    return { op: 'done' };
  };
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
      <Show when={others().length > 1}>
        <div class="actions">
          <button class="danger" type="button" data-testid="sessions-end" disabled={asking.busy()} onClick={() => change(endOthers)}>{words().endOthers}</button>
        </div>
      </Show>
    </>
  );
}
