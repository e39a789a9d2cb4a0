import type { PostEvent } from '../../wire/server-frames';
import type { Message } from '../../wire/types';
import { append } from '../log';
import type { Room } from '../room';

export function post(room: Room, event: PostEvent, mine: boolean): Room {
  const { seq, post, ts, from, body, erased, replyTo, thread } = event;
  const message: Message = { seq, post, ts, from, body, erased, replyTo, thread };
  const next = append({ ...room, posts: Math.max(room.posts, post) }, message);
  // Posting moves one's own read position, on the server as well.
  return mine ? { ...next, read: Math.max(room.read, seq), readPost: Math.max(room.readPost, post) } : next;
}
