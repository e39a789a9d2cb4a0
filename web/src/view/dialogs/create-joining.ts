import type { ErrorFrame, OkFrame } from '../../wire/server-frames';
import type { RoomInfo } from '../../wire/types';
import { useApp } from '../context';
import type { Asking } from './answer';

/** Joins a room; where it takes a key, that is asked for in a dialog of its own. Null: not joined (yet). */
export function createJoining(asking: Asking): (room: Pick<RoomInfo, 'id' | 'slug' | 'title'>) => Promise<OkFrame | null> {
  const { client, panes } = useApp();
  return async ({ id, slug, title }) => {
    let answer!: OkFrame | ErrorFrame;
    const joined = await asking.ask(async () => (answer = await client.rooms.join(id)));
    if (answer?.op === 'error' && answer.code === 'wrong_key') panes.askKey({ id, name: slug ?? title });
    return joined;
  };
}
