import type { EventFrame } from '../wire/server-frames';
import type { Member, User } from '../wire/types';

/** What an event makes of the members that are held; those of further pages are not among them. */
export function applyToMembers(members: readonly Member[], event: EventFrame): readonly Member[] {
  switch (event.type) {
    case 'join': return given(members, event.from, 'member');
    case 'leave': return event.heir === undefined ? without(members, event.from) : given(without(members, event.from), event.heir, 'owner');
    case 'kick':
    case 'ban': return without(members, event.subject);
    case 'role': return given(members, event.subject, event.role);
    case 'transfer': return given(given(members, event.subject, 'owner'), event.from, 'moderator');
    default: return members;
  }
}

function given(members: readonly Member[], user: User, role: string): readonly Member[] {
  const known = members.some((member) => member.user.id === user.id);
  return known ? members.map((member) => (member.user.id === user.id ? { user, role } : member)) : [...members, { user, role }];
}

function without(members: readonly Member[], user: User): readonly Member[] {
  return members.filter((member) => member.user.id !== user.id);
}
