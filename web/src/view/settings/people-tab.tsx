import { createSignal, For, Show } from 'solid-js';
import type { AccountInfo } from '../../account/answers';
import { wordOf } from '../../i18n/account/words';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { useAccountWords } from '../use-account-words';
import { createListing } from './create-listing';
import { RoleButton } from './role-button';

/** What an owner makes of somebody with an account. */
const roles = ['member', 'admin', 'owner'];

export function PeopleTab() {
  const { api, client } = useApp();
  const words = useAccountWords();
  const { asking, answer, change } = createListing(api.accounts);
  const you = () => client.workspace.you();
  // The server has the last word; this only spares people buttons that are refused.
  const mayTouch = (account: AccountInfo) =>
    account.id !== you()?.id && (you()?.role === 'owner' || (account.role !== 'owner' && account.role !== 'admin'));
  return (
    <>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ul class="listing" data-testid="accounts">
        <For each={answer()?.accounts}>
          {(account) => (
            <li>
              <Avatar id={account.id} name={account.nick} />
              <div class="listing-text">
                <strong>{account.nick}</strong>
                <span>{[wordOf(words().role, account.role), ...(account.active ? [] : [words().inactive])].join(' · ')}</span>
              </div>
              <Show when={you()?.role === 'owner' && account.id !== you()?.id && account.role !== 'guest'}>
                <AccountRole account={account} busy={asking.busy()} give={(role) => change(() => api.setRole(account.id, role))} />
              </Show>
              <Show when={mayTouch(account)}>
                <button class={account.active ? 'danger' : 'quiet'} type="button" data-testid="account-active" disabled={asking.busy()}
                  onClick={() => change(() => api.setActive(account.id, !account.active))}>
                  {account.active ? words().deactivate : words().reactivate}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}

function AccountRole(props: { account: AccountInfo; busy: boolean; give: (role: string) => void }) {
  const words = useAccountWords();
  const [chosen, setChosen] = createSignal(props.account.role);
  return (
    <>
      <select class="inline" data-testid="account-role" aria-label={words().roleOf(props.account.nick)} onChange={(event) => setChosen(event.currentTarget.value)}>
        <For each={roles}>{(role) => <option value={role} selected={role === chosen()}>{wordOf(words().role, role)}</option>}</For>
      </select>
      <RoleButton nick={props.account.nick} held={props.account.role} chosen={chosen()} busy={props.busy} give={props.give} />
    </>
  );
}
