import { createRoot } from 'solid-js';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/client/client';
import { Thread } from '../../src/client/thread';
import type { FakeNetwork } from '../support/fake-socket';
import { lobby, post } from '../support/frames';
import { asked, clock, mine, page } from '../support/pages';

describe('a thread', () => {
  const threadOf = (client: Client) => createRoot(() => new Thread(client.workspace, client.questions, lobby, 3));
  const bodies = (thread: Thread) => thread.messages().map((message) => message.body);

  test('is its newest page, what comes meanwhile and after, and older pages when they are asked for', async () => {
    const { network, client } = page();
    const thread = threadOf(client);
    const loading = thread.load();
    const [question] = asked(network, 'history').slice(-1);
    expect(question).toMatchObject({ thread: 3 });
    network.newest.say(post(11, { thread: 3, replyTo: 3 }), post(12, { thread: 4, replyTo: 4 }));
    network.newest.say({ op: 'history', rid: question!['rid'], room: lobby, head: 10, more: true, messages: [{ seq: 8, post: 6, ts: 1, from: mine, body: 'eight', replyTo: 3, thread: 3 }] });
    await loading;
    expect(bodies(thread)).toEqual(['eight', 'body 11']);
    network.newest.say({ op: 'ev', room: lobby, seq: 13, type: 'edit', ts: 2, from: mine, target: 8, body: 'EIGHT' });
    expect(bodies(thread)).toEqual(['EIGHT', 'body 11']);
    const older = thread.loadOlder();
    const [before] = asked(network, 'history').slice(-1);
    expect(before).toMatchObject({ thread: 3, before: 8 });
    network.newest.say({ op: 'history', rid: before!['rid'], room: lobby, head: 13, more: false, messages: [{ seq: 3, post: 1, ts: 1, from: mine, body: 'root' }] });
    await older;
    expect(bodies(thread)).toEqual(['root', 'EIGHT', 'body 11']);
    expect(thread.more()).toBe(false);
    thread.close();
    network.newest.say(post(14, { thread: 3, replyTo: 3 }));
    expect(thread.messages()).toHaveLength(3);
  });

  test('has what came meanwhile once, although the page has it as well', async () => {
    const { network, client } = page();
    const thread = threadOf(client);
    const loading = thread.load();
    const [question] = asked(network, 'history').slice(-1);
    network.newest.say(post(11, { thread: 3, replyTo: 3 }));
    const { op: _, room: __, type: ___, ...message } = post(11, { thread: 3, replyTo: 3 });
    network.newest.say({ op: 'history', rid: question!['rid'], room: lobby, head: 11, more: false, messages: [message] });
    await loading;
    expect(bodies(thread)).toEqual(['body 11']);
  });

  const answer = (network: FakeNetwork, at: number, fields: object) =>
    network.newest.say({ op: 'history', rid: asked(network, 'history').at(at)!['rid'], room: lobby, head: 10, more: false, messages: [], ...fields });
  const eight = { seq: 8, post: 6, ts: 1, from: mine, body: 'eight', replyTo: 3, thread: 3 };

  test('that is loaded anew while it loads has what came after either question', async () => {
    const { network, client } = page();
    const thread = threadOf(client);
    const loads = [thread.load(), thread.load()];
    answer(network, -2, { messages: [eight] });
    await loads[0];
    expect(thread.loading()).toBe(true);
    network.newest.say(post(11, { thread: 3, replyTo: 3 }));
    answer(network, -1, { messages: [eight] });
    await loads[1];
    expect(bodies(thread)).toEqual(['eight', 'body 11']);
  });

  test('goes on with what came while it was refused', async () => {
    const { network, client } = page();
    const thread = threadOf(client);
    const first = thread.load();
    answer(network, -1, { messages: [eight] });
    await first;
    const second = thread.load();
    network.newest.say(post(11, { thread: 3, replyTo: 3 }));
    network.newest.say({ op: 'error', rid: asked(network, 'history').at(-1)!['rid'], code: 'storage_failed', message: '' });
    await second;
    expect([bodies(thread), thread.error()]).toEqual([['eight', 'body 11'], 'storage_failed']);
  });

  test('has of an older page what was told of it on its way, and nothing that the room keeps no more', async () => {
    const { network, client } = page();
    const thread = threadOf(client);
    const first = thread.load();
    answer(network, -1, { more: true, messages: [{ ...eight, ts: clock.now() }] });
    await first;
    const older = thread.loadOlder();
    network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'edit', ts: 2, from: mine, target: 7, body: 'SEVEN' });
    answer(network, -1, { messages: [{ ...eight, seq: 7, post: 5, body: 'seven' }] });
    await older;
    expect(bodies(thread)).toEqual(['SEVEN', 'eight']);
    network.newest.say({ op: 'ev', room: lobby, seq: 12, type: 'retention', ts: 1, from: mine, days: 30 });
    clock.advance(60_000);
    expect(bodies(thread)).toEqual(['eight']);
  });

  test('that was counted stays true once it is closed, and is not known any more where events were missed', () => {
    const { network, client } = page();
    client.replyCounts.count(lobby, 3, { answers: [eight], upTo: 10 });
    network.newest.say({ op: 'ev', room: lobby, seq: 11, type: 'delete', ts: 1, from: mine, target: 8 });
    expect(client.replyCounts.in(lobby).get(3)?.answers).toEqual([]);
    network.newest.say({ op: 'partial', room: lobby, from: 500, head: 500 });
    expect(client.replyCounts.in(lobby).size).toBe(0);
  });
});
