import { createResource, For, onMount, Show } from 'solid-js';
import type { Room } from '../../model/room';
import type { User } from '../../wire/types';
import { Avatar } from '../avatar';
import { useApp } from '../context';
import { useRoomWords } from '../use-room-words';
import { Popover } from './popover';
import { Present } from './presence';

/** Who has read a message and, where the members are few enough to be asked for at once, who has not. */
export default function ReadersCard(props: { room: Room; seq: number; anchor: HTMLElement; close: () => void }) {
  const { client, t } = useApp();
  const words = useRoomWords();
  const { receipts } = client.people;
  const [members] = createResource(async () => {
    const page = await client.questions.members(props.room.id);
    return page.op === 'members' && !page.more ? page.members.map(({ user }) => user) : null;
  });
  const has = (user: User) => (receipts.of(props.room.id).get(user.id)?.seq ?? 0) >= props.seq;
  const readers = () => [...receipts.of(props.room.id).values()].map(({ user }) => user).filter(has);
  const others = () => (members.loading ? null : members()?.filter((user) => !has(user) && !client.workspace.isMe(user.id)) ?? null);
  // In a large room the server tells nothing of it by itself.
  onMount(() => void receipts.refresh(props.room.id));
  return (
    <Popover anchor={props.anchor} label={words().hasRead(readers().length)} testid="readers" close={props.close}>
      <h3>{words().hasRead(readers().length)}</h3>
      <People users={readers()} room={props.room} testid="has-read" />
      <Show when={others()}>
        {(others) => (
          <Show when={others().length > 0} fallback={<p class="about">{words().allRead}</p>}>
            <h3>{words().hasNotRead(others().length)}</h3>
            <People users={others()} room={props.room} testid="has-not-read" />
          </Show>
        )}
      </Show>
      <Show when={members.loading}><p class="about">{t().loading}</p></Show>
    </Popover>
  );
}

function People(props: { users: readonly User[]; room: Room; testid: string }) {
  const { client, t } = useApp();
  const isHere = (user: User) => client.people.presence.isHere(props.room.id, user.id);
  return (
    <ul class="people" data-testid={props.testid}>
      <For each={props.users}>
        {(user) => (
          <li class="person">
            <Present here={isHere(user)}><Avatar id={user.id} name={client.workspace.names.of(user)} /></Present>
            <bdi class="person-name">{client.workspace.names.of(user)}</bdi>
            <Show when={isHere(user)}><span class="unseen">{t().hereNow}</span></Show>
          </li>
        )}
      </For>
    </ul>
  );
}
