import type { PostEvent } from '../../src/wire/server-frames';
import type { RoomId, RoomInfo, UserId } from '../../src/wire/types';

export const lobby = 'lobby-id' as RoomId;
export const me = 'me-id' as UserId;
export const other = 'other-id' as UserId;

export function info(fields: Partial<RoomInfo> = {}): RoomInfo {
  return {
    id: lobby, kind: 'public', slug: 'lobby', title: 'Lobby', topic: '', member: true,
    head: 10, firstSeq: 1, posts: 8, read: 10, unread: 0, ...fields,
  };
}

/** Post number is `seq - 2`: as if two of the room's events were no posts. */
export function post(seq: number, fields: Partial<PostEvent> = {}): PostEvent {
  return {
    op: 'ev', room: lobby, seq, type: 'post', post: seq - 2, ts: 1_763_654_400_000 + seq,
    from: { id: other, nick: 'bob' }, body: `body ${seq}`, ...fields,
  };
}

export function welcome(fields: object = {}) {
  return {
    op: 'welcome', ver: 1, server: 'minato/0.1.0', you: { id: me, nick: 'alice', guest: true }, rooms: [info()],
    limits: { body: 16384, frame: 65536, nick: 64, slug: 64, title: 120, topic: 512, history: 200, inFlight: 64 },
    heartbeat: { interval: 30000, timeout: 75000 }, capabilities: [], ...fields,
  };
}
