import { createSignal } from 'solid-js';
import type { User, UserId } from '../wire/types';

/** Nicks that changed after the frames that carry them were sent: older messages show the new one, too. */
export class Names {
  readonly #changed = createSignal<ReadonlyMap<UserId, string>>(new Map());
  /** The newest nick of everybody whose messages were met, and when it was theirs. */
  readonly #met = new Map<UserId, { readonly nick: string; readonly ts: number }>();
  /** The newest time that was told, in milliseconds since 1970 UTC by the server's clock. */
  #latest = 0;

  of(user: User): string {
    return this.#changed[0]().get(user.id) ?? user.nick;
  }

  /** This is their nick now. */
  renamed({ id, nick }: User): void {
    this.#met.set(id, { nick, ts: this.#latest });
    this.#change(id, nick);
  }

  /**
   * Somebody has said something. Only who was met under another nick has changed it: then the newer one is it, in whatever order they
   * were told.
   * @param ts When the nick was theirs. An event says the one of its time; a page of history the one of today, and no time is given here.
   */
  seen({ id, nick }: User, ts = this.#latest): void {
    const known = this.#met.get(id);
    this.#latest = Math.max(this.#latest, ts);
    if (known === undefined || ts >= known.ts) this.#met.set(id, { nick, ts });
    if (known !== undefined && known.nick !== nick) this.#change(id, this.#met.get(id)!.nick);
  }

  #change(id: UserId, nick: string): void {
    if (this.#changed[0]().get(id) !== nick) this.#changed[1](new Map(this.#changed[0]()).set(id, nick));
  }
}
