import { createSignal, type Accessor } from 'solid-js';
import type { ErrorFrame } from '../../wire/server-frames';
import { createAsking, type Asking } from '../dialogs/answer';

type Good<T> = Exclude<T, ErrorFrame>;

export interface Listing<T> {
  readonly asking: Asking;
  /** Null until it is here. */
  readonly answer: Accessor<Good<T> | null>;
  /** Does something about it, and looks again. Null: refused; the asking's error says why. */
  readonly change: <C extends { readonly op: string }>(request: () => Promise<C | ErrorFrame>) => Promise<Good<C> | null>;
}

/** What a tab shows of the server: asked for when it opens, and again after each change. */
export function createListing<T extends { readonly op: string }>(request: () => Promise<T | ErrorFrame>): Listing<T> {
  const asking = createAsking();
  const [answer, setAnswer] = createSignal<Good<T> | null>(null);
  const read = async () => {
    const fresh = await asking.ask(request);
    if (fresh !== null) setAnswer(() => fresh);
  };
  void read();
  return {
    asking,
    answer,
    async change<C extends { readonly op: string }>(change: () => Promise<C | ErrorFrame>) {
      const done = await asking.ask(change);
      if (done !== null) await read();
      return done;
    },
  };
}
