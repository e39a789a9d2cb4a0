import { createSignal } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';

/** Asks a guest for a name, once, at the first message: right above what they are about to say. */
export function NameDialog(props: { named: () => void; cancel: () => void }) {
  const { client, t } = useApp();
  const [nick, setNick] = createSignal(client.workspace.you()?.nick ?? '');
  const asking = createAsking();
  const confirm = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await asking.ask(() => client.rename(nick().trim()))) props.named();
  };
  return (
    <form class="name-dialog" role="dialog" aria-label={t().yourName} onSubmit={confirm}
      onKeyDown={(event) => event.key === 'Escape' && !event.isComposing && props.cancel()}>
      <Field label={t().yourName} hint={t().yourNameHint} error={asking.error()} value={nick()} input={setNick}
        testid="name-input" focus="select" />
      <div class="actions">
        <button class="quiet" type="button" onClick={() => props.cancel()}>{t().cancel}</button>
        <button class="primary" type="submit" data-testid="name-confirm" disabled={asking.busy() || nick().trim() === ''}>
          {t().nameConfirm}
        </button>
      </div>
    </form>
  );
}
