import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js';
import type { Workspace } from '../model/workspace';
import type { Room } from '../model/room';
import type { RoomId } from '../wire/types';

export interface Route {
  /** The room that is open. */
  readonly room: Accessor<Room | undefined>;
  readonly id: Accessor<RoomId | undefined>;
  /** A room that was just made may still be on its way; it opens as soon as it is here. */
  readonly open: (id: RoomId) => void;
}

/** The open room stands in the address (`#lobby`), so that reload, back and bookmarks work. */
export function createRoute(workspace: Workspace): Route {
  const [wanted, setWanted] = createSignal(fromAddress());
  const follow = () => setWanted(fromAddress());
  addEventListener('hashchange', follow);
  onCleanup(() => removeEventListener('hashchange', follow));

  const room = createMemo(() => {
    const rooms = [...workspace.rooms().values()];
    return rooms.find((room) => room.id === wanted() || room.slug === wanted())
      ?? rooms.find((room) => room.slug === 'lobby')
      ?? rooms[0];
  });
  return {
    room,
    id: createMemo(() => room()?.id),
    open(id) {
      setWanted(id);
      history.pushState(null, '', `#${encodeURIComponent(workspace.room(id)?.slug ?? id)}`);
    },
  };
}

function fromAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}
