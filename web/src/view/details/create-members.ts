import { createSignal, onCleanup, type Accessor } from 'solid-js';
import { applyToMembers } from '../../model/members';
import type { Member, RoomId, User, UserId } from '../../wire/types';
import { useApp } from '../context';
import { createAsking, type Asking } from '../dialogs/answer';

export interface Members {
  readonly asking: Asking;
  /** In the order in which they came to the server, as far as they were asked for; events keep them true. */
  readonly members: Accessor<readonly Member[]>;
  readonly hasMore: Accessor<boolean>;
  readonly more: () => Promise<void>;
  /** Who was connected when it was asked. */
  readonly isHere: (user: UserId) => boolean;
  /** Who was connected and is no member. */
  readonly onlookers: Accessor<readonly User[]>;
}

/** The people of a room, while somebody looks at them. */
export function createMembers(room: RoomId): Members {
  const { client } = useApp();
  const asking = createAsking();
  const [members, setMembers] = createSignal<readonly Member[]>([]);
  const [hasMore, setMore] = createSignal(false);
  const [here, setHere] = createSignal<readonly User[]>([]);
  const read = async (after?: UserId) => {
    const page = await asking.ask(() => client.members(room, after));
    if (page === null) return;
    setMore(page.more);
    setMembers((held) => [...held.filter((member) => !page.members.some((other) => other.user.id === member.user.id)), ...page.members]);
  };
  onCleanup(client.workspace.listen((event) => event.room === room && setMembers((held) => applyToMembers(held, event))));
  void read().then(async () => {
    const who = await client.who(room);
    if (who.op === 'who') setHere(who.here);
  });
  return {
    asking,
    members,
    hasMore,
    more: () => read(members().at(-1)?.user.id),
    isHere: (user) => here().some((other) => other.id === user),
    onlookers: () => here().filter((user) => !members().some((member) => member.user.id === user.id)),
  };
}
