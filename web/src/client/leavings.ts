import type { KeyValue } from '../outbox/key-value';
import type { UserId } from '../wire/types';
import type { Drafts } from './drafts';
import { forgetRecent } from './recent';

const ownerKey = 'minato.owner';

/**
 * Drafts and lists of what was looked at lie in this browser for whoever wrote them. A session may also end from elsewhere, when nobody is here to
 * forget them: who comes back finds them, and anybody else, somebody without a name among them, does not.
 */
export class Leavings {
  readonly #keys: KeyValue;
  readonly #drafts: Drafts;

  constructor(keys: KeyValue, drafts: Drafts) {
    this.#keys = keys;
    this.#drafts = drafts;
  }

  /** To be told whenever the server says who one is. What somebody wrote before they had a name is theirs. */
  adopt(id: UserId | null): void {
    const owner = this.#keys.get(ownerKey);
    if (owner === id) return;
    if (owner !== null) {
      this.#drafts.forget();
      forgetRecent(this.#keys);
    }
    if (id === null) this.#keys.remove(ownerKey);
    else this.#keys.set(ownerKey, id);
  }
}
