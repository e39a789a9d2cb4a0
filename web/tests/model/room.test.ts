import { describe, expect, test } from 'vitest';
import { apply } from '../../src/model/events/apply';
import { bounds } from '../../src/model/excerpt';
import { append, expire, hasOlder, prepend, skipTo, trim } from '../../src/model/log';
import { readTo } from '../../src/model/read-position';
import { enter, refresh, unread, type Room } from '../../src/model/room';
import type { EventFrame } from '../../src/wire/server-frames';
import type { UserId } from '../../src/wire/types';
import { info, lobby, me, other, post } from '../support/frames';

const after = (room: Room, ...events: EventFrame[]) => events.reduce((room, event) => apply(room, event, me), room);
const seqs = (room: Room) => room.messages.map((message) => message.seq);
const by = (from: UserId, seq: number) => ({ op: 'ev', room: lobby, seq, ts: 1_763_654_500_000, from: { id: from, nick: 'x' } }) as const;
const mine = { id: me, nick: 'alice' };
const plain = (seq: number, type: 'join' | 'leave', from = other) =>
  ({ op: 'ev', room: lobby, seq, type, ts: 1, from: { id: from, nick: 'x' } }) as const;

describe('events', () => {
  test('a post becomes a message and is unread', () => {
    const room = after(enter(info()), post(11));
    expect(room.messages).toEqual([{ seq: 11, post: 9, ts: post(11).ts, from: post(11).from, body: 'body 11' }]);
    expect([room.last, unread(room)]).toEqual([11, 1]);
  });

  test('an own post moves the read position past everything before it', () => {
    const room = after(enter(info()), post(11), post(12, { from: { id: me, nick: 'alice' } }));
    expect([room.read, unread(room)]).toEqual([12, 0]);
  });

  test('joins, leaves, topics and unknown types advance the sequence and are never unread', () => {
    const room = after(enter(info()), plain(11, 'join'), plain(12, 'leave'),
      { op: 'ev', room: lobby, seq: 13, type: 'topic', ts: 1, from: { id: other, nick: 'x' }, topic: '港の話' },
      { op: 'ev', room: lobby, seq: 14, type: 'unknown' });
    expect([room.last, room.topic, room.messages.length, unread(room)]).toEqual([14, '港の話', 0, 0]);
  });

  test('only one’s own joining and leaving changes membership', () => {
    const looking = enter(info({ member: false }));
    expect(after(looking, plain(11, 'join')).member).toBe(false);
    expect(after(looking, plain(11, 'join', me)).member).toBe(true);
    expect(after(enter(info()), plain(11, 'leave', me)).member).toBe(false);
  });

  test('create names the room', () => {
    const room = after(enter(info({ head: 0, posts: 0, read: 0 })),
      { op: 'ev', room: lobby, seq: 1, type: 'create', ts: 1, from: { id: other, nick: 'x' }, kind: 'public', slug: 'dev', title: 'Dev' });
    expect([room.slug, room.title, room.last]).toEqual(['dev', 'Dev', 1]);
  });
});

describe('what happens to a message', () => {
  const said = after(enter(info()), post(11), post(12));
  const first = (room: Room) => room.messages[0]!;

  test('an edit changes its text, and says when', () => {
    const room = after(said, { ...by(other, 13), type: 'edit', target: 11, body: 'better' });
    expect(first(room)).toMatchObject({ seq: 11, body: 'better', edited: 1_763_654_500_000, changed: 13 });
    expect(room.messages[1]).toBe(said.messages[1]);
  });

  test('deleted, it keeps its place and loses all else', () => {
    const room = after(said, { ...by(me, 13), type: 'react', target: 11, emoji: '👍', on: true }, { ...by(me, 14), type: 'pin', target: 11, on: true },
      { ...by(other, 15), type: 'delete', target: 11 });
    expect(first(room)).toMatchObject({ seq: 11, erased: true, deleted: 1_763_654_500_000 });
    expect([first(room).body, first(room).reactions, first(room).pinned, unread(room)]).toEqual([undefined, undefined, undefined, 2]);
  });

  test('reactions are counted, one’s own are known, and the last one taken back is gone', () => {
    const like = (seq: number, from: UserId, on: boolean) => ({ ...by(from, seq), type: 'react', target: 11, emoji: '👍', on }) as const;
    const two = after(said, like(13, other, true), like(14, me, true));
    expect(first(two).reactions).toEqual([{ emoji: '👍', count: 2, mine: true }]);
    const one = after(two, like(15, me, false));
    expect(first(one).reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(first(after(one, like(16, other, false))).reactions).toBeUndefined();
  });

  test('a change that the page of history took account of is not made twice', () => {
    const { op: _, room: _room, type: _type, ...message } = post(9);
    const paged = prepend(enter(info({ head: 10 })), 11, { more: false, messages: [{ ...message, reactions: [{ emoji: '👍', count: 1 }], changed: 12 }] });
    const like = (seq: number) => ({ ...by(other, seq), type: 'react', target: 9, emoji: '👍', on: true }) as const;
    expect(first(after(paged, post(11), like(12))).reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(first(after(paged, post(11), post(12), like(13))).reactions).toEqual([{ emoji: '👍', count: 2 }]);
  });

  test('erasing takes all that somebody said up to then, and leaves what was deleted before', () => {
    const room = after(said, post(13, { from: mine }), { ...by(other, 14), type: 'delete', target: 11 },
      { ...by(me, 15), type: 'erase', subject: { id: other, nick: 'bob' }, upTo: 14 });
    expect(room.messages.map((message) => [message.seq, message.body, message.changed])).toEqual([[11, undefined, 14], [12, undefined, 15], [13, 'body 13', undefined]]);
  });

  test('what is older than the room keeps goes by the clock', () => {
    const room = after(said, { ...by(me, 13), type: 'retention', days: 1 });
    const day = 24 * 3_600_000;
    expect(expire(room, post(11).ts + day)).toBe(room);
    expect(seqs(expire(room, post(11).ts + day + 1))).toEqual([12]);
    expect([seqs(expire(room, post(12).ts + day + 1)), expire(room, post(12).ts + day + 1).floor]).toEqual([[], 14]);
    expect(expire(said, Infinity)).toBe(said);
  });
});

describe('what one is in a room', () => {
  const role = (...events: EventFrame[]) => after(enter(info()), ...events).role;
  const about = { id: other, nick: 'bob' };

  test('follows role, transfer and inheritance, and is others’ business where it is about others', () => {
    expect(role({ ...by(other, 11), type: 'role', subject: mine, role: 'moderator' })).toBe('moderator');
    expect(role({ ...by(other, 11), type: 'role', subject: mine, role: 'moderator' }, { ...by(other, 12), type: 'role', subject: mine, role: 'member' })).toBeUndefined();
    expect(role({ ...by(other, 11), type: 'role', subject: about, role: 'owner' })).toBeUndefined();
    expect(role({ ...by(other, 11), type: 'transfer', subject: mine })).toBe('owner');
    expect(role({ ...by(other, 11), type: 'transfer', subject: mine }, { ...by(me, 12), type: 'transfer', subject: about })).toBe('moderator');
    expect(role({ ...by(other, 11), type: 'leave', heir: mine })).toBe('owner');
    expect(role({ ...by(other, 11), type: 'leave', heir: about })).toBeUndefined();
  });

  test('a kick or a ban ends it for its subject only', () => {
    for (const type of ['kick', 'ban'] as const) {
      const room = enter(info({ role: 'moderator' }));
      expect(after(room, { ...by(other, 11), type, subject: mine })).toMatchObject({ member: false, role: undefined });
      expect(after(room, { ...by(other, 11), type, subject: about })).toMatchObject({ member: true, role: 'moderator' });
    }
  });
});

test('A title that is nothing but the name goes with it', () => {
  const named = enter({ ...info(), slug: 'dock', title: 'dock' });
  expect(after(named, { ...by(other, 11), type: 'slug', slug: 'pier', was: 'dock' })).toMatchObject({ slug: 'pier', title: 'pier' });
  expect(after({ ...named, title: 'Dock' }, { ...by(other, 11), type: 'slug', slug: 'pier', was: 'dock' })).toMatchObject({ slug: 'pier', title: 'Dock' });
});

test('What is decided for a room is followed', () => {
  const room = after(enter(info()), { ...by(other, 11), type: 'title', title: '港' }, { ...by(other, 12), type: 'posting', posting: 'moderators' },
    { ...by(other, 13), type: 'slow', seconds: 30 }, { ...by(other, 14), type: 'newcomers', history: 'joined' },
    { ...by(other, 15), type: 'retention', days: 7 }, { ...by(other, 16), type: 'slug', slug: 'work', was: 'lobby' }, { ...by(other, 17), type: 'archive', on: true });
  expect(room).toMatchObject({ title: '港', slug: 'work', posting: 'moderators', slow: 30, history: 'joined', retention: 7, archived: true });
  expect(after(room, { ...by(other, 18), type: 'slow' }, { ...by(other, 19), type: 'retention' }, { ...by(other, 20), type: 'archive', on: false }))
    .toMatchObject({ slow: undefined, retention: undefined, archived: false });
});

describe('history', () => {
  const { seq, ...rest } = post(9);
  const message = (at: number) => ({ ...rest, seq: at, post: at - 2 });

  test('a page goes in front, and live events behind', () => {
    const room = prepend(after(enter(info()), post(11)), 11, { more: true, messages: [message(8), message(seq)] });
    expect([seqs(room), room.floor, hasOlder(room)]).toEqual([[8, 9, 11], 8, true]);
  });

  test('messages that are held already are not taken twice', () => {
    const room = prepend(after(enter(info()), post(11)), 11, { more: false, messages: [message(9), message(11)] });
    expect([seqs(room), hasOlder(room)]).toEqual([[9, 11], false]);
  });

  test('a page that was asked for before a resume left a hole is not taken', () => {
    const room = skipTo(enter(info()), 1000);
    expect(prepend(room, 11, { more: true, messages: [message(9)] })).toBe(room);
  });

  test('an empty page ends the asking, whatever it says of more', () => {
    expect(hasOlder(prepend(enter(info()), 11, { more: true, messages: [] }))).toBe(false);
  });

  test('partial lets go of what is held and goes on from there', () => {
    const room = after(skipTo(after(enter(info()), post(11)), 1000), post(1000));
    expect([seqs(room), room.floor, room.last, hasOlder(room)]).toEqual([[1000], 1000, 1000, true]);
  });

  test('trimmed posts can be fetched again', () => {
    const room = trim(after(enter(info()), post(11), post(12), post(13)), 2);
    expect([seqs(room), room.floor, room.last]).toEqual([[12, 13], 12, 13]);
    expect(trim(room, 2)).toBe(room);
  });
});

test('A room that is open for months does not grow for months', () => {
  let room = enter(info());
  for (let seq = 11; seq < 11 + bounds.run; seq++) room = append(room, post(seq));
  expect(room.messages.length).toBe(bounds.run);
  room = append(room, post(11 + bounds.run));
  const first = 12 + bounds.run - bounds.runKept;
  expect([room.messages.length, room.floor, room.messages[0]!.seq]).toEqual([bounds.runKept, first, first]);
  expect(hasOlder(room)).toBe(true);
});

describe('unread', () => {
  const room = after(enter(info({ unread: 3, read: 6 })), post(11), plain(12, 'join'), post(13, { post: 10 }));

  test('is the posts after the read position', () => {
    expect(unread(room)).toBe(5);
    expect(unread(readTo(room, 11))).toBe(1);
    expect(unread(readTo(room, 12))).toBe(1);
    expect(unread(readTo(room, 13))).toBe(0);
  });

  test('read positions never move back', () => {
    expect(readTo(readTo(room, 13), 11).read).toBe(13);
  });

  test('the server’s count is used where the posts are not held', () => {
    expect(unread(readTo(room, 8, 4))).toBe(4);
  });

  test('is nothing after reading to the end, even where no post is held', () => {
    expect(unread(readTo(enter(info({ unread: 3, read: 6 })), 10))).toBe(0);
  });

  test('is nothing where one only looks on', () => {
    expect(unread(after(enter(info({ member: false, read: 0 })), post(11)))).toBe(0);
  });

  test('a welcome does not undo what was read while the connection was away', () => {
    const read = readTo(room, 13);
    expect(unread(refresh(read, info({ head: 13, posts: 10, read: 6, unread: 5 })))).toBe(0);
  });

  test('a welcome tells of posts that are still to be replayed', () => {
    expect(unread(refresh(enter(info()), info({ head: 14, posts: 12, read: 10, unread: 4 })))).toBe(4);
  });

  test('joining starts with the server’s count', () => {
    const looking = enter(info({ member: false, read: 0 }));
    expect(unread(refresh(looking, info({ read: 10, unread: 0 })))).toBe(0);
    expect(unread(refresh(looking, info({ read: 8, unread: 2 })))).toBe(2);
    expect(unread(after(refresh(looking, info()), post(11)))).toBe(1);
  });
});
