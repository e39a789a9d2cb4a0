import { describe, expect, test } from 'vitest';
import { clientFrames, type ClientFrame, type Hello, type Want } from '../../src/wire/client-frames';
import { readFrame } from '../../src/wire/read-frame';
import type { RoomId, UserId } from '../../src/wire/types';
import { corpus } from '../support/corpus';

const room = '0197a3c0-0000-7000-8000-000000000001' as RoomId;
const bob = '0197a3c0-0000-7000-8000-0000000000b2' as UserId;
const cid = '01K6ZZZZZZZZZZZZZZZZZZZZZ0';

describe('every server frame of the corpus', () => {
  test.each(Object.entries(corpus.server))('%s is read whole', (_, frame) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
  });

  test.each(Object.entries(corpus.server))('%s is refused when a field is missing', (_, frame) => {
    const optional = [
      'session', 'slug', 'blocks', 'reports', 'room', 'seq', 'id', 'ts', 'you', 'cid', 'rid', 'retryAfter', 'erased', 'users', 'members', 'until', 'heir', 'days', 'seconds', 'restrict', 'free',
      'replyTo', 'thread', 'link', 'secret', 'user', 'more', 'moreAfter', 'next', 'arrived', 'left',
    ];
    const required = Object.keys(frame).filter((key) =>
      frame.op === 'ok' ? key === 'cid' : !optional.includes(key) || isRequired(frame.op, key));
    for (const key of required) {
      const { [key]: _removed, ...rest } = frame;
      expect(readFrame(JSON.stringify(rest)), key).toBeNull();
    }
  });
});

describe('the frames that this page says', () => {
  const built: Record<string, ClientFrame> = {
    hello_resume: clientFrames.hello('minato-web/0.1', 's3cr3t', null, { [room]: 41 }),
    hello_ticket: withoutClient(clientFrames.hello('c', null, '0ne-time', {})),
    hello_want: withoutClient(clientFrames.hello('c', null, null, {}, ['presence', 'typing', 'receipts', 'of a newer client' as Want])),
    send: clientFrames.send(cid, room, 'こんにちは, port!'),
    send_reply: clientFrames.send(cid, room, 'yes', 41),
    nick: clientFrames.nick(cid, 'alice'),
    create: clientFrames.create(cid, 'public', 'dev', 'Dev'),
    create_private_all: clientFrames.create(cid, 'private', 'den', 'Den', 'all'),
    direct_group: clientFrames.direct(cid, ['ボブ', '0197a3c0-0000-7000-8000-0000000000c4']),
    join: clientFrames.join(cid, room),
    join_link: clientFrames.joinByLink(cid, 'mZk3vYqv1s0xJr0Zk2m8n8xv5m0JkT3xQh6pTq2cB0E'),
    leave: clientFrames.leave(cid, room),
    topic: clientFrames.topic(cid, room, '港の話'),
    title: clientFrames.title(cid, room, '港'),
    slug: clientFrames.slug(cid, room, '港'),
    archive_off: clientFrames.archive(cid, room, false),
    newcomers: clientFrames.newcomers(cid, room, 'all'),
    posting: clientFrames.posting(cid, room, 'moderators'),
    slow: clientFrames.slow(cid, room, 30),
    slow_off: clientFrames.slow(cid, room, null),
    restrict: clientFrames.restrict(cid, room, ['invite_only', 'unlisted'], ['topic_locked', 'members_only']),
    capacity: clientFrames.capacity(cid, room, 20),
    capacity_off: clientFrames.capacity(cid, room, null),
    key: clientFrames.key(cid, room, 'sesame'),
    invite: clientFrames.invite(cid, room, 'ボブ'),
    kick: clientFrames.kick(cid, room, bob),
    ban_until: clientFrames.ban(cid, room, 'ボブ', 1763658000000),
    ban_off: clientFrames.unban(cid, room, 'ボブ'),
    mute_until: clientFrames.mute(cid, room, 'ボブ', 1763658000000),
    mute_off: clientFrames.unmute(cid, room, 'ボブ'),
    role: clientFrames.role(cid, room, 'ボブ', 'moderator'),
    role_helper: clientFrames.role(cid, room, 'ボブ', 'helper'),
    transfer: clientFrames.transfer(cid, room, 'ボブ'),
    link_bounded: clientFrames.link(cid, room, 1764259200000, 1),
    unlink: clientFrames.unlink(cid, room, '0197a3c0-0000-7000-8000-0000000000c3'),
    history_after: clientFrames.history('h3', room, { after: 3 }, 200),
    history_around: clientFrames.history('h5', room, { around: 41 }, 50),
    history_newest: clientFrames.history('h1', room, 'newest'),
    history_thread: clientFrames.history('h6', room, 'newest', undefined, 41),
    history_before: clientFrames.history('h2', room, { before: 41 }, 50),
    read: clientFrames.read(room, 41),
    rooms: clientFrames.rooms('r1'),
    who_after: clientFrames.who('w2', room, bob),
    receipts: clientFrames.receipts('s1', room),
    mentions: clientFrames.mentions('m1', 20),
    pins: clientFrames.pins('p1', room),
    search: clientFrames.search('s1', '東京 "good morning"', { limit: 20 }),
    search_room: clientFrames.search('s2', 'C#', { room, before: 28218470400016 }),
    typing: clientFrames.typing(room),
    who: clientFrames.who('w1', room),
    members: clientFrames.members('m1', room, 2, bob),
    pattern: clientFrames.pattern(cid, room, 'mute_exception', 'ボブ*!*@*', true),
    pattern_off: clientFrames.pattern(cid, room, 'ban', 'account:eve?', false),
    bans: clientFrames.bans('b1', room),
    join_with_key: clientFrames.join(cid, room, 'sesame'),
    links: clientFrames.links('l1', room),
    block: clientFrames.block(cid, 'ボブ', true),
    block_off: clientFrames.block(cid, '0197a3c0-0000-7000-8000-0000000000b2', false),
    report: clientFrames.report(cid, room, 41, '宣伝です\nagain'),
    edit: clientFrames.edit(cid, room, 41, 'the port'),
    react: clientFrames.react(cid, room, 41, '👍', true),
    react_off: clientFrames.react(cid, room, 41, '👍', false),
    pin: clientFrames.pin(cid, room, 41, true),
    pin_off: clientFrames.pin(cid, room, 41, false),
    delete: clientFrames.delete(cid, room, 41),
    blocks: clientFrames.blocks('b1'),
    ping: clientFrames.ping(),
  };

  test.each(Object.entries(built))('%s is as in the corpus', (name, frame) => {
    expect(corpus.client[name]).toBeDefined();
    expect(JSON.parse(JSON.stringify(frame))).toEqual(corpus.client[name]);
  });

  test('every builder is among them', () => {
    // Two builders of one frame each: what else it may say.
    const second = ['joinByLink', 'unban', 'unmute'];
    expect(new Set(Object.values(built).map((frame) => frame.op))).toEqual(new Set(Object.keys(clientFrames).filter((name) => !second.includes(name))));
  });

  test('a first hello carries neither auth nor resume', () => {
    expect(clientFrames.hello('c', null, null, {})).toEqual({ ...corpus.client.hello_plain, client: 'c' });
  });
});

function withoutClient({ client: _name, ...rest }: Hello): ClientFrame {
  return rest as ClientFrame;
}

function isRequired(op: unknown, key: string): boolean {
  const required: Record<string, string[]> = {
    welcome: ['you'], you: ['you'], room: ['room'], gone: ['room'], resumed: ['room'], partial: ['room'], reset: ['room'],
    blocks: ['blocks'], reports: ['open'],
    history: ['room', 'more'], members: ['room', 'more'], mentions: ['more'], pins: ['room', 'messages'], receipts: ['room'], eph: ['room'], who: ['room'], read: ['room', 'seq'], ev: ['room', 'seq'], bye: ['retryAfter'],
  };
  return required[String(op)]?.includes(key) ?? false;
}
