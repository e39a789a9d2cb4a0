import type { Fields } from './fields';
import { readReceipt, readUser } from './read-values';
import type { EphemeralFrame } from './server-frames';
import type { RoomId } from './types';

export function readEphemeral(fields: Fields): EphemeralFrame {
  const op = 'eph';
  const type = fields.text('type');
  const room = () => fields.text<RoomId>('room');
  switch (type) {
    case 'presence': {
      const arrived = fields.optional('arrived', (name) => fields.list(name, readUser));
      if (arrived === undefined) return { op, type, room: room(), count: fields.count('count') };
      return { op, type, room: room(), arrived, left: fields.list('left', readUser), count: fields.count('count') };
    }
    case 'typing':
      return { op, type, room: room(), users: fields.list('users', readUser) };
    case 'receipts':
      return { op, type, room: room(), receipts: fields.list('receipts', readReceipt) };
    default:
      return { op, type: 'unknown' };
  }
}
