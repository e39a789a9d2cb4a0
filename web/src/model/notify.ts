import type { Message } from '../wire/types';
import type { Room } from './room';

/** Of which messages of a room somebody wants to be told while they look elsewhere. */
export type Notify = 'all' | 'mentions' | 'none';

export const notifies: readonly Notify[] = ['all', 'mentions', 'none'];

/** Milliseconds: who comes back after a night is told by badges, not by a hundred notifications. */
export const freshness = 10 * 60_000;

export interface Occasion {
  readonly room: Room;
  readonly message: Pick<Message, 'seq' | 'ts' | 'body'>;
  readonly isMine: boolean;
  /** Whether the author is blocked. */
  readonly isBlocked: boolean;
  readonly namesMe: boolean;
  readonly wish: Notify;
  readonly now: number;
}

/** Unless something else was chosen. */
export function usualWish(room: Pick<Room, 'kind'>): Notify {
  return room.kind === 'direct' ? 'all' : 'mentions';
}

/** Whether somebody wants to be told of it, unless they see it anyhow. */
export function deservesNotice({ room, message, isMine, isBlocked, namesMe, wish, now }: Occasion): boolean {
  if (isMine || isBlocked || !room.member || message.body === undefined) return false;
  if (message.seq <= room.read || now - message.ts > freshness) return false;
  return wish === 'all' || (wish === 'mentions' && namesMe);
}
