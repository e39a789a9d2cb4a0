import { batch, createComputed, createMemo, createSignal, mapArray, on, onCleanup, type Accessor } from 'solid-js';
import { shownRun } from '../../model/excerpt';
import { firstFrom } from '../../model/messages';
import type { Room } from '../../model/room';
import { came, centred, down, followed, grown, mounted, newest, up, visible, type Window } from '../../model/window';
import { shown } from '../../outbox/entry';
import type { Message, UserId } from '../../wire/types';
import { useApp } from '../context';
import { createHeld } from './create-held';
import { createLines, type Line } from './create-lines';
import { entryRow, type Row } from './row';

/** Milliseconds without a screenful at once after which no more are expected. */
const calm = 500;

export interface Rows {
  readonly lines: Accessor<readonly Line[]>;
  /** Those that are shown next: they are made first. */
  readonly coming: Accessor<readonly Line[]>;
  /** Whether more comes at once than is in sight: then what nobody sees is not mounted at the end, and nothing above it until it is calm. */
  readonly pouring: Accessor<boolean>;
  /** Whether the newest message is among the mounted ones. */
  readonly live: Accessor<boolean>;
  /** How many that are held come before the mounted ones. */
  readonly above: Accessor<number>;
  /** Mounts so many older ones; false when all that is held is mounted. */
  up(count: number): boolean;
  /** The same for newer ones. */
  down(count: number): boolean;
  newest(): void;
  /** Mounts a message that is held and what lies around it. */
  show(seq: number): void;
}

/**
 * The mounted part of a room's log, with what is still in the outbox at its end.
 * @param pinned Whether the newest is in sight and followed.
 * @param screenful How many lines are in sight at most; Infinity: none may go.
 * @param enough How many there need be, with those above that are mounted before they are reached.
 */
export function createRows(room: Accessor<Room>, pinned: Accessor<boolean>, screenful: () => number, enough: () => number): Rows {
  const { client } = useApp();
  const isMine = ({ from }: Message) => client.workspace.isMe(from.id);
  const held = createHeld(room, (came) => pinned() && !document.hidden && screenful() < Infinity && !came.some(isMine), screenful);
  const shownRoom = held.room;
  const messages = createMemo(() => shownRun(shownRoom()).messages);
  const apart = createMemo(() => shownRoom().excerpt !== null);
  const [span, setSpan] = createSignal<Window>(newest(messages()));
  const [pouring, setPouring] = createSignal(false);
  let calming = 0;
  onCleanup(() => clearTimeout(calming));
  createComputed(on(messages, (messages, before = []) => {
    const atEnd = pinned() && !apart();
    const count = came(messages, before);
    if (!atEnd || count === 0 || count < screenful()) {
      // Something came before the first line: that changes with it, so it should stand there at once.
      const met = before[0] !== undefined && before[0].seq >= span().top && firstFrom(messages, before[0].seq) > 0;
      return void setSpan((span) => {
        const next = grown(messages, span, atEnd);
        if (met) return up(messages, next, mounted.few);
        return atEnd && count > 0 ? followed(messages, next, enough()) : next;
      });
    }
    setSpan(newest(messages, screenful()));
    setPouring(true);
    clearTimeout(calming);
    calming = setTimeout(() => setPouring(false), calm);
  }));

  const me = createMemo(() => client.workspace.you()?.id ?? ('' as UserId));
  const entries = createMemo(() => client.outbox.entries().filter((entry) => entry.room === shownRoom().id && shown(entry, shownRoom().last)));
  // mapArray keeps the row of an entry that did not change, and so its element.
  const own = createMemo(mapArray(entries, (entry) => entryRow(entry, { id: me(), nick: client.workspace.you()?.nick ?? '' })));
  const live = createMemo(() => span().bottom === Infinity && !apart());
  const rows = createMemo<readonly Row[]>(() => [...visible(messages(), span()), ...(live() ? own() : [])]);
  const before = () => messages()[firstFrom(messages(), span().top) - 1];
  const { lines, coming } = createLines(rows, before, held.coming);
  const slid = (window: Window) => {
    if (window.top === span().top && window.bottom === span().bottom) return false;
    setSpan(window);
    // Far above the end of a long run: the model may let go of what lies between.
    if (!apart() && window.bottom !== Infinity) client.workspace.part(shownRoom().id, messages()[0]!.seq, window.bottom);
    return true;
  };
  return {
    live,
    above: () => firstFrom(messages(), span().top),
    pouring,
    lines,
    coming,
    up: (count) => slid(up(messages(), span(), count)),
    down: (count) => slid(down(messages(), span(), count)),
    newest: () => batch(() => {
      client.workspace.leaveExcerpt(shownRoom().id);
      held.catchUp();
      setSpan(newest(messages()));
    }),
    show: (seq) => {
      held.catchUp();
      slid(centred(messages(), seq));
    },
  };
}
