import { For, Show } from 'solid-js';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { createListing } from './create-listing';

/** Whom one has blocked. */
export function BlockedTab() {
  const { client, t } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(() => client.questions.blocks());
  return (
    <>
      <p class="about">{words().blockedAbout}</p>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="listing" data-testid="blocked">
        <For each={answer()?.blocks} fallback={<li class="listing-empty">{asking.busy() ? t().loading : words().noBlocked}</li>}>
          {(user) => (
            <li>
              <Avatar id={user.id} name={client.workspace.names.of(user)} />
              <div class="listing-text"><strong>{client.workspace.names.of(user)}</strong></div>
              <button class="quiet" type="button" data-testid="unblock" disabled={asking.busy()} onClick={() => change(() => client.rooms.block(user.id, false))}>{words().endBlock}</button>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
