import { createMemo, onCleanup, Show } from 'solid-js';
import type { Room } from '../../model/room';
import { useApp } from '../context';
import { PeopleIcon } from '../icons';

/** Opens a room's details, and says how many are in it now; of two people, whether the other one is here. */
export function PeopleButton(props: { room: Room; open: boolean; toggle: () => void }) {
  const { client, t } = useApp();
  const { presence } = client.people;
  // A header is made for one room.
  onCleanup(presence.look(props.room.id));
  const other = () => (props.room.kind === 'direct' && props.room.users?.length === 2 ? props.room.users.find((user) => !client.workspace.isMe(user.id)) : undefined);
  const here = createMemo(() => {
    const present = presence.of(props.room.id);
    const one = other();
    if (present === undefined) return null;
    if (one === undefined) return { shown: `${present.count}`, words: t().hereCount(present.count) };
    return presence.isHere(props.room.id, one.id) ? { shown: t().hereNow, words: t().hereNow } : null;
  });
  const words = () => [t().details, here()?.words].filter(Boolean).join(' – ');
  return (
    <button class="icon-button people-button" type="button" data-testid="people" aria-label={words()} title={words()} aria-expanded={props.open}
      onClick={() => props.toggle()}>
      <PeopleIcon />
      <Show when={here()}>{(here) => <span class="here-count" data-testid="here-count">{here().shown}</span>}</Show>
    </button>
  );
}
