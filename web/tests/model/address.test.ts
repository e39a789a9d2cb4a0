import { describe, expect, test } from 'vitest';
import { isOpenAs, readAddress, roomAddress } from '../../src/model/address';
import type { RoomId } from '../../src/wire/types';

describe('An address', () => {
  test.for([
    ['', { room: '' }], ['#', { room: '' }], ['#lobby', { room: 'lobby' }], ['#lobby/41', { room: 'lobby', seq: 41 }],
    ['#%E5%86%99%E7%9C%9F%E9%83%A8/7', { room: '写真部', seq: 7 }], ['#0197-x/3', { room: '0197-x', seq: 3 }],
    ['#a%2F5', { room: 'a/5' }], ['#a%2F5/6', { room: 'a/5', seq: 6 }],
    ['#lobby/0', { room: 'lobby/0' }], ['#lobby/041', { room: 'lobby/041' }], ['#lobby/4x', { room: 'lobby/4x' }], ['#lobby/', { room: 'lobby/' }],
    ['#%', { room: '' }], ['#%/4', { room: '', seq: 4 }], ['#lobby/99999999999999999', { room: 'lobby/99999999999999999' }],
  ] as const)('%s is read', ([hash, wanted]) => {
    expect(readAddress(hash)).toEqual({ seq: undefined, ...wanted });
  });

  test.for(['lobby', '写真部', 'a/5', '50%', 'x/y/7'])('of a room named %s leads there, and to a message in it', (name) => {
    expect(readAddress(roomAddress(name))).toEqual({ room: name, seq: undefined });
    expect(readAddress(roomAddress(name, 12))).toEqual({ room: name, seq: 12 });
  });

  test('opens a room by its id or slug', () => {
    const room = { id: 'id' as RoomId, slug: 'dev' };
    expect([isOpenAs(room, { room: 'id' }), isOpenAs(room, { room: 'dev' }), isOpenAs(room, { room: 'de' })]).toEqual([true, true, false]);
    expect(isOpenAs({ id: 'id' as RoomId, slug: undefined }, { room: '' })).toBe(false);
  });
});
