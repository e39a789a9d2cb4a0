/** Small strings that survive a reload where the browser allows it, and live in memory where it does not. */
export interface KeyValue {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}
