import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { settle } from '../../model/finding/settle';
import { unread, type Room } from '../../model/room';
import type { RoomId } from '../../wire/types';
import { useApp } from '../context';
import { KeptList } from '../kept-list';

export type Section = 'rooms' | 'directs';

/** Direct rooms whose order by the last message is remembered; what is older stands by when it was made. */
const remembered = 100;
const foldedKey = 'minato.sidebar.folded';

export interface RoomOrder {
  /** What is shown of a section: of a folded one only what is unread or open. */
  readonly shown: (section: Section) => readonly RoomId[];
  readonly all: Accessor<readonly RoomId[]>;
  readonly isFolded: (section: Section) => boolean;
  readonly fold: (section: Section) => void;
  /** While somebody's hand is on the list, nothing moves under it. */
  readonly hold: (held: boolean) => void;
}

/** The rooms as they stand in the list: rooms by name, direct ones by the last message. */
export function createOrder(): RoomOrder {
  const { client, keys, language, route, titleOf } = useApp();
  const { workspace } = client;
  const recent = new KeptList<RoomId>(keys, 'directs', remembered);
  const [held, hold] = createSignal(false);
  const [folded, setFolded] = createSignal<readonly string[]>(keys.get(foldedKey)?.split(' ') ?? []);
  const collator = createMemo(() => new Intl.Collator(language()));

  // A room is a new value at each event. Its place hangs on its title only: nothing is sorted anew before one of those changes.
  const titled = createMemo(() => [...workspace.rooms().values()].map((room) => ({ id: room.id, direct: room.kind === 'direct', title: titleOf(room), lobby: room.slug === 'lobby' })), [], {
    equals: (a, b) => a.length === b.length && a.every((room, at) => room.id === b[at]!.id && room.title === b[at]!.title),
  });
  const byName = createMemo(() => titled().filter(({ direct }) => !direct)
    .sort((a, b) => Number(b.lobby) - Number(a.lobby) || collator().compare(a.title, b.title)).map(({ id }) => id));
  const byRecency = createMemo(() => {
    const places = new Map(recent.items().map((id, at) => [id, at]));
    const place = (id: RoomId) => places.get(id) ?? Infinity;
    // Ids are UUIDv7: the later one was made later.
    return titled().filter(({ direct }) => direct).map(({ id }) => id).sort((a, b) => (place(a) === place(b) ? (a < b ? 1 : -1) : place(a) - place(b)));
  });
  const settled = (fresh: Accessor<readonly RoomId[]>) => createMemo<readonly RoomId[]>((before) => (held() ? settle(before, fresh()) : fresh()), []);
  const sections: Record<Section, Accessor<readonly RoomId[]>> = { rooms: settled(byName), directs: settled(byRecency) };

  const count = (id: RoomId) => {
    const room = workspace.room(id);
    return room === undefined ? 0 : unread(room);
  };
  const isFolded = (section: Section) => folded().includes(section);
  const visible = (section: Section) => createMemo(
    () => (isFolded(section) ? sections[section]().filter((id) => count(id) > 0 || id === route.id()) : sections[section]()),
    [], { equals: (a, b) => a.length === b.length && a.every((id, at) => id === b[at]) },
  );
  const shown: Record<Section, Accessor<readonly RoomId[]>> = { rooms: visible('rooms'), directs: visible('directs') };

  // Something was said: now, or while one was away.
  onCleanup(workspace.listen((event) => event.type === 'post' && isDirect(workspace.room(event.room)) && recent.touch(event.room)));
  const news = createMemo(() => byRecency().filter((id) => count(id) > 0), [], { equals: (a, b) => a.join() === b.join() });
  createEffect(on(news, (now, before) => untrack(() => {
    for (const id of [...now].reverse()) if (!before?.includes(id)) recent.touch(id);
  })));
  return {
    shown: (section) => shown[section](),
    all: () => [...shown.rooms(), ...shown.directs()],
    isFolded,
    fold(section) {
      setFolded(isFolded(section) ? folded().filter((other) => other !== section) : [...folded(), section]);
      keys.set(foldedKey, folded().join(' '));
    },
    hold,
  };
}

function isDirect(room: Room | undefined): boolean {
  return room?.kind === 'direct';
}
