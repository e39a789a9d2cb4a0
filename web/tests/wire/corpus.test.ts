import { describe, expect, test } from 'vitest';
import { clientFrames, type ClientFrame, type Hello } from '../../src/wire/client-frames';
import { readFrame } from '../../src/wire/read-frame';
import type { RoomId } from '../../src/wire/types';
import { corpus } from '../support/corpus';

const room = '0197a3c0-0000-7000-8000-000000000001' as RoomId;
const cid = '01K6ZZZZZZZZZZZZZZZZZZZZZ0';

/** Frames that say more than this client knows: what it knows of them is read, the rest is passed over. */
const newer = new Set([
  'ev_reply', 'ev_edit', 'ev_edit_erased', 'ev_delete', 'ev_react', 'ev_pin', 'ev_invite', 'ev_kick', 'ev_ban', 'ev_ban_until', 'ev_unban',
  'ev_mute_until', 'ev_unmute', 'ev_role', 'ev_title', 'ev_archive', 'ev_newcomers', 'ev_retention', 'ev_retention_off', 'ev_erase', 'room_private',
  'history_full', 'who_more', 'ev_leave_to', 'ev_posting', 'ev_slow', 'ev_slow_off', 'ev_transfer', 'ok_link', 'you_admin', 'room_slow',
]);
/** Frames of which this client knows nothing yet. */
const unknown = new Set(['members', 'links', 'receipts', 'mentions', 'eph_presence', 'eph_presence_count', 'eph_typing', 'eph_receipts', 'search', 'search_behind']);
const known = Object.entries(corpus.server).filter(([name]) => !newer.has(name) && !unknown.has(name));

describe('every server frame of the corpus', () => {
  test.each(known)('%s is read whole', (_, frame) => {
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
  });

  test.each([...newer])('%s is read as far as it is known', (name) => {
    const frame = corpus.server[name];
    const read = readFrame(JSON.stringify(frame));
    expect(read).not.toBeNull();
    expect({ ...frame, type: 'unknown' }).toMatchObject({ ...JSON.parse(JSON.stringify(read)), type: 'unknown' });
  });

  test.each([...unknown])('%s is passed over', (name) => {
    expect(corpus.server[name]).toBeDefined();
    expect(readFrame(JSON.stringify(corpus.server[name]))).toBeNull();
  });

  test.each(known)('%s is refused when a field is missing', (_, frame) => {
    const optional = ['session', 'slug', 'blocks', 'reports', 'room', 'seq', 'id', 'ts', 'you', 'cid', 'rid', 'retryAfter', 'erased', 'users', 'members'];
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
    send: clientFrames.send(cid, room, 'こんにちは, port!'),
    nick: clientFrames.nick(cid, 'alice'),
    create: clientFrames.create(cid, 'dev', 'Dev'),
    direct: clientFrames.direct(cid, 'ボブ'),
    join: clientFrames.join(cid, room),
    leave: clientFrames.leave(cid, room),
    topic: clientFrames.topic(cid, room, '港の話'),
    history_before: clientFrames.history('h2', room, 41, 50),
    read: clientFrames.read(room, 41),
    rooms: clientFrames.rooms('r1'),
    who: clientFrames.who('w1', room),
    block: clientFrames.block(cid, 'ボブ', true),
    block_off: clientFrames.block(cid, '0197a3c0-0000-7000-8000-0000000000b2', false),
    report: clientFrames.report(cid, room, 41, '宣伝です\nagain'),
    blocks: clientFrames.blocks('b1'),
    ping: clientFrames.ping(),
  };

  test.each(Object.entries(built))('%s is as in the corpus', (name, frame) => {
    expect(corpus.client[name]).toBeDefined();
    expect(JSON.parse(JSON.stringify(frame))).toEqual(corpus.client[name]);
  });

  test('every builder is among them', () => {
    expect(new Set(Object.values(built).map((frame) => frame.op))).toEqual(new Set(Object.keys(clientFrames)));
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
    history: ['room'], who: ['room'], read: ['room', 'seq'], ev: ['room', 'seq'], bye: ['retryAfter'],
  };
  return required[String(op)]?.includes(key) ?? false;
}
