import { beforeEach, expect, test } from 'vitest';
import { RoomKeeper, type KeptChange, type KeptStore, type Stored } from '../../src/client/room-keeper';
import { keeping, worthKeeping } from '../../src/model/kept';
import { append } from '../../src/model/log';
import { enter, type Room } from '../../src/model/room';
import { Workspace } from '../../src/model/workspace';
import type { WelcomeFrame } from '../../src/wire/server-frames';
import type { RoomId, UserId } from '../../src/wire/types';
import { FakeClock } from '../support/fake-clock';
import { info, lobby, me, post, welcome } from '../support/frames';
import { MemoryKeys } from '../support/memory-keys';

class MemoryStore implements KeptStore {
  stored: Stored | null = null;
  saves: KeptChange[] = [];

  load = () => Promise.resolve(structuredClone(this.stored));

  save(change: KeptChange) {
    this.saves.push(change);
    const rooms = new Map((change.anew ? [] : this.stored?.rooms ?? []).map((room) => [room.id, room]));
    for (const room of change.changed) rooms.set(room.id, room);
    for (const id of change.gone) rooms.delete(id);
    this.stored = structuredClone({ ...change.head, rooms: [...rooms.values()] });
    return Promise.resolve();
  }

  clear() {
    this.stored = null;
    return Promise.resolve();
  }
}

let store: MemoryStore;
let keys: MemoryKeys;
let clock: FakeClock;

beforeEach(() => {
  store = new MemoryStore();
  keys = new MemoryKeys();
  clock = new FakeClock();
});

const keeper = (build = 'a.js') => new RoomKeeper({ store, keys, clock, build });
const welcomed = (fields: object = {}) => {
  const workspace = new Workspace();
  workspace.welcome(welcome(fields) as WelcomeFrame);
  return workspace;
};
/** A page in which the welcome has come, and which has told its keeper so. */
const online = (fields: object = {}) => {
  const page = { keeper: keeper(), workspace: welcomed(fields) };
  page.keeper.follow('online');
  page.keeper.changed(page.workspace);
  return page;
};
const stored = () => store.stored?.rooms.flatMap((room) => room.messages.map((message) => message.body)) ?? null;

test('what was said is there at the next start, after a moment', async () => {
  const { keeper: first, workspace } = online();
  workspace.event(post(11));
  first.changed(workspace);
  clock.advance(3_000);
  const kept = (await keeper().load())!;
  expect(kept.you).toEqual({ id: me, nick: 'alice', guest: true });
  expect(kept.rooms.map(({ last, messages }) => [last, messages.map(({ body }) => body)])).toEqual([[11, ['body 11']]]);

  const restored = new Workspace();
  restored.restore(kept);
  expect(restored.cursors()).toEqual({ [lobby]: 11 });
  expect(restored.isStale(lobby)).toBe(true);
});

test('only rooms that changed are written again', async () => {
  const garden = 'garden-id' as RoomId;
  const { keeper: first, workspace } = online({ rooms: [info(), info({ id: garden, slug: 'garden' })] });
  await first.write(workspace);
  workspace.event(post(11));
  await first.write(workspace);
  workspace.remove(garden);
  await first.write(workspace);
  expect(store.saves.map(({ anew, changed, gone }) => [anew, changed.map(({ id }) => id), gone])).toEqual([
    [true, [lobby, garden], []], [false, [lobby], []], [false, [], [garden]],
  ]);
});

test('a restored page writes no more than what changed, and takes away what it does not hold any more', async () => {
  const garden = 'garden-id' as RoomId;
  await (async ({ keeper, workspace }) => await keeper.write(workspace))(online({ rooms: [info(), info({ id: garden, slug: 'garden' })] }));
  const second = keeper();
  const workspace = new Workspace();
  workspace.restore((await second.load())!);
  workspace.welcome(welcome() as WelcomeFrame);
  second.follow('online');
  second.changed(workspace);
  await second.write(workspace);
  expect(store.saves.at(-1)!.gone).toEqual([garden]);
  expect(store.stored!.rooms.map(({ id }) => id)).toEqual([lobby]);
});

test('whoever logs out leaves nothing, also by a tab that has not heard of it', async () => {
  const first = online();
  const other = online();
  await first.keeper.write(first.workspace);
  expect(store.stored).not.toBeNull();
  first.keeper.forget();
  other.workspace.event(post(11));
  other.keeper.changed(other.workspace);
  await other.keeper.write(other.workspace);
  first.keeper.changed(first.workspace);
  await first.keeper.write(first.workspace);
  expect(store.stored).toBeNull();
  expect(await keeper().load()).toBeNull();
});

test('a refusal erases what is kept', async () => {
  const { keeper: first, workspace } = online();
  await first.write(workspace);
  const next = keeper();
  expect(await next.load()).not.toBeNull();
  next.follow('refused');
  expect(store.stored).toBeNull();
});

test('somebody else starts with nothing of the one before, and who is nobody yet keeps nothing', async () => {
  const { keeper: first, workspace } = online();
  workspace.event(post(11));
  await first.write(workspace);
  expect(stored()).toEqual(['body 11']);

  const page = { keeper: keeper(), workspace: welcomed({ you: { id: null, nick: 'guest-1', guest: true } }) };
  await page.keeper.load();
  page.keeper.follow('online');
  page.keeper.changed(page.workspace);
  expect(store.stored).toBeNull();

  page.workspace.setYou({ id: 'bob-id' as UserId, nick: 'bob', guest: true });
  page.keeper.changed(page.workspace);
  await page.keeper.write(page.workspace);
  expect(store.stored!.you.nick).toBe('bob');
  expect(stored()).toEqual([]);
});

test('another build, or a month, makes it worthless', async () => {
  const { keeper: first, workspace } = online();
  await first.write(workspace);
  expect(await keeper('b.js').load()).toBeNull();
  clock.jump(keeping.ms + 1);
  expect(await keeper().load()).toBeNull();
});

test('a disk that does not answer is not waited for', async () => {
  keys.set('minato.kept', me);
  store.load = () => new Promise<never>(() => {});
  const loading = keeper().load();
  clock.advance(400);
  expect(await loading).toBeNull();
});

const filled = (id: string, count: number, body: string, ts: number): Room => {
  let room = enter(info({ id: id as RoomId, head: 10 }));
  for (let i = 0; i < count; i++) {
    const { seq, post: number, from } = post(11 + i);
    room = { ...append(room, { seq, post: number, from, ts: ts + i, body }), last: seq };
  }
  return room;
};

test('the newest messages of a room are kept, and what was before them is to be fetched', () => {
  const [room] = worthKeeping([filled('r', 80, 'x', 0)], 0).values();
  expect(room!.messages).toHaveLength(keeping.messages);
  expect([room!.floor, room!.last]).toEqual([room!.messages[0]!.seq, 90]);
});

test('what the room does not keep any more is not kept here either', () => {
  const old = { ...filled('r', 3, 'x', 0), retention: 1 };
  const [room] = worthKeeping([old], 24 * 3_600_000 + 2).values();
  expect(room!.messages.map(({ ts }) => ts)).toEqual([2]);
});

test('all rooms together have a bound: those go in first in which something was said last, the rest without their messages', () => {
  const long = 'x'.repeat(16_384);
  const rooms = Array.from({ length: 10 }, (_, i) => filled(`r${i}`, 50, long, i * 1_000));
  const kept = [...worthKeeping(rooms, 0).values()];
  expect(kept.map(({ id, messages }) => [id, messages.length])).toEqual([
    ['r9', 50], ['r8', 50], ['r7', 50], ['r6', 0], ['r5', 0], ['r4', 0], ['r3', 0], ['r2', 0], ['r1', 0], ['r0', 0],
  ]);
  expect(kept.every(({ floor, last, messages }) => messages.length > 0 || floor === last + 1)).toBe(true);
});
