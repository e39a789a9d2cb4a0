import { describe, expect, test } from 'vitest';
import type { Client } from '../../src/client/client';
import { foreseen } from '../../src/model/pending-act';
import type { Message } from '../../src/wire/types';
import { lobby, other, post, welcome } from '../support/frames';
import { asked, clock, mine, page, turn } from '../support/pages';

const shown = (client: Client, seq: number) => {
  const message = client.workspace.room(lobby)!.messages.find((message) => message.seq === seq)!;
  return foreseen<Message>(message, client.messages.pending.of(lobby, seq));
};

describe('what one does to a message', () => {
  test('is seen at once, and stays between its answer and its event', async () => {
    const { network, client } = page();
    network.newest.say(post(11));
    void client.messages.react(lobby, 11, '⚓', true);
    expect(shown(client, 11).reactions).toEqual([{ emoji: '⚓', count: 1, mine: true }]);
    network.newest.say({ op: 'ok', cid: asked(network, 'react')[0]!['cid'], room: lobby, seq: 12, id: 'x', ts: 1 });
    await turn();
    expect(shown(client, 11).reactions).toEqual([{ emoji: '⚓', count: 1, mine: true }]);
    network.newest.say({ op: 'ev', room: lobby, seq: 12, type: 'react', ts: 1, from: mine, target: 11, emoji: '⚓', on: true });
    expect(client.messages.pending.of(lobby, 11)).toEqual([]);
    expect(shown(client, 11).reactions).toEqual([{ emoji: '⚓', count: 1, mine: true }]);
  });

  test('is taken back where it is refused, and why is said until the next act', async () => {
    const { network, client } = page();
    network.newest.say(post(11, { from: mine }));
    const edit = client.messages.edit(lobby, 11, 'better');
    expect(shown(client, 11)).toMatchObject({ body: 'better', edited: clock.now() });
    network.newest.say({ op: 'error', cid: asked(network, 'edit')[0]!['cid'], code: 'forbidden', message: '' });
    expect((await edit).op).toBe('error');
    expect(shown(client, 11)).toMatchObject({ body: 'body 11' });
    expect(client.messages.pending.refused(lobby, 11)).toMatchObject({ code: 'forbidden', act: { kind: 'edit' } });
    void client.messages.pin(lobby, 11, true);
    expect(client.messages.pending.refused(lobby, 11)).toBeUndefined();
  });

  test('waits for the same act before it, so that the newest is the last', async () => {
    const { network, client } = page();
    network.newest.say(post(11, { from: mine }));
    void client.messages.edit(lobby, 11, 'first');
    void client.messages.edit(lobby, 11, 'second');
    void client.messages.react(lobby, 11, '⚓', true);
    void client.messages.react(lobby, 11, '🚢', true);
    void client.messages.react(lobby, 11, '⚓', false);
    expect(shown(client, 11)).toMatchObject({ body: 'second', reactions: [{ emoji: '🚢' }] });
    expect(asked(network, 'edit')).toMatchObject([{ body: 'first' }]);
    expect(asked(network, 'react')).toMatchObject([{ emoji: '⚓' }, { emoji: '🚢' }]);
    const [{ cid }] = asked(network, 'edit') as [{ cid: string }];
    network.newest.say({ op: 'error', cid, code: 'busy', message: '', retryAfter: 1_500 });
    clock.advance(1_500);
    network.newest.say({ op: 'ok', cid, room: lobby, seq: 12, id: 'x', ts: 1 });
    await turn();
    expect(asked(network, 'edit')).toMatchObject([{ body: 'first' }, { body: 'first' }, { body: 'second' }]);
    // What is refused holds up nothing.
    network.newest.say({ op: 'error', cid: asked(network, 'react')[0]!['cid'], code: 'forbidden', message: '' });
    await turn();
    expect(asked(network, 'react')).toMatchObject([{ emoji: '⚓' }, { emoji: '🚢' }, { emoji: '⚓', on: false }]);
  });

  test('that waits for another is not done in the name of somebody else', async () => {
    const { network, client } = page();
    const edits = [client.messages.edit(lobby, 11, 'first'), client.messages.edit(lobby, 11, 'second')];
    network.newest.drop(4003);
    client.start();
    network.newest.open();
    network.newest.say(welcome({ you: { id: other, nick: 'bob', guest: true } }));
    expect(await Promise.all(edits)).toMatchObject([{ code: 'identity_changed' }, { code: 'identity_changed' }]);
    expect(asked(network, 'edit')).toEqual([]);
  });

  test('does nothing to what was deleted meanwhile', () => {
    const gone: Message = { seq: 11, post: 9, ts: 1, from: mine, erased: true, deleted: 2 };
    expect(foreseen(gone, [{ kind: 'edit', body: 'x', at: 3 }, { kind: 'react', emoji: '⚓', on: true }, { kind: 'pin', on: true }])).toBe(gone);
  });

  test('is counted once: giving what is given and taking what is not change nothing', () => {
    const message: Message = { seq: 11, post: 9, ts: 1, from: mine, body: 'x', reactions: [{ emoji: '⚓', count: 2, mine: true }, { emoji: '🚢', count: 1 }] };
    const react = (emoji: string, on: boolean) => foreseen(message, [{ kind: 'react', emoji, on }]).reactions;
    expect(react('⚓', true)).toEqual(message.reactions);
    expect(react('🚢', false)).toEqual(message.reactions);
    expect(react('⚓', false)).toEqual([{ emoji: '⚓', count: 1 }, { emoji: '🚢', count: 1 }]);
    expect(foreseen(message, [{ kind: 'react', emoji: '⚓', on: false }, { kind: 'react', emoji: '⚓', on: true }]).reactions).toEqual(message.reactions);
  });
});
