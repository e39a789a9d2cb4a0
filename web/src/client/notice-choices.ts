import { createSignal } from 'solid-js';
import { notifies, usualWish, type Notify } from '../model/notify';
import type { Room } from '../model/room';
import type { KeyValue } from '../outbox/key-value';

const prefix = 'minato.notify';

/** Of what one wants to be told on this device. Each tab reads anew what another may have changed. */
export class NoticeChoices {
  readonly #keys: KeyValue;
  readonly #changed = createSignal(undefined, { equals: false });

  constructor(keys: KeyValue) {
    this.#keys = keys;
  }

  /** Null until somebody was asked: a page asks once, and again only in the settings. */
  get isOn(): boolean | null {
    const on = this.#get('');
    return on === null ? null : on === 'on';
  }

  set isOn(on: boolean) {
    this.#set('', on ? 'on' : 'off');
  }

  get hasSound(): boolean {
    return this.#get('.sound') === 'on';
  }

  set hasSound(on: boolean) {
    this.#set('.sound', on ? 'on' : 'off');
  }

  of(room: Pick<Room, 'id' | 'kind'>): Notify {
    const chosen = this.#get(`.${room.id}`);
    return notifies.find((wish) => wish === chosen) ?? usualWish(room);
  }

  choose(room: Pick<Room, 'id' | 'kind'>, wish: Notify): void {
    if (wish !== usualWish(room)) return this.#set(`.${room.id}`, wish);
    this.#keys.remove(`${prefix}.${room.id}`);
    this.#changed[1]();
  }

  #get(name: string): string | null {
    this.#changed[0]();
    return this.#keys.get(prefix + name);
  }

  #set(name: string, value: string): void {
    this.#keys.set(prefix + name, value);
    this.#changed[1]();
  }
}
