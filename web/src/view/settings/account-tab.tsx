import { Show } from 'solid-js';
import { wordOf } from '../../i18n/account/words';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { useAccountWords } from '../use-account-words';
import { ChangePassword } from './change-password';
import { ConnectionNote } from './connection-note';
import { DeleteMe } from './delete-me';
import { Passkeys } from './passkeys';
import { RecoveryCodes } from './recovery-codes';

export function AccountTab() {
  const { client, entrance } = useApp();
  const words = useAccountWords();
  const asking = createAsking();
  const you = () => client.workspace.you();
  return (
    <>
      <div class="row">
        <p class="row-text"><strong>{words().you(you()?.nick ?? '')}</strong>
          <Show when={you()?.role}>{(role) => <span data-testid="own-role">{wordOf(words().role, role())}</span>}</Show></p>
        <button class="quiet" type="button" data-testid="log-out" disabled={asking.busy()} onClick={() => asking.ask(() => entrance.logOut())}>
          {words().logOut}
        </button>
      </div>
      <Show when={asking.error()}>{(wrong) => <p class="wrong" role="alert">{wrong()}</p>}</Show>
      <ChangePassword />
      <Passkeys />
      <RecoveryCodes />
      <DeleteMe />
      <ConnectionNote />
    </>
  );
}
