import { Fields, Malformed } from './fields';
import { readEphemeral } from './read-ephemeral';
import { readEvent } from './read-event';
import {
  readExclusion, readHeartbeat, readHit, readLimits, readLink, readMember, readMention, readMessage, readPattern, readReceipt, readRoomInfo, readRoomName, readUser, readYou,
} from './read-values';
import type { ServerFrame } from './server-frames';
import type { RoomId, UserId } from './types';

/**
 * One text frame from the server, or null where it is none that this client knows: newer servers may say more.
 * A known frame with a broken field is null as well; if it was an event, the gap it leaves makes the client resume.
 */
export function readFrame(text: string): ServerFrame | null {
  try {
    return read(new Fields(JSON.parse(text)));
  } catch (error) {
    if (error instanceof Malformed || error instanceof SyntaxError) return null;
    throw error;
  }
}

function read(fields: Fields): ServerFrame | null {
  const op = fields.text('op');
  const room = () => fields.text<RoomId>('room');
  const rid = () => fields.optional('rid', (name) => fields.text(name));
  switch (op) {
    case 'welcome':
      return {
        op,
        ver: fields.count('ver'),
        server: fields.text('server'),
        session: fields.optional('session', (name) => fields.text(name)),
        you: fields.object('you', readYou),
        rooms: fields.list('rooms', readRoomInfo),
        blocks: fields.optional('blocks', (name) => fields.texts<UserId>(name)),
        reports: fields.optional('reports', (name) => fields.count(name)),
        limits: fields.object('limits', readLimits),
        heartbeat: fields.object('heartbeat', readHeartbeat),
        capabilities: fields.texts('capabilities'),
      };
    case 'resumed':
      return { op, room: room(), head: fields.count('head') };
    case 'partial':
      return { op, room: room(), from: fields.count('from'), head: fields.count('head') };
    case 'reset':
      return { op, room: room(), reason: fields.text('reason') };
    case 'ok':
      return {
        op,
        cid: fields.text('cid'),
        room: fields.optional('room', room),
        seq: fields.optional('seq', (name) => fields.count(name)),
        id: fields.optional('id', (name) => fields.text(name)),
        ts: fields.optional('ts', (name) => fields.count(name)),
        you: fields.optional('you', (name) => fields.object(name, readYou)),
        link: fields.optional('link', (name) => fields.object(name, readLink)),
        secret: fields.optional('secret', (name) => fields.text(name)),
        user: fields.optional('user', (name) => fields.object(name, readUser)),
      };
    case 'error':
      return {
        op,
        cid: fields.optional('cid', (name) => fields.text(name)),
        rid: rid(),
        code: fields.text('code'),
        message: fields.text('message'),
        retryAfter: fields.optional('retryAfter', (name) => fields.count(name)),
      };
    case 'ev':
      return readEvent(fields);
    case 'history':
      return {
        op,
        rid: rid(),
        room: room(),
        head: fields.count('head'),
        more: fields.flag('more'),
        moreAfter: fields.optional('moreAfter', (name) => fields.flag(name)),
        messages: fields.list('messages', readMessage),
      };
    case 'read':
      return { op, room: room(), seq: fields.count('seq'), unread: fields.count('unread') };
    case 'rooms':
      return { op, rid: rid(), rooms: fields.list('rooms', readRoomInfo) };
    case 'who':
      return {
        op,
        rid: rid(),
        room: room(),
        here: fields.list('here', readUser),
        count: fields.count('count'),
        more: fields.optional('more', (name) => fields.flag(name)),
      };
    case 'members':
      return { op, rid: rid(), room: room(), members: fields.list('members', readMember), more: fields.flag('more') };
    case 'bans':
      return {
        op, rid: rid(), room: room(),
        bans: fields.list('bans', readExclusion), mutes: fields.list('mutes', readExclusion), patterns: fields.list('patterns', readPattern),
      };
    case 'links':
      return { op, rid: rid(), room: room(), links: fields.list('links', readLink) };
    case 'receipts':
      return { op, rid: rid(), room: room(), receipts: fields.list('receipts', readReceipt) };
    case 'mentions':
      return { op, rid: rid(), more: fields.flag('more'), mentions: fields.list('mentions', readMention) };
    case 'pins':
      return { op, rid: rid(), room: room(), more: fields.optional('more', (name) => fields.flag(name)), messages: fields.list('messages', readMessage) };
    case 'search':
      return {
        op,
        rid: rid(),
        complete: fields.flag('complete'),
        next: fields.optional('next', (name) => fields.count(name)),
        rooms: fields.list('rooms', readRoomName),
        results: fields.list('results', readHit),
      };
    case 'eph':
      return readEphemeral(fields);
    case 'pong':
      return { op };
    case 'you':
      return { op, you: fields.object('you', readYou) };
    case 'room':
      return { op, room: fields.object('room', readRoomInfo) };
    case 'gone':
      return { op, room: room() };
    case 'user':
      return { op, user: fields.object('user', readUser) };
    case 'block':
      return { op, user: fields.object('user', readUser), on: fields.flag('on') };
    case 'blocks':
      return { op, rid: rid(), blocks: fields.list('blocks', readUser) };
    case 'reports':
      return { op, open: fields.count('open') };
    case 'bye':
      return { op, code: fields.text('code'), retryAfter: fields.count('retryAfter') };
    default:
      return null;
  }
}
