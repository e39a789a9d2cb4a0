import type { ServerFrame } from '../wire/server-frames';
import type { RoomId } from '../wire/types';

/** What is held of the server's rooms. The connection asks it where each room stands, and gives it every frame. */
export interface Replica {
  /** The last `seq` applied of each room held. */
  cursors(): Readonly<Record<RoomId, number>>;
  /** `gap` says that an event is missing before this one: what is held can only be made whole by a resume. */
  accept(frame: ServerFrame): 'ok' | 'gap';
}

export type Verdict = 'apply' | 'drop' | 'gap';

/** The rule of the protocol: `last + 1` is applied, what is older was seen already, what is newer misses something. */
export function judge(last: number, seq: number): Verdict {
  if (seq <= last) return 'drop';
  return seq === last + 1 ? 'apply' : 'gap';
}
