import type { Fields } from './fields';
import type { Exclusion, HeartbeatTimes, Hit, Limits, Link, Member, Mention, Message, Pattern, Reaction, Receipt, RoomId, RoomInfo, RoomName, User, UserId, You } from './types';

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
    role: fields.optional('role', (name) => fields.text(name)),
    history: fields.optional('history', (name) => fields.text(name)),
    posting: fields.optional('posting', (name) => fields.text(name)),
    slow: fields.optional('slow', (name) => fields.count(name)),
    restrict: fields.optional('restrict', (name) => fields.texts(name)),
    capacity: fields.optional('capacity', (name) => fields.count(name)),
    key: fields.optional('key', (name) => fields.flag(name)),
    retention: fields.optional('retention', (name) => fields.count(name)),
    archived: fields.optional('archived', (name) => fields.flag(name)),
    members: fields.optional('members', (name) => fields.count(name)),
  };
}

export function readMessage(fields: Fields): Message {
  return {
    seq: fields.count('seq'),
    post: fields.count('post'),
    ts: fields.count('ts'),
    from: fields.object('from', readUser),
    ...readBody(fields),
    replyTo: fields.optional('replyTo', (name) => fields.count(name)),
    thread: fields.optional('thread', (name) => fields.count(name)),
    changed: fields.optional('changed', (name) => fields.count(name)),
    edited: fields.optional('edited', (name) => fields.count(name)),
    deleted: fields.optional('deleted', (name) => fields.count(name)),
    pinned: fields.optional('pinned', (name) => fields.flag(name)),
    reactions: fields.optional('reactions', (name) => fields.list(name, readReaction)),
  };
}

/** A body, or in its place that it was erased. */
export function readBody(fields: Fields): Pick<Message, 'body' | 'erased'> {
  const erased = fields.optional('erased', (name) => fields.flag(name));
  return erased ? { erased } : { body: fields.text('body') };
}

function readReaction(fields: Fields): Reaction {
  return { emoji: fields.text('emoji'), count: fields.count('count'), mine: fields.optional('mine', (name) => fields.flag(name)) };
}

export function readLink(fields: Fields): Link {
  return { id: fields.text('id'), by: fields.object('by', readUser), until: fields.count('until'), uses: fields.count('uses'), used: fields.count('used') };
}

export function readMember(fields: Fields): Member {
  return { user: fields.object('user', readUser), role: fields.text('role') };
}

export function readExclusion(fields: Fields): Exclusion {
  return {
    user: fields.object('user', readUser),
    by: fields.object('by', readUser),
    ts: fields.count('ts'),
    until: fields.optional('until', (name) => fields.count(name)),
  };
}

export function readPattern(fields: Fields): Pattern {
  return { list: fields.text('list'), pattern: fields.text('pattern'), by: fields.object('by', readUser), ts: fields.count('ts') };
}

export function readReceipt(fields: Fields): Receipt {
  return { user: fields.object('user', readUser), seq: fields.count('seq') };
}

export function readMention(fields: Fields): Mention {
  return { room: fields.text<RoomId>('room'), message: fields.object('message', readMessage) };
}

export function readHit(fields: Fields): Hit {
  return {
    room: fields.text<RoomId>('room'),
    message: fields.object('message', readMessage),
    snippet: fields.list('snippet', (piece) => ({ text: piece.text('text'), hit: piece.optional('hit', (name) => piece.flag(name)) })),
  };
}

export function readRoomName(fields: Fields): RoomName {
  return {
    id: fields.text<RoomId>('id'),
    kind: fields.text('kind'),
    slug: fields.optional('slug', (name) => fields.text(name)),
    title: fields.text('title'),
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
    file: fields.optional('file', (name) => fields.count(name)),
  };
}

export function readHeartbeat(fields: Fields): HeartbeatTimes {
  return { interval: fields.count('interval'), timeout: fields.count('timeout') };
}
