import type { KeptChange, KeptStore, Stored, StoredHead } from '../client/room-keeper';
import type { Room } from '../model/room';

const headKey = 'head';

/** IndexedDB, as far as the browser gives it: where it does not, nothing is kept. */
export class BrowserKeptStore implements KeptStore {
  #database: Promise<IDBDatabase> | null = null;

  async load(): Promise<Stored | null> {
    return await this.#attempt('readonly', async (store) => {
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      const head = values[keys.indexOf(headKey)] as StoredHead | undefined;
      return head === undefined ? null : { ...head, rooms: values.filter((_, i) => keys[i] !== headKey) as Room[] };
    }) ?? null;
  }

  async save({ head, anew, changed, gone }: KeptChange): Promise<void> {
    await this.#attempt('readwrite', async (store) => {
      if (anew) store.clear();
      store.put(head, headKey);
      for (const room of changed) store.put(room, room.id);
      for (const id of gone) store.delete(id);
      await ended(store.transaction);
    });
  }

  async clear(): Promise<void> {
    await this.#attempt('readwrite', async (store) => {
      store.clear();
      await ended(store.transaction);
    });
  }

  async #attempt<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => Promise<T>): Promise<T | undefined> {
    try {
      const database = await (this.#database ??= open());
      return await act(database.transaction('rooms', mode).objectStore('rooms'));
    } catch {
      // A private window, a full disk, storage that was cleared under us: the next call may do better.
      this.#database = null;
      return undefined;
    }
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('minato', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('rooms');
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

function ended(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
}
