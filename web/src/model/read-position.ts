import type { Room } from './room';

/** Moves the read position forward to `seq`. `unread`, if the server said it, helps where the posts themselves are not held. */
export function readTo(room: Room, seq: number, unread?: number): Room {
  if (seq <= room.read) return room;
  const post = newestPostUpTo(room, seq) ?? (unread === undefined ? room.readPost : room.posts - unread);
  return { ...room, read: seq, readPost: Math.max(room.readPost, post) };
}

function newestPostUpTo(room: Room, seq: number): number | undefined {
  if (seq >= room.last) return room.posts;
  const held = room.messages.findLast((message) => message.seq <= seq);
  if (held !== undefined) return held.post;
  const next = room.messages[0];
  return next !== undefined && seq >= room.floor ? next.post - 1 : undefined;
}
