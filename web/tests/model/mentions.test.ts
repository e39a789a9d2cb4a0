import { describe, expect, test } from 'vitest';
import corpus from '../../../tests/corpus/mentions.json';
import { findMentions, namesOne } from '../../src/model/people/mentions';
import { nickKey } from '../../src/model/people/nick-key';
import { Nicks } from '../../src/model/people/nicks';
import type { UserId } from '../../src/wire/types';
import { me, other } from '../support/frames';

const known = new Map(corpus.known.map((nick) => [nickKey(nick), nick as UserId]));

describe('Whom a message names is decided as on the server', () => {
  test.each(corpus.cases as [string, string][])('%j', (text, expected) => {
    const { users, everyone } = findMentions(text, (key) => known.get(key));
    expect([...users, ...(everyone ? ['*'] : [])].join(' ')).toBe(expected);
  });
});

test('At most fifty are named, and whatever is written the look-ups are bounded', () => {
  const many = Array.from({ length: 60 }, (_, i) => `@u${i}`).join(' ');
  expect(findMentions(many, (key) => key as UserId).users).toHaveLength(50);
  let lookups = 0;
  findMentions(`@${'港'.repeat(20)}`.repeat(260), () => void lookups++);
  expect(lookups).toBe(500);
});

describe('The names that were met', () => {
  const nicks = new Nicks();
  nicks.met({ id: me, nick: '花' });

  test('name whoever has them, until they are renamed', () => {
    expect(namesOne('@花子さん', me, nicks.byKey)).toBe(true);
    nicks.met({ id: other, nick: '花子' });
    expect(namesOne('@花子さん', me, nicks.byKey)).toBe(false);
    nicks.met({ id: other, nick: 'hanako' });
    expect(namesOne('@花子さん', me, nicks.byKey)).toBe(true);
  });

  test('may pass from one to another', () => {
    nicks.met({ id: me, nick: 'ken' });
    nicks.met({ id: other, nick: '花' });
    nicks.met({ id: me, nick: 'mai' });
    expect(nicks.byKey('花')).toBe(other);
    expect(nicks.byKey('ken')).toBeUndefined();
  });

  test('are bounded, and the oldest goes first', () => {
    const crowd = new Nicks();
    for (let i = 0; i <= 5_000; i++) crowd.met({ id: `u${i}` as UserId, nick: `n${i}` });
    expect(crowd.byKey('n0')).toBeUndefined();
    expect(crowd.byKey('n1')).toBe('u1');
  });
});
