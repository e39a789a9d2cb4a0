import { describe, expect, test } from 'vitest';
import { editLast } from '../../src/view/message/edit-last';
import { lobby, other, post, welcome } from '../support/frames';
import { keys, mine, page } from '../support/pages';

describe('what one is about to say', () => {
  test('to what, and the edit of a message, survive a reload', () => {
    const { client } = page();
    client.conversation.reply(lobby, 7);
    client.conversation.edit(lobby, 8, 'half a sen');
    const next = page();
    expect(next.client.conversation.replying(lobby)).toBe(7);
    expect(next.client.conversation.editing(lobby)).toMatchObject({ room: lobby, seq: 8, text: 'half a sen', inThread: false });
    next.client.conversation.reply(lobby, null);
    next.client.conversation.endEdit(lobby);
    const last = page();
    expect([last.client.conversation.replying(lobby), last.client.conversation.editing(lobby)]).toEqual([null, null]);
  });

  test('is not taken out of a page by another one that lets go of it', () => {
    page().client.conversation.edit(lobby, 8, 'half a sen');
    const [one, two] = [page().client.conversation, page().client.conversation];
    expect(one.editing(lobby)).toMatchObject({ text: 'half a sen' });
    two.endEdit(lobby);
    expect(one.editing(lobby)).toMatchObject({ text: 'half a sen' });
  });

  test('an edit begun in a thread is shown there, and in the log where no thread is', () => {
    const { conversation } = page().client;
    const shownIn = () => [true, false].filter((inThread) => conversation.isEditing(lobby, 8, inThread));
    conversation.openThread(lobby, 3);
    conversation.edit(lobby, 8, 'x', true);
    conversation.edit(lobby, 8, 'xy');
    expect(shownIn()).toEqual([true]);
    conversation.closePane();
    expect(shownIn()).toEqual([false]);
  });

  test('an edit that was sent is on disk until the server has it', () => {
    const { client } = page();
    client.conversation.edit(lobby, 8, 'whole');
    client.conversation.hideEdit(lobby);
    expect(client.conversation.editing(lobby)).toBeNull();
    expect(page().client.conversation.editing(lobby)).toMatchObject({ text: 'whole' });
    client.conversation.edited(lobby, 8, 'whole');
    expect(page().client.conversation.editing(lobby)).toBeNull();
  });

  test('is nobody else’s', () => {
    const { network, client } = page();
    client.conversation.reply(lobby, 7);
    client.conversation.edit(lobby, 8, 'half a sen');
    client.conversation.openThread(lobby, 3);
    network.newest.say(welcome({ you: { id: other, nick: 'bob', guest: false } }));
    const { conversation } = client;
    expect([conversation.replying(lobby), conversation.editing(lobby), conversation.pane()]).toEqual([null, null, null]);
    expect(keys.keys().filter((key) => key.startsWith('minato.draft.'))).toEqual([]);
  });

  test('an edit that is begun again goes on with what was typed, whatever was edited in between', () => {
    const { conversation } = page().client;
    conversation.beginEdit(lobby, 8, 'eight', false);
    conversation.edit(lobby, 8, 'eight, typed');
    conversation.beginEdit(lobby, 8, 'eight', false);
    expect(conversation.editing(lobby)?.text).toBe('eight, typed');
    conversation.beginEdit(lobby, 9, 'nine', false);
    expect(conversation.editing(lobby)).toMatchObject({ seq: 9, text: 'nine' });
    // A reload as well: the open one first, and then the other.
    const next = page().client.conversation;
    expect(next.editing(lobby)).toMatchObject({ seq: 9, text: 'nine' });
    next.endEdit(lobby);
    next.beginEdit(lobby, 8, 'eight', false);
    expect(next.editing(lobby)?.text).toBe('eight, typed');
    next.endEdit(lobby);
    next.beginEdit(lobby, 8, 'eight', false);
    expect(next.editing(lobby)?.text).toBe('eight');
  });

  test('what was typed after an edit was sent is not lost when that is answered', () => {
    const { conversation } = page().client;
    conversation.beginEdit(lobby, 8, 'eight', false);
    conversation.edit(lobby, 8, 'sent');
    conversation.hideEdit(lobby);
    conversation.beginEdit(lobby, 8, 'eight', false);
    expect(conversation.editing(lobby)?.text).toBe('sent');
    conversation.edit(lobby, 8, 'sent, and more');
    conversation.beginEdit(lobby, 9, 'nine', false);
    conversation.edited(lobby, 8, 'sent');
    conversation.beginEdit(lobby, 8, 'sent', false);
    expect(conversation.editing(lobby)?.text).toBe('sent, and more');
  });

  test('the last message is edited from what it will say', () => {
    const { network, client } = page();
    network.newest.say(post(11, { from: mine }));
    void client.messages.edit(lobby, 11, 'corrected');
    expect(editLast(client, lobby)).toBe(true);
    expect(client.conversation.editing(lobby)?.text).toBe('corrected');
  });
});
