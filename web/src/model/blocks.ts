import { createSignal } from 'solid-js';
import type { UserId } from '../wire/types';

/** Whom one has blocked. The log holds what they say as it holds everything: it is folded away where it is shown. */
export class Blocks {
  readonly #blocked = createSignal<ReadonlySet<UserId>>(new Set());

  has(user: UserId): boolean {
    return this.#blocked[0]().has(user);
  }

  all(): UserId[] {
    return [...this.#blocked[0]()];
  }

  /** All of them, as a `welcome` says. */
  are(users: readonly UserId[]): void {
    this.#blocked[1](new Set(users));
  }

  changed(user: UserId, on: boolean): void {
    const blocked = new Set(this.#blocked[0]());
    if (on) blocked.add(user);
    else blocked.delete(user);
    this.#blocked[1](blocked);
  }
}
