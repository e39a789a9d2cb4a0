import { expect, test } from 'vitest';
import { UlidFactory } from '../../src/outbox/ulid';

const filled = (byte: number) => (bytes: Uint8Array) => bytes.fill(byte);

test('A ULID is its time and its chance in base 32', () => {
  const ulid = new UlidFactory(() => 1_469_918_176_385, filled(0)).next();
  expect(ulid).toBe('01ARYZ6S410000000000000000');
});

test('Within a millisecond each is one greater', () => {
  const factory = new UlidFactory(() => 0, filled(31 - 1));
  const made = [factory.next(), factory.next(), factory.next()].map((ulid) => ulid.slice(-2));
  expect(made).toEqual(['YY', 'YZ', 'Z0']);
});

test('They stay in order when the clock goes back, and when the chance is used up', () => {
  let now = 1000;
  const factory = new UlidFactory(() => now, filled(31));
  const made = [factory.next(), factory.next()];
  now = 10;
  made.push(factory.next(), factory.next());
  now = 2000;
  made.push(factory.next());
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(5);
  expect(made.every((ulid) => /^[0-9A-HJKMNP-TV-Z]{26}$/u.test(ulid))).toBe(true);
});
