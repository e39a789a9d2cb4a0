import { createSignal } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useRoomWords } from '../use-room-words';

/** The title. The name behind the # is the room's address, and stays. */
export function RenameRoom(props: { room: Room }) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const [title, setTitle] = createSignal(props.room.title);
  const asking = createAsking();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => client.rooms.setTitle(props.room.id, title().trim()));
  };
  return (
    <form class="by-name" onSubmit={save}>
      <Field label={words().title} value={title()} input={setTitle} error={asking.error()} testid="title-input" />
      <button class="quiet" type="submit" data-testid="title-save" disabled={asking.busy() || title().trim() === '' || title().trim() === props.room.title}>{t().save}</button>
    </form>
  );
}
