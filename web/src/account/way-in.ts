import { createSignal } from 'solid-js';

/** The secret of a link into a room, from when somebody opened it until they are in, or know that it lets nobody in. In memory only. */
export class WayIn {
  readonly #secret = createSignal<string | null>(null);
  readonly #agreed = createSignal<string | null>(null);

  readonly secret = this.#secret[0];

  found(secret: string): void {
    this.#secret[1](secret);
  }

  /** Somebody made their account by a form that said where it leads: they need not be asked once more. */
  agree(secret: string): void {
    this.#agreed[1](secret);
  }

  isAgreed(secret: string): boolean {
    return this.#agreed[0]() === secret;
  }

  /** Another link may have been opened since. */
  done(secret: string): void {
    if (this.secret() === secret) this.#secret[1](null);
  }
}
