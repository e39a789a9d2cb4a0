import type { Message } from '../wire/types';
import type { Room } from './room';

/** Changes one message by the event `seq`, unless it is not held or takes account of that event already. */
export function changeMessage(room: Room, target: number, seq: number, change: (message: Message) => Message): Room {
  return changeMessages(room, seq, (message) => message.seq === target, change);
}

export function changeMessages(room: Room, seq: number, concerns: (message: Message) => boolean, change: (message: Message) => Message): Room {
  const touched = (message: Message) => concerns(message) && seq > (message.changed ?? message.seq);
  if (!room.messages.some(touched)) return room;
  return { ...room, messages: room.messages.map((message) => (touched(message) ? { ...change(message), changed: seq } : message)) };
}

/** What is left of a message that was deleted or erased at `ts`: its place. */
export function blank({ seq, post, ts, from, replyTo, thread, edited }: Message, deleted: number): Message {
  return { seq, post, ts, from, replyTo, thread, edited, deleted, erased: true };
}
