import type { User, UserId } from '../../wire/types';
import { nickKey } from './nick-key';

/** People remembered; who was met longest ago goes first. */
const most = 5_000;

/**
 * The names that were met, so that the longest of them counts where a message names somebody. A name that this page has never met
 * cannot count: then a shorter one may, until the server is asked (`mentions`).
 */
export class Nicks {
  readonly #byKey = new Map<string, UserId>();
  readonly #byUser = new Map<UserId, { readonly nick: string; readonly key: string }>();

  readonly byKey = (key: string): UserId | undefined => this.#byKey.get(key);

  met({ id, nick }: User): void {
    const known = this.#byUser.get(id);
    if (known?.nick === nick) return;
    const key = nickKey(nick);
    if (known !== undefined) this.#drop(id, known.key);
    this.#byUser.set(id, { nick, key });
    this.#byKey.set(key, id);
    const [oldest] = this.#byUser;
    if (this.#byUser.size > most) this.#drop(oldest![0], oldest![1].key);
  }

  #drop(id: UserId, key: string): void {
    this.#byUser.delete(id);
    if (this.#byKey.get(key) === id) this.#byKey.delete(key);
  }
}
