import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyValue } from '../../src/outbox/key-value';

/** What localStorage is to a page: it survives a reload, and a process that was killed. One file for each key. */
export class FileKeys implements KeyValue {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'keys');
    mkdirSync(this.#folder, { recursive: true });
  }

  get(key: string): string | null {
    try {
      return readFileSync(join(this.#folder, key), 'utf8');
    } catch {
      return null;
    }
  }

  set(key: string, value: string): void {
    writeFileSync(join(this.#folder, key), value);
  }

  remove(key: string): void {
    rmSync(join(this.#folder, key), { force: true });
  }

  keys(): string[] {
    return readdirSync(this.#folder);
  }
}
