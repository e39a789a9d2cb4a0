import { createSignal, Show } from 'solid-js';
import { judgeLength } from '../../account/password-length';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';

export function ChangePassword() {
  const { api, client } = useApp();
  const words = useAccountWords();
  const [old, setOld] = createSignal('');
  const [fresh, setFresh] = createSignal('');
  const [done, setDone] = createSignal(false);
  const asking = createAsking();
  const length = () => judgeLength(fresh());
  const change = async (event: SubmitEvent) => {
    event.preventDefault();
    setDone(false);
    if ((await asking.ask(() => api.changePassword(old(), fresh()))) === null) return;
    setOld('');
    setFresh('');
    setDone(true);
  };
  const isReady = () => !asking.busy() && old() !== '' && (length() === 'enough' || length() === 'good');
  return (
    <details class="part" data-testid="password-part">
      <summary>{words().changePassword}</summary>
      <form onSubmit={change}>
        {/* A password manager has to know whose password it is. */}
        <input hidden type="text" name="username" autocomplete="username" value={client.workspace.you()?.nick ?? ''} readonly />
        <Field label={words().currentPassword} error={asking.error()} value={old()} input={setOld} type="password" name="password"
          autocomplete="current-password" testid="password-old" />
        <Field label={words().newPassword} hint={words().length[length()]} value={fresh()} input={setFresh} type="password" name="new-password"
          autocomplete="new-password" testid="password-new" />
        <div class="actions">
          <button class="primary" type="submit" data-testid="password-confirm" disabled={!isReady()}>{words().changePassword}</button>
        </div>
        <Show when={done()}><p class="done" role="status" data-testid="password-done">{words().passwordChanged}</p></Show>
      </form>
    </details>
  );
}
