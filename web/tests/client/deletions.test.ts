import { createRoot } from 'solid-js';
import { describe, expect, test } from 'vitest';
import { Client } from '../../src/client/client';
import { undoTime } from '../../src/client/deletions';
import { Session } from '../../src/client/session';
import { foreseen } from '../../src/model/pending-act';
import type { Message } from '../../src/wire/types';
import { FakeNetwork } from '../support/fake-socket';
import { lobby, other, post, welcome } from '../support/frames';
import { asked, clock, keys, mine, page, turn } from '../support/pages';

const shown = (client: Client, seq: number) => {
  const message = client.workspace.room(lobby)!.messages.find((message) => message.seq === seq)!;
  return foreseen<Message>(message, client.messages.pending.of(lobby, seq));
};

describe('a deletion', () => {
  test('is sent when it can no longer be undone, and once', () => {
    const { network, client } = page();
    network.newest.say(post(11, { from: mine }));
    client.deletions.ask(lobby, 11);
    client.deletions.ask(lobby, 11);
    clock.advance(undoTime - 1);
    expect([client.deletions.has(lobby, 11), asked(network, 'delete').length]).toEqual([true, 0]);
    clock.advance(1);
    expect([client.deletions.has(lobby, 11), asked(network, 'delete').length]).toEqual([false, 1]);
    expect(shown(client, 11).deleted).toBe(clock.now());
  });

  test('that is undone is sent by nobody, not by the next page either', () => {
    const { network, client, close } = page();
    network.newest.say(post(11, { from: mine }));
    client.deletions.ask(lobby, 11);
    client.deletions.undo(lobby, 11);
    clock.advance(60_000);
    client.deletions.flush();
    expect(asked(network, 'delete')).toEqual([]);
    close();
    const next = page();
    clock.advance(60_000);
    expect(asked(next.network, 'delete')).toEqual([]);
  });

  test('is sent at once when the page goes, and again by the next one where that did not arrive', async () => {
    const first = page();
    first.network.newest.say(post(11, { from: mine }));
    first.client.deletions.ask(lobby, 11);
    first.client.deletions.flush();
    expect(asked(first.network, 'delete')).toHaveLength(1);
    first.close();
    const next = page();
    clock.advance(60_000);
    const [again] = asked(next.network, 'delete');
    expect(again).toMatchObject({ room: lobby, seq: 11 });
    next.network.newest.say({ op: 'ok', cid: again!['cid'], room: lobby, seq: 12, id: 'x', ts: 1 });
    await turn();
    expect(keys.keys().filter((key) => key.startsWith('minato.deleting.'))).toEqual([]);
  });

  test('of one tab is not sent by another while it may be undone', () => {
    const one = page();
    one.client.deletions.ask(lobby, 11);
    const two = page();
    clock.advance(undoTime - 1);
    one.client.deletions.undo(lobby, 11);
    clock.advance(60_000);
    expect([...asked(one.network, 'delete'), ...asked(two.network, 'delete')]).toEqual([]);
  });

  test('of somebody else is left to them', () => {
    const first = page();
    first.client.deletions.ask(lobby, 11);
    first.close();
    const network = new FakeNetwork();
    const client = createRoot(() => new Client({ open: network.open, clock, random: () => 0, fill: (bytes) => bytes.fill(0), keys, session: new Session(keys), door: null }));
    client.start();
    network.newest.open();
    network.newest.say(welcome({ you: { id: other, nick: 'bob', guest: true } }));
    clock.advance(60_000);
    expect(asked(network, 'delete')).toEqual([]);
  });

  test('that was not sent before somebody else came waits for whoever asked for it', async () => {
    const first = page();
    first.client.deletions.ask(lobby, 11);
    first.network.newest.drop();
    clock.advance(0);
    clock.advance(undoTime);
    first.network.newest.open();
    first.network.newest.say(welcome({ you: { id: other, nick: 'bob', guest: false } }));
    await turn();
    expect(asked(first.network, 'delete')).toEqual([]);
    first.close();
    const next = page();
    clock.advance(60_000);
    expect(asked(next.network, 'delete')).toMatchObject([{ room: lobby, seq: 11 }]);
  });
});
