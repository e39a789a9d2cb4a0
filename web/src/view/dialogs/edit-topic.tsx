import { createSignal } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createAsking } from './answer';
import { Dialog } from './dialog';
import { Field } from './field';

export function EditTopic(props: { room: Room; close: () => void }) {
  const { client, t } = useApp();
  const [topic, setTopic] = createSignal(props.room.topic);
  const asking = createAsking();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await asking.ask(() => client.rooms.setTopic(props.room.id, topic().trim()))) props.close();
  };
  return (
    <Dialog title={t().editTopic} close={props.close}>
      <form onSubmit={save}>
        <Field label={t().topic} error={asking.error()} value={topic()} input={setTopic} testid="topic-input" focus="select" />
        <div class="actions">
          <button class="quiet" type="button" onClick={() => props.close()}>{t().cancel}</button>
          <button class="primary" type="submit" data-testid="topic-save" disabled={asking.busy()}>{t().save}</button>
        </div>
      </form>
    </Dialog>
  );
}
