import { batch, createComputed, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { shownRun } from '../../model/excerpt';
import { mayNameFiles } from '../../model/file-link';
import type { Room } from '../../model/room';
import { came } from '../../model/window';
import type { Message } from '../../wire/types';

/** How many messages may come at once and be shown at once. */
const few = 4;
/** How many lines are made before the clock is looked at, and milliseconds after which whoever types goes first. */
const step = 2;
const slice = 6;
/** What took so long to make stays on the screen so many times as long, up to so many milliseconds, before more is made. */
const times = 3;
const mostStay = 500;

export interface Held {
  /** The room as it is shown: behind what it is by what is still being made. */
  readonly room: Accessor<Room>;
  /** What is shown next, as far as it is made. */
  readonly coming: Accessor<readonly Message[]>;
  /** Shows it as it is. */
  catchUp(): void;
}

/**
 * Holds a room as it was while the lines of much that came at once are made, a few at a time, so that keys are heard between; then it is
 * shown with all of them.
 * @param mayWait Whether these messages, which are its newest, may be shown a little later.
 * @param screenful How many lines are in sight at most: of what goes by unseen none are made.
 */
export function createHeld(room: Accessor<Room>, mayWait: (came: readonly Message[]) => boolean, screenful: () => number): Held {
  const [held, setHeld] = createSignal(untrack(room));
  const [coming, setComing] = createSignal<readonly Message[]>([]);
  /** Of what comes next: making lines, or letting those stay that were made. */
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: Room) => batch(() => {
    setComing([]);
    setHeld(next);
  });
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const catchUp = () => {
    stop();
    if (held() !== room()) show(room());
  };
  const newcomers = () => {
    const messages = shownRun(room()).messages;
    return messages.slice(messages.length - came(messages, shownRun(held()).messages));
  };
  const isAtOnce = (came: readonly Message[]) => room().excerpt !== null || held().excerpt !== null || !mayWait(came);
  /** Shows what came: at once where it is little, else when it is made. */
  const begin = () => {
    const came = newcomers();
    if (came.length <= few || isAtOnce(came)) return catchUp();
    const next = room();
    // Pictures see from where they stand whether they are near.
    const lines = came.slice(-Math.min(came.length, screenful())).filter(({ body = '' }) => !mayNameFiles(body));
    let made = 0;
    let worked = 0;
    const make = () => {
      const began = performance.now();
      do setComing(lines.slice(0, (made += step)));
      while (made < lines.length && performance.now() - began < slice);
      worked += performance.now() - began;
      if (made < lines.length) timer = setTimeout(make);
      else {
        show(next);
        timer = setTimeout(stay, Math.min(worked * times, mostStay));
      }
    };
    timer = setTimeout(make);
  };
  const stay = () => {
    stop();
    begin();
  };
  createComputed(on(room, () => {
    if (timer === undefined) begin();
    else if (isAtOnce(newcomers())) catchUp();
  }, { defer: true }));
  onCleanup(stop);
  return { room: held, coming, catchUp };
}
