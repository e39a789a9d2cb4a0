import { createSignal } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useAccountWords } from '../use-account-words';

export function DeleteMe() {
  const { client, entrance } = useApp();
  const words = useAccountWords();
  const [typed, setTyped] = createSignal('');
  const [password, setPassword] = createSignal('');
  const asking = createAsking();
  const nick = () => client.workspace.you()?.nick ?? '';
  const leave = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => entrance.deleteMe(password()));
  };
  return (
    <details class="part" data-testid="delete-part">
      <summary class="danger-summary">{words().deleteMe}</summary>
      <form onSubmit={leave}>
        <p class="about">{words().deleteAbout}</p>
        <Field label={words().deleteTyped(nick())} value={typed()} input={setTyped} testid="delete-typed" />
        <Field label={words().currentPassword} error={asking.error()} value={password()} input={setPassword} type="password" name="password"
          autocomplete="current-password" testid="delete-password" />
        <div class="actions">
          <button class="danger" type="submit" data-testid="delete-confirm" disabled={asking.busy() || typed() !== nick() || password() === ''}>
            {words().deleteMe}
          </button>
        </div>
      </form>
    </details>
  );
}
