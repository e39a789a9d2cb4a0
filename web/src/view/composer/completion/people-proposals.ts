import { createSignal } from 'solid-js';
import { nickKey } from '../../../model/people/nick-key';
import type { Room } from '../../../model/room';
import type { User, UserId } from '../../../wire/types';
import type { AppContext } from '../../context';
import { most, type Proposal } from './proposal';

/** Members asked for at most, for one room: beyond, whoever said nothing lately is written by hand. */
const mostMembers = 2_000;

/** Who belongs to the room, asked for page by page from the first name on that is written. */
export function createPeopleProposals({ client }: AppContext, room: () => Room, everyone: () => string): (query: string) => readonly Proposal[] {
  const [members, setMembers] = createSignal<readonly User[]>([]);
  let asked = false;
  const ask = async () => {
    asked = true;
    for (let after: UserId | undefined; members().length < mostMembers;) {
      const answer = await client.questions.members(room().id, after);
      if (answer.op === 'error') return;
      setMembers([...members(), ...answer.members.map(({ user }) => user)]);
      after = answer.members.at(-1)?.user.id;
      if (!answer.more || after === undefined) return;
    }
  };
  return (query) => {
    if (!asked) void ask();
    const wanted = nickKey(query);
    const people = new Map<UserId, string>();
    for (const user of [...lately(room()), ...(client.people.presence.of(room().id)?.people?.values() ?? []), ...members()]) {
      if (!people.has(user.id) && !client.workspace.isMe(user.id)) people.set(user.id, client.workspace.names.of(user));
    }
    const found = ranked([...people], wanted).slice(0, most).map(([id, nick]): Proposal => ({ key: id, insert: `@${nick} `, label: nick, picture: { kind: 'person', id } }));
    const all: Proposal = { key: 'everyone', insert: '@everyone ', label: '@everyone', note: everyone(), picture: { kind: 'sign', sign: '@' } };
    return 'everyone'.startsWith(wanted) ? [...found.slice(0, most - 1), all] : found;
  };
}

/** Who spoke last comes first. */
function lately({ messages, users }: Room): readonly User[] {
  return [...messages.map(({ from }) => from).reverse(), ...(users ?? [])];
}

/** Names that begin so before those that have it somewhere. */
function ranked(people: readonly (readonly [UserId, string])[], wanted: string): readonly (readonly [UserId, string])[] {
  const keyed = people.map((person) => ({ person, at: nickKey(person[1]).indexOf(wanted) }));
  return [...keyed.filter(({ at }) => at === 0), ...keyed.filter(({ at }) => at > 0)].map(({ person }) => person);
}
