import { createSignal } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useRoomWords } from '../use-room-words';

/** The title, which may be anything. */
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

/** The name behind the #, by which links lead to the room. */
export function RenameAddress(props: { room: Room }) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const [slug, setSlug] = createSignal(props.room.slug ?? '');
  const asking = createAsking();
  const wanted = () => slug().trim().replace(/^#/u, '');
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    await asking.ask(() => client.rooms.setSlug(props.room.id, wanted()));
  };
  return (
    <form class="by-name" onSubmit={save}>
      <Field label={words().slug} hint={words().slugHint} value={slug()} input={setSlug} error={asking.error()} testid="slug-input" />
      <button class="quiet" type="submit" data-testid="slug-save" disabled={asking.busy() || wanted() === '' || wanted() === props.room.slug}>{t().save}</button>
    </form>
  );
}
