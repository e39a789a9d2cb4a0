import type { KeyValue } from '../../src/outbox/key-value';

export class MemoryKeys implements KeyValue {
  readonly map = new Map<string, string>();

  get = (key: string) => this.map.get(key) ?? null;
  set = (key: string, value: string) => void this.map.set(key, value);
  remove = (key: string) => void this.map.delete(key);
  keys = () => [...this.map.keys()];
}
