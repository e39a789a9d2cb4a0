import { createSignal } from 'solid-js';
import { withoutGone, type Counted } from '../model/thread';
import type { Workspace } from '../model/workspace';
import type { RoomId } from '../wire/types';

type InRoom = ReadonlyMap<number, Counted>;

const none: InRoom = new Map();

/** What answers a message, where its thread was held whole once: true also after that is closed, and far from what the log holds. */
export class ReplyCounts {
  readonly #counted = createSignal<ReadonlyMap<RoomId, InRoom>>(new Map());

  constructor(workspace: Workspace) {
    workspace.listen((event) => {
      const before = this.in(event.room);
      const now = withoutGone(before, event);
      if (now !== before) this.#counted[1]((all) => new Map(all).set(event.room, now));
    });
  }

  in(room: RoomId): InRoom {
    return this.#counted[0]().get(room) ?? none;
  }

  count(room: RoomId, root: number, counted: Counted): void {
    this.#counted[1]((all) => new Map(all).set(room, new Map(all.get(room)).set(root, counted)));
  }

  /** Events of this room were missed, or somebody else may see less. */
  forget(room?: RoomId): void {
    this.#counted[1]((all) => new Map([...all].filter(([other]) => room !== undefined && other !== room)));
  }
}
