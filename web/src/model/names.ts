import { createSignal } from 'solid-js';
import type { User, UserId } from '../wire/types';

/** Nicks that changed after the frames that carry them were sent: older messages show the new one, too. */
export class Names {
  readonly #changed = createSignal<ReadonlyMap<UserId, string>>(new Map());

  of(user: User): string {
    return this.#changed[0]().get(user.id) ?? user.nick;
  }

  renamed(user: User): void {
    if (this.#changed[0]().get(user.id) !== user.nick) this.#changed[1](new Map(this.#changed[0]()).set(user.id, user.nick));
  }

  /** An event says the nick at its time; it is news only of somebody who was renamed before. */
  seen(user: User): void {
    if (this.#changed[0]().has(user.id)) this.renamed(user);
  }
}
