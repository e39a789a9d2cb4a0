import type { UserId, You } from '../wire/types';
import { keepsOrder, silence } from './rights';
import type { Room } from './room';

export interface MessageRights {
  readonly reply: boolean;
  readonly react: boolean;
  readonly edit: boolean;
  readonly pin: boolean;
  readonly delete: boolean;
  readonly report: boolean;
}

interface Target {
  readonly isMine: boolean;
  /** It has a text: it was neither deleted nor erased. */
  readonly isThere: boolean;
}

/** What is offered with a message: docs/rights.md, as far as a room and `you` tell. */
export function messageRights(
  room: Room, you: Pick<You, 'role'> | null, { isMine, isThere }: Target, blocks: (user: UserId) => boolean = () => false, now = 0,
): MessageRights {
  const silent = silence(room, you, blocks, now);
  // Announcements are read and reacted to by all; who may not speak may not react either.
  const speaks = isThere && (silent === null || silent === 'announcements');
  return {
    reply: isThere && silent === null,
    react: speaks,
    edit: isThere && isMine && silent === null,
    pin: speaks && (room.member || keepsOrder(room, you)),
    delete: isThere && !room.archived && (isMine || keepsOrder(room, you)),
    report: isThere && !isMine,
  };
}
