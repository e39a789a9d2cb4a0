import { createSignal, type Signal } from 'solid-js';
import type { KeyValue } from '../../outbox/key-value';

export type EnterChoice = 'sends' | 'breaks';

const key = 'minato.enter';
const signals = new WeakMap<KeyValue, Signal<EnterChoice>>();

function signalOf(keys: KeyValue): Signal<EnterChoice> {
  const known = signals.get(keys) ?? createSignal<EnterChoice>(keys.get(key) === 'breaks' ? 'breaks' : 'sends');
  signals.set(keys, known);
  return known;
}

/** What Enter does in this browser. */
export function enterChoice(keys: KeyValue): EnterChoice {
  return signalOf(keys)[0]();
}

export function chooseEnter(keys: KeyValue, choice: EnterChoice): void {
  keys.set(key, choice);
  signalOf(keys)[1](choice);
}
