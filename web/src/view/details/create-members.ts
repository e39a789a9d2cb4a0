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
  /** Who is connected; nobody in a crowd that is only counted. */
  readonly isHere: (user: UserId) => boolean;
  /** Who is connected and is no member. */
  readonly onlookers: Accessor<readonly User[]>;
}

/** The people of a room, while somebody looks at them. */
export function createMembers(room: RoomId): Members {
  const { client } = useApp();
  const asking = createAsking();
  const [members, setMembers] = createSignal<readonly Member[]>([]);
  const [hasMore, setMore] = createSignal(false);
  /** Who ended the newest page: who has joined since stands behind them here, but may not on the server. */
  let last: UserId | undefined;
  const read = async (after?: UserId) => {
    const page = await asking.ask(() => client.questions.members(room, after));
    if (page === null) return;
    setMore(page.more);
    last = page.members.at(-1)?.user.id;
    setMembers((held) => [...held.filter((member) => !page.members.some((other) => other.user.id === member.user.id)), ...page.members]);
  };
  onCleanup(client.workspace.listen((event) => {
    if (event.room !== room) return;
    setMembers((held) => applyToMembers(held, event));
  }));
  onCleanup(client.people.presence.look(room));
  const here = () => client.people.presence.of(room)?.people;
  void read();
  return {
    asking,
    members,
    hasMore,
    more: () => read(last),
    isHere: (user) => client.people.presence.isHere(room, user),
    onlookers: () => [...(here()?.values() ?? [])].filter((user) => !members().some((member) => member.user.id === user.id)),
  };
}
