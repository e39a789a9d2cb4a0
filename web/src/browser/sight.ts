import type { RoomId } from '../wire/types';

/** Milliseconds that another tab has to say that it shows a room: one in sight answers in a few. */
const patience = 200;

type Word = { readonly op: 'who' | 'here'; readonly room: RoomId };

/** Whether a room is before somebody's eyes, in this tab or in another. Asked each time: a tab that crashed answers for nothing. */
export class Sight {
  readonly #channel = new BroadcastChannel('minato.sight');
  readonly #inSight: () => RoomId | undefined;

  /** @param inSight The room that this tab shows; undefined while nobody sees the tab. */
  constructor(inSight: () => RoomId | undefined) {
    this.#inSight = inSight;
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      if (data.op === 'who' && data.room === inSight()) this.#say({ op: 'here', room: data.room });
    });
  }

  async sees(room: RoomId): Promise<boolean> {
    if (this.#inSight() === room) return true;
    return await new Promise((resolve) => {
      const timer = setTimeout(() => answer(false), patience);
      const heard = ({ data }: MessageEvent<Word>) => data.op === 'here' && data.room === room && answer(true);
      const answer = (sees: boolean) => {
        clearTimeout(timer);
        this.#channel.removeEventListener('message', heard);
        resolve(sees);
      };
      this.#channel.addEventListener('message', heard);
      this.#say({ op: 'who', room });
    });
  }

  close(): void {
    this.#channel.close();
  }

  #say(word: Word): void {
    this.#channel.postMessage(word);
  }
}
