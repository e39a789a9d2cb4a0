import { createSignal } from 'solid-js';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

export function CreateRoom(props: { close: () => void }) {
  const { client, route, t } = useApp();
  const [slug, setSlug] = createSignal('');
  const [title, setTitle] = createSignal('');
  const asking = createAsking();
  const create = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = slug().trim().replace(/^#/u, '');
    const made = await asking.ask(() => client.create(name, title().trim() || name));
    if (made === null) return;
    if (made.room !== undefined) route.open(made.room);
    props.close();
  };
  return (
    <Dialog title={t().newRoom} close={props.close}>
      <form onSubmit={create}>
        <Field label={t().roomName} hint={t().roomNameHint} error={asking.error()} value={slug()} input={setSlug}
          testid="room-name" focus="select" />
        <Field label={t().roomTitle} value={title()} input={setTitle} testid="room-title" />
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="room-create" disabled={asking.busy() || slug().trim() === ''}>
            {t().create}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
