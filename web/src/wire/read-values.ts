import type { Fields } from './fields';
import type { HeartbeatTimes, Limits, Message, RoomId, RoomInfo, User, UserId, You } from './types';

export function readUser(fields: Fields): User {
  return { id: fields.text<UserId>('id'), nick: fields.text('nick') };
}

export function readYou(fields: Fields): You {
  return {
    id: fields.isNull('id') ? null : fields.text<UserId>('id'),
    nick: fields.text('nick'),
    guest: fields.flag('guest'),
    role: fields.optional('role', (name) => fields.text(name)),
  };
}

export function readRoomInfo(fields: Fields): RoomInfo {
  return {
    id: fields.text<RoomId>('id'),
    kind: fields.text('kind'),
    slug: fields.optional('slug', (name) => fields.text(name)),
    title: fields.text('title'),
    topic: fields.text('topic'),
    member: fields.flag('member'),
    head: fields.count('head'),
    firstSeq: fields.count('firstSeq'),
    posts: fields.count('posts'),
    read: fields.count('read'),
    unread: fields.count('unread'),
    users: fields.optional('users', (name) => fields.list(name, readUser)),
    members: fields.optional('members', (name) => fields.count(name)),
  };
}

export function readMessage(fields: Fields): Message {
  const erased = fields.optional('erased', (name) => fields.flag(name));
  return {
    seq: fields.count('seq'),
    post: fields.count('post'),
    ts: fields.count('ts'),
    from: fields.object('from', readUser),
    ...(erased ? { erased } : { body: fields.text('body') }),
  };
}

export function readLimits(fields: Fields): Limits {
  return {
    body: fields.count('body'),
    frame: fields.count('frame'),
    nick: fields.count('nick'),
    slug: fields.count('slug'),
    title: fields.count('title'),
    topic: fields.count('topic'),
    history: fields.count('history'),
    inFlight: fields.count('inFlight'),
  };
}

export function readHeartbeat(fields: Fields): HeartbeatTimes {
  return { interval: fields.count('interval'), timeout: fields.count('timeout') };
}
