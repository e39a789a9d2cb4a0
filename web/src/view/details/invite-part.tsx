import { createSignal, Show, untrack } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { createAsking } from '../dialogs/answer';
import { Field } from '../dialogs/field';
import { useRoomWords } from '../use-room-words';
import { LinksPart } from './links-part';

/** How others come in: those who are here by name, the rest by a link. */
export function InvitePart(props: { room: Room }) {
  const { client } = useApp();
  const words = useRoomWords();
  // Whoever has just made a room looks for a way to ask others in.
  const isFresh = untrack(() => props.room.role === 'owner' && props.room.posts === 0);
  const [nick, setNick] = createSignal('');
  const [invited, setInvited] = createSignal('');
  const asking = createAsking();
  const invite = async (event: SubmitEvent) => {
    event.preventDefault();
    setInvited('');
    if ((await asking.ask(() => client.rooms.invite(props.room.id, nick().trim()))) === null) return;
    setInvited(nick().trim());
    setNick('');
  };
  return (
    <details class="part" data-testid="invite-part" open={isFresh}>
      <summary>{words().invitePeople}</summary>
      <LinksPart room={props.room} />
      <form class="by-name" onSubmit={invite}>
        <Field label={words().invite} hint={words().inviteHint} error={asking.error()} value={nick()} input={setNick} testid="room-invite-nick" />
        <button class="quiet" type="submit" data-testid="room-invite" disabled={asking.busy() || nick().trim() === ''}>{words().invite}</button>
      </form>
      <p class="done" role="status" data-testid="room-invited"><Show when={invited()}>{(nick) => words().invited(nick())}</Show></p>
    </details>
  );
}
