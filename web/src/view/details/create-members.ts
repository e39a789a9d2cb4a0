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
  /** Who was connected when somebody last came or went. */
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
  /** Who ended the newest page: who has joined since stands behind them here, but may not on the server. */
  let last: UserId | undefined;
  const read = async (after?: UserId) => {
    const page = await asking.ask(() => client.members(room, after));
    if (page === null) return;
    setMore(page.more);
    last = page.members.at(-1)?.user.id;
    setMembers((held) => [...held.filter((member) => !page.members.some((other) => other.user.id === member.user.id)), ...page.members]);
  };
  // One look at a time, and one more when somebody came or went meanwhile.
  let looking = false;
  let again = false;
  const look = async () => {
    again = looking;
    if (looking) return;
    looking = true;
    const who = await client.who(room);
    looking = false;
    if (who.op === 'who') setHere(who.here);
    if (again) void look();
  };
  onCleanup(client.workspace.listen((event) => {
    if (event.room !== room) return;
    setMembers((held) => applyToMembers(held, event));
    if (event.type === 'kick' || event.type === 'ban') setHere((held) => held.filter((user) => user.id !== event.subject.id));
    if (event.type === 'join' || event.type === 'leave') void look();
  }));
  void read();
  void look();
  return {
    asking,
    members,
    hasMore,
    more: () => read(last),
    isHere: (user) => here().some((other) => other.id === user),
    onlookers: () => here().filter((user) => !members().some((member) => member.user.id === user.id)),
  };
}
