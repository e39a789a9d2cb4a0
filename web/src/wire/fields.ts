/** A frame that is not what the protocol says. `message` names the field. */
export class Malformed extends Error {}

/** Reads the fields of one JSON object, each by the type the protocol gives it. */
export class Fields {
  readonly #source: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed('not an object');
    this.#source = value as Record<string, unknown>;
  }

  text<T extends string = string>(name: string): T {
    const value = this.#source[name];
    if (typeof value !== 'string') throw new Malformed(`${name} is not a string`);
    return value as T;
  }

  /** A sequence number, a count, a time or a duration. */
  count(name: string): number {
    const value = this.#source[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Malformed(`${name} is not a count`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#source[name];
    if (typeof value !== 'boolean') throw new Malformed(`${name} is not true or false`);
    return value;
  }

  object<T>(name: string, read: (fields: Fields) => T): T {
    return read(new Fields(this.#source[name]));
  }

  list<T>(name: string, read: (fields: Fields) => T): T[] {
    return this.#array(name).map((item) => read(new Fields(item)));
  }

  texts<T extends string = string>(name: string): T[] {
    return this.#array(name).filter((item): item is T => typeof item === 'string');
  }

  isNull(name: string): boolean {
    return this.#source[name] === null;
  }

  /** Undefined where the field is absent. */
  optional<T>(name: string, read: (name: string) => T): T | undefined {
    return this.#source[name] === undefined ? undefined : read(name);
  }

  #array(name: string): unknown[] {
    const value = this.#source[name];
    if (!Array.isArray(value)) throw new Malformed(`${name} is not a list`);
    return value;
  }
}
