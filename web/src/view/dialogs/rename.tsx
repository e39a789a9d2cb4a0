import { createSignal } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

export function Rename(props: { close: () => void }) {
  const { client, t } = useApp();
  const [nick, setNick] = createSignal(client.workspace.you()?.nick ?? '');
  const asking = createAsking();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await asking.ask(() => client.rename(nick().trim()))) props.close();
  };
  return (
    <Dialog title={t().rename} close={props.close}>
      <form onSubmit={save}>
        <Field label={t().name} hint={t().yourNameHint} error={asking.error()} value={nick()} input={setNick}
          testid="rename-input" focus="select" />
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="rename-confirm" disabled={asking.busy() || nick().trim() === ''}>
            {t().save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
