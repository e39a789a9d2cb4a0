import { createEffect, createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import { isOpenAs, readAddress, roomAddress, type Wanted } from '../model/address';
import type { Room } from '../model/room';
import type { Workspace } from '../model/workspace';
import type { RoomId } from '../wire/types';
import { Places, type Place } from './places';

/** A message that somebody wants to see. A new one each time, also of the same message. */
export interface Target extends Place {
  readonly room: RoomId;
}

export interface Route {
  /** The room that is open. */
  readonly room: Accessor<Room | undefined>;
  readonly id: Accessor<RoomId | undefined>;
  /** The message that the address names, where it names one of the open room. */
  readonly target: Accessor<Target | null>;
  /** A room that was just made may still be on its way; it opens as soon as it is here. */
  readonly open: (id: RoomId) => void;
  /** Opens the room with this message in sight, however far back it is. */
  readonly openAt: (id: RoomId, seq: number) => void;
  /** The address of a message, to be passed on: whoever may see it is led to it. */
  readonly permalink: (id: RoomId, seq: number) => string;
  /** What the address asks for, where that is no room that one is in: never of one that was left while it was open. */
  readonly missing: Accessor<Wanted | null>;
  /** What the address asks for is this room, by a name that it had: the address says the present one. */
  readonly found: (id: RoomId) => void;
  /** Makes a step of what lies over the room, so that the way back closes it. */
  readonly cover: () => void;
  /** Tells whom to ask where one is when one goes elsewhere, so that the way back leads there. */
  readonly whereabouts: (ask: () => Place) => void;
}

/** By an address, or by the page itself, which may know of a room before it is here. */
interface Asked extends Wanted {
  readonly isAddress?: boolean;
  readonly place?: Place | undefined;
}

/** What is open stands in the address (`#lobby`, `#lobby/41`), so that reload, back, bookmarks and permalinks work. */
export function createRoute(workspace: Workspace): Route {
  const [wanted, setWanted] = createSignal<Asked>({ ...readAddress(location.hash), isAddress: true }, { equals: false });
  const places = new Places();
  // Both are told of some steps, and only one of others.
  const follow = () => places.moved() && setWanted({ ...readAddress(location.hash), isAddress: true, place: places.here });
  for (const step of ['hashchange', 'popstate']) addEventListener(step, follow);
  onCleanup(() => ['hashchange', 'popstate'].forEach((step) => removeEventListener(step, follow)));

  /** What was asked for last and is here, and where it led: a room that is called otherwise meanwhile stays open. */
  let led: { readonly asked: Asked; readonly id: RoomId } | null = null;
  const room = createMemo(() => {
    const rooms = [...workspace.rooms().values()];
    const asked = wanted();
    const found = rooms.find((room) => isOpenAs(room, asked)) ?? (led?.asked === asked ? workspace.room(led.id) : undefined);
    if (found !== undefined) led = { asked, id: found.id };
    return found
      ?? rooms.find((room) => room.slug === 'lobby')
      ?? rooms[0];
  });
  const id = createMemo(() => room()?.id);
  createEffect<Pick<Room, 'id' | 'slug'> | undefined>((was) => {
    const now = room();
    const { room: named, seq } = readAddress(location.hash);
    if (now?.slug !== undefined && was?.id === now.id && was.slug !== now.slug && named === was.slug) places.rename(roomAddress(now.slug, seq));
    return now;
  });
  const target = createMemo(() => {
    const { seq, place } = wanted();
    const open = id() === undefined ? undefined : untrack(room);
    if (open === undefined || !isOpenAs(open, untrack(wanted))) return null;
    if (place !== undefined) return { room: open.id, ...place };
    return seq === undefined ? null : { room: open.id, seq };
  });
  let lastFound: Wanted | null = null;
  const missing = createMemo(() => {
    const asked = wanted();
    if ([...workspace.rooms().values()].some((room) => isOpenAs(room, asked))) lastFound = asked;
    return asked.isAddress && asked.room !== '' && asked !== lastFound ? asked : null;
  });
  const go = (wanted: Wanted, address: string) => {
    // Once more to where one is should not be a step of its own on the way back.
    if (address !== location.hash) places.step(address);
    setWanted(wanted);
  };
  const addressOf = (id: RoomId, seq?: number) => roomAddress(workspace.room(id)?.slug ?? id, seq);
  return {
    room,
    id,
    target,
    missing,
    found: (id) => {
      const { seq } = untrack(wanted);
      places.rename(addressOf(id, seq));
      setWanted({ room: id, seq });
    },
    cover: () => places.cover(),
    open: (id) => go({ room: id }, addressOf(id)),
    openAt: (id, seq) => go({ room: id, seq }, addressOf(id, seq)),
    whereabouts: (ask) => places.ask(ask),
    permalink: (id, seq) => location.origin + location.pathname + addressOf(id, seq),
  };
}
