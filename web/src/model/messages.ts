import type { Message } from '../wire/types';
import type { Room } from './room';

/** The index of the first message with at least this seq. */
export function firstFrom(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function find(messages: readonly Message[], seq: number): Message | undefined {
  const message = messages[firstFrom(messages, seq)];
  return message?.seq === seq ? message : undefined;
}

/** Changes one message by the event `seq`, unless it is not held or takes account of that event already. */
export function changeMessage(room: Room, target: number, seq: number, change: (message: Message) => Message): Room {
  return inBoth(room, (messages) => {
    const at = firstFrom(messages, target);
    const message = messages[at];
    return message?.seq === target && isNews(message, seq) ? messages.with(at, { ...change(message), changed: seq }) : messages;
  });
}

export function changeMessages(room: Room, seq: number, concerns: (message: Message) => boolean, change: (message: Message) => Message): Room {
  const touched = (message: Message) => concerns(message) && isNews(message, seq);
  return inBoth(room, (messages) => (messages.some(touched)
    ? messages.map((message) => (touched(message) ? { ...change(message), changed: seq } : message)) : messages));
}

/** What is left of a message that was deleted or erased at `ts`: its place. */
export function blank({ seq, post, ts, from, replyTo, thread, edited }: Message, deleted: number): Message {
  return { seq, post, ts, from, replyTo, thread, edited, deleted, erased: true };
}

function isNews(message: Message, seq: number): boolean {
  return seq > (message.changed ?? message.seq);
}

/** In the run and in the excerpt; the same room where nothing was changed. */
function inBoth(room: Room, change: (messages: readonly Message[]) => readonly Message[]): Room {
  const messages = change(room.messages);
  const excerpt = room.excerpt && change(room.excerpt.messages);
  if (messages === room.messages && (excerpt === null || excerpt === room.excerpt?.messages)) return room;
  return { ...room, messages, excerpt: room.excerpt && { ...room.excerpt, messages: excerpt! } };
}
