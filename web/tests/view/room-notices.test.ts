import { beforeEach, expect, test } from 'vitest';
import { RoomNotices } from '../../src/view/notices/room-notices';
import type { EventFrame } from '../../src/wire/server-frames';
import type { Message, UserId } from '../../src/wire/types';
import { lobby, other } from '../support/frames';

const bob = { id: other, nick: 'bob' };
const envelope = { op: 'ev', room: lobby, seq: 12, ts: 2, from: bob } as const;
const edit: EventFrame = { ...envelope, type: 'edit', target: 11, body: 'better' };
const remove: EventFrame = { ...envelope, type: 'delete', target: 11 };
const erase: EventFrame = { ...envelope, type: 'erase', subject: bob, upTo: 11 };

let message: Message | undefined;
let read: number;
let shown: string[];
let answer: (sees: boolean) => void;
let display: Promise<void>;
let notices: RoomNotices;

beforeEach(() => {
  [message, read, shown, display] = [{ seq: 11, post: 9, ts: 1, from: { id: other as UserId, nick: 'bob' }, body: 'secret' }, 0, [], Promise.resolve()];
  notices = new RoomNotices({
    sees: () => new Promise((resolve) => (answer = resolve)),
    message: () => message,
    isRead: (_, seq) => seq <= read,
    mayShow: () => true,
    show: (_, { body }, isNew) => (shown.push(`${isNew ? 'new' : 'same'}: ${body}`), display),
    close: () => void shown.push('closed'),
  });
});

const gone = () => void (message = { ...message!, body: undefined, deleted: 2 });
async function tell(meanwhile = () => {}) {
  const telling = notices.tell(lobby, 11);
  meanwhile();
  answer(false);
  await telling;
}

test('What was deleted or read while the other tabs were asked is not told', async () => {
  await tell(gone);
  expect(shown).toEqual([]);
  message = { ...message!, body: 'secret' };
  await tell(() => void (read = 11));
  expect(shown).toEqual([]);
});

test('What was deleted while the system was asked to show it does not stay', async () => {
  let displayed!: () => void;
  display = new Promise((resolve) => (displayed = resolve));
  const telling = tell();
  await Promise.resolve();
  gone();
  await notices.heard(remove);
  displayed();
  await telling;
  expect(shown.at(-1)).toBe('closed');
  expect(shown.filter((what) => what === 'closed').length).toBe(2);
});

test.each([['deleted', remove], ['erased', erase]])('What is %s afterwards goes', async (_, event) => {
  await tell();
  gone();
  await notices.heard(event);
  expect(shown).toEqual(['new: secret', 'closed']);
});

test('What is edited is told as it is now, without another call', async () => {
  await tell();
  message = { ...message!, body: 'better' };
  await notices.heard(edit);
  await notices.heard({ ...edit, target: 3 });
  expect(shown).toEqual(['new: secret', 'same: better']);
});

test('What an earlier tab told of goes when it is read, and when it is deleted although it is not held', async () => {
  notices.takeOver(lobby, 11);
  message = undefined;
  await notices.heard({ ...remove, target: 3 });
  expect(shown).toEqual([]);
  await notices.heard(remove);
  notices.takeOver(lobby, 11);
  read = 11;
  notices.closeRead();
  expect(shown).toEqual(['closed', 'closed']);
});
