import { createSignal } from 'solid-js';
import { useApp } from '../context';
import type { KeyedRoom } from '../panes';
import { useFindingWords } from '../use-finding-words';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

/** A room took no one without its key: here it is given. */
export default function EnterByKey(props: { room: KeyedRoom; close: () => void }) {
  const { client, route, t } = useApp();
  const words = useFindingWords();
  const [key, setKey] = createSignal('');
  const asking = createAsking();
  const join = async (event: SubmitEvent) => {
    event.preventDefault();
    if ((await asking.ask(() => client.rooms.join(props.room.id, key().normalize('NFKC').trim()))) === null) return;
    route.open(props.room.id);
    props.close();
  };
  return (
    <Dialog title={words().keyOf(props.room.name)} close={props.close}>
      <form onSubmit={join}>
        <Field label={words().key} hint={words().keyHint} error={asking.error()} value={key()} input={setKey} testid="join-key" focus="select" />
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="join-key-confirm" disabled={asking.busy() || key().trim() === ''}>{t().join}</button>
        </div>
      </form>
    </Dialog>
  );
}
