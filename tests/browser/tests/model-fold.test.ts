import { apply } from '../../../web/src/model/events/apply';
import { prepend, take } from '../../../web/src/model/log';
import { enter, type Room } from '../../../web/src/model/room';
import { readFrame } from '../../../web/src/wire/read-frame';
import type { EventFrame, HistoryFrame, WelcomeFrame } from '../../../web/src/wire/server-frames';
import type { RoomId, UserId } from '../../../web/src/wire/types';
import type { MinatoServer } from '../kit/minato-server';
import { expect, test } from '../kit/test';
import { WsClient, type Frame } from '../kit/ws-client';

/** Acts of each history: some hundred events, a second or two. */
const acts = 250;

/** Messages of the run and of the excerpt that are held at first. */
const apart = 8;

/** Numbers that are the same for the same seed: a history that fails is walked again. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // xorshift32, Marsaglia 2003
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % below;
  };
}

const parse = <F>(frame: Frame) => readFrame(JSON.stringify(frame)) as unknown as F;

/** The room as the server describes it to this client now, with all of its history. */
async function look(client: WsClient, id: RoomId, welcome: WelcomeFrame): Promise<Room> {
  let room = enter(welcome.rooms.find((info) => info.id === id)!);
  for (let page = 0; room.floor > room.firstSeq; page++) {
    const rid = `h${page}`;
    client.send({ op: 'history', rid, room: id, before: room.floor, limit: 200 });
    room = prepend(room, room.floor, parse<HistoryFrame>(await client.receives('history', (answer) => answer['rid'] === rid)));
  }
  return room;
}

/** All but in which order the reactions of a message first came: that is by who of those still reacting was first, which counts do not tell. */
function comparable(room: Room) {
  return {
    ...room,
    read: null,
    readPost: null,
    messages: room.messages.map((message) => ({ ...message, reactions: [...(message.reactions ?? [])].sort((a, b) => a.emoji.localeCompare(b.emoji)) })),
  };
}

test.for([1, 2, 3])('stale snapshot + events = fresh snapshot, with random acts: %i', async (seed, { harbour }) => {
  const server = await harbour.server('--no-rate-limits');
  const people = await Promise.all(['ana', 'ben', 'cho'].map((nick) => harbour.program(server, nick)));
  const [ana] = people as [WsClient];
  const made = await ana.ask({ op: 'create', cid: 'make', kind: seed % 2 === 0 ? 'public' : 'private', slug: 'den', title: 'Den', history: 'all' });
  const id = made['room'] as RoomId;
  const roll = dice(seed * 7919);
  const posts: number[] = [];
  let cid = 0;
  /** Whatever the server thinks of it: a refusal is no event. */
  const act = async (who: WsClient, frame: object) => {
    const own = { room: id, cid: `x${++cid}`, ...frame } as unknown as Frame;
    const answer = await who.tries(own);
    if (own.op === 'send' && answer.op === 'ok') posts.push(answer['seq'] as number);
    return answer;
  };
  for (const nick of ['ben', 'cho']) await act(ana, { op: 'invite', user: nick });
  for (const person of people.slice(1)) await act(person, { op: 'join' });
  for (let i = 0; i < 30; i++) await act(people[roll(3)]!, { op: 'send', body: `before ${i}` });

  // What ana holds: a snapshot of this moment, and then only events.
  const watcher = await rejoin(harbour, server, ana);
  const whole = await look(watcher.client, id, watcher.welcome);
  // Also of a few messages far back, apart from a run that holds only the newest of them.
  const stale = await excerptOf(watcher.client, { ...whole, messages: whole.messages.slice(-apart), floor: whole.messages.at(-apart)!.seq }, whole.messages[apart]!.seq);
  expect(stale.excerpt).not.toBeNull();
  const target = () => posts[roll(posts.length)]!;
  const nick = () => ['ana', 'ben', 'cho'][roll(3)]!;
  const choices: (() => object)[] = [
    () => ({ op: 'send', body: `said ${roll(1_000)}`, ...(roll(3) === 0 ? { replyTo: target() } : {}) }),
    () => ({ op: 'send', body: `said ${roll(1_000)}` }),
    () => ({ op: 'edit', seq: target(), body: `better ${roll(1_000)}` }),
    () => ({ op: 'delete', seq: target() }),
    () => ({ op: 'react', seq: target(), emoji: ['👍', '⚓', '🌊'][roll(3)], on: roll(3) > 0 }),
    () => ({ op: 'react', seq: target(), emoji: ['👍', '⚓', '🌊'][roll(3)], on: roll(3) > 0 }),
    () => ({ op: 'pin', seq: target(), on: roll(2) === 0 }),
    () => ({ op: 'topic', topic: `about ${roll(9)}` }),
    () => ({ op: 'title', title: `Den ${roll(9)}` }),
    () => ({ op: 'slug', slug: `den-${roll(5)}` }),
    () => ({ op: 'slow', ...(roll(2) === 0 ? { seconds: 1 } : {}) }),
    () => ({ op: 'posting', posting: roll(3) === 0 ? 'moderators' : 'everyone' }),
    () => ({ op: 'newcomers', history: roll(2) === 0 ? 'joined' : 'all' }),
    () => ({ op: 'retention', ...(roll(2) === 0 ? { days: 1 + roll(30) } : {}) }),
    () => ({ op: 'archive', on: roll(4) === 0 }),
    () => ({ op: 'role', user: nick(), role: ['member', 'moderator', 'owner'][roll(3)] }),
    () => ({ op: 'mute', user: ['ben', 'cho'][roll(2)], on: roll(3) === 0 }),
    () => ({ op: 'kick', user: 'cho' }),
    () => ({ op: 'ban', user: 'cho', on: roll(3) === 0 }),
    () => ({ op: 'invite', user: nick() }),
    () => ({ op: 'join' }),
    () => ({ op: 'transfer', user: nick() }),
  ];
  for (let i = 0; i < acts; i++) await act(people[roll(3)]!, choices[roll(choices.length)]!());
  // Whoever owns the room by now: what would leave little to compare, or is likely to be as it was, comes last and for sure.
  for (const frame of [{ op: 'archive', on: false }, { op: 'erase', user: 'cho' }, { op: 'posting', posting: 'moderators' }])
    for (const person of people) await act(person, frame);

  const fresh = await rejoin(harbour, server, ana);
  const expected = await look(fresh.client, id, fresh.welcome);
  await watcher.client.receives('ev', (event) => event['room'] === id && event['seq'] === expected.last);
  const events = watcher.client.frames.filter((frame) => frame.op === 'ev' && frame['room'] === id).map((frame) => parse<EventFrame>(frame));
  const me = watcher.welcome.you.id as UserId;
  const folded = events.reduce((room, event) => (event.seq === room.last + 1 ? apply(room, event, me) : room), stale);
  expect(new Set(events.map((event) => event.type)).size).toBeGreaterThan(12);
  const within = (room: Room, floor: number, end: number) => ({ ...room, excerpt: null, floor, messages: room.messages.filter(({ seq }) => seq >= floor && seq <= end) });
  expect(comparable({ ...folded, excerpt: null })).toEqual(comparable(within(expected, folded.floor, Infinity)));
  const { messages, floor, end } = folded.excerpt!;
  expect(comparable({ ...folded, messages, floor, excerpt: null })).toEqual(comparable(within(expected, floor, end)));
  // Read on from there, it becomes a part of the run, and all is held.
  let grown = folded;
  for (let page = 0; grown.excerpt !== null; page++) {
    const place = { after: grown.excerpt.end };
    const rid = `more-${page}`;
    fresh.client.send({ op: 'history', rid, room: id, ...place, limit: apart });
    grown = take(grown, place, parse<HistoryFrame>(await fresh.client.receives('history', (answer) => answer['rid'] === rid)));
  }
  expect(comparable(grown)).toEqual(comparable(within(expected, floor, Infinity)));
});

async function excerptOf(client: WsClient, room: Room, seq: number): Promise<Room> {
  client.send({ op: 'history', rid: 'around', room: room.id, around: seq, limit: apart });
  return take(room, { around: seq }, parse<HistoryFrame>(await client.receives('history', (answer) => answer['rid'] === 'around')));
}

/** The same person on another connection. */
async function rejoin(harbour: { atEnd(end: () => void): void }, server: MinatoServer, who: WsClient): Promise<{ client: WsClient; welcome: WelcomeFrame }> {
  const session = who.frames.find((frame) => frame.op === 'welcome')!['session'] as string;
  const client = await WsClient.connectAgain(server, session);
  harbour.atEnd(() => client.close());
  return { client, welcome: parse<WelcomeFrame>(await client.receives('welcome')) };
}
