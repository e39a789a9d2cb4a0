import { createMemo, createRoot } from 'solid-js';
import { describe, expect, test } from 'vitest';
import type { FakeNetwork } from '../support/fake-socket';
import { lobby, other, post, welcome } from '../support/frames';
import { asked, clock, page, turn } from '../support/pages';

describe('a quote', () => {
  const history = (network: FakeNetwork) => asked(network, 'history').filter((frame) => frame['around'] !== undefined);
  const reply = (network: FakeNetwork, messages: object[]) =>
    network.newest.say({ op: 'history', rid: history(network).at(-1)!['rid'], room: lobby, head: 20, more: true, messages });

  test('of a message that is held asks nobody', () => {
    const { network, client } = page();
    network.newest.say(post(11));
    expect(client.quotes.find(lobby, 11)).toMatchObject({ seq: 11, body: 'body 11' });
    expect(client.quotes.find(lobby, 12)).toBe('unseen');
    expect(history(network)).toEqual([]);
  });

  test('of an older one is asked for once, and follows what happens to it', async () => {
    const { network, client } = page();
    expect(client.quotes.find(lobby, 3)).toBeUndefined();
    expect(client.quotes.find(lobby, 3)).toBeUndefined();
    expect(history(network)).toHaveLength(1);
    expect(history(network)[0]).toMatchObject({ around: 3, limit: 1 });
    reply(network, [{ seq: 3, post: 1, ts: 1, from: { id: other, nick: 'bob' }, body: 'old' }]);
    await turn();
    expect(client.quotes.find(lobby, 3)).toMatchObject({ body: 'old' });
    network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'edit', ts: 2, from: { id: other, nick: 'bob' }, target: 3, body: 'new' });
    expect(client.quotes.find(lobby, 3)).toMatchObject({ body: 'new' });
    network.newest.say({ op: 'ev', room: lobby, seq: 12, type: 'delete', ts: 3, from: { id: other, nick: 'bob' }, target: 3 });
    expect(client.quotes.find(lobby, 3)).toMatchObject({ deleted: 3 });
  });

  test('of one that may not be seen says so', async () => {
    const { network, client } = page();
    client.quotes.find(lobby, 3);
    // The nearest one that may be.
    reply(network, [{ seq: 5, post: 2, ts: 1, from: { id: other, nick: 'bob' }, body: 'another' }]);
    await turn();
    expect(client.quotes.find(lobby, 3)).toBe('unseen');
  });

  describe('fetched', () => {
    const bob = { id: other, nick: 'bob' };
    const told = (seq: number) => [{ seq, post: 1, ts: 1, from: bob, body: 'old' }];
    const fetched = async () => {
      const opened = page();
      opened.client.quotes.find(lobby, 3);
      reply(opened.network, told(3));
      await turn();
      expect(opened.client.quotes.find(lobby, 3)).toMatchObject({ body: 'old' });
      return opened;
    };

    test('is never let go of while somebody looks: as many as are in sight are asked for once each, a few at a time', async () => {
      const { network, client } = page();
      network.newest.say({ op: 'partial', room: lobby, from: 1_000, head: 999 });
      const seqs = Array.from({ length: 500 }, (_, index) => index + 1);
      await createRoot(async (close) => {
        const quotes = seqs.map((seq) => createMemo(() => client.quotes.find(lobby, seq)));
        let answered = 0;
        for (let open = history(network); answered < open.length; open = history(network)) {
          expect(open.length - answered).toBeLessThan(5);
          for (const { rid, around } of open.slice(answered)) {
            network.newest.say({ op: 'history', rid, room: lobby, head: 20, more: true, messages: told(around as number) });
          }
          answered = open.length;
          await turn();
        }
        expect(answered).toBe(500);
        expect(quotes.every((quote) => typeof quote() === 'object')).toBe(true);
        close();
      });
    });

    test('is asked for again after an error only when the next connection begins', async () => {
      const { network, client } = page();
      await createRoot(async (close) => {
        const quote = createMemo(() => client.quotes.find(lobby, 3));
        network.newest.say({ op: 'error', rid: history(network)[0]!['rid'], code: 'storage_failed', message: '' });
        await turn();
        expect([quote(), history(network).length]).toEqual(['unseen', 1]);
        network.newest.drop();
        clock.advance(1_000);
        network.newest.open();
        network.newest.say(welcome());
        expect(history(network)).toHaveLength(1);
        reply(network, told(3));
        await turn();
        expect(quote()).toMatchObject({ body: 'old' });
        close();
      });
    });

    test('takes account of what happened while it was on its way', async () => {
      const { network, client } = page();
      client.quotes.find(lobby, 3);
      network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'delete', ts: 3, from: bob, target: 3 });
      reply(network, told(3));
      await turn();
      expect(client.quotes.find(lobby, 3)).toMatchObject({ deleted: 3 });
    });

    test.each([
      ['events were missed', { op: 'partial', room: lobby, from: 500, head: 500 }],
      ['the room begins anew', { op: 'reset', room: lobby, reason: 'ahead' }],
      ['somebody else is here', welcome({ you: { id: other, nick: 'bob', guest: true } })],
    ])('is asked for again where %s', async (_, frame) => {
      const { network, client } = await fetched();
      network.newest.say(frame);
      await turn();
      expect(client.quotes.find(lobby, 3)).toBeUndefined();
    });

    test('goes when the room keeps it no more', async () => {
      const { network, client } = await fetched();
      network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'retention', ts: 1, from: bob, days: 30 });
      clock.advance(60_000);
      expect(client.quotes.find(lobby, 3)).toBe('unseen');
    });
  });
});
