/** The list as it stood, without what is gone, and with what is new before it: nothing moves that is in both. */
export function settle<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  const held = new Set(before);
  const there = new Set(now);
  return [...now.filter((item) => !held.has(item)), ...before.filter((item) => there.has(item))];
}

/** The next item after one in a list that goes round, of those that are wanted; undefined where there is no other. */
export function neighbour<T>(items: readonly T[], from: T | undefined, step: 1 | -1, isWanted: (item: T) => boolean = () => true): T | undefined {
  const start = from === undefined ? -1 : items.indexOf(from);
  const first = start === -1 ? (step === 1 ? 0 : items.length - 1) : start + step;
  for (let n = 0; n < items.length; n++) {
    const item = items[(first + step * n + items.length * 2) % items.length]!;
    if (item !== from && isWanted(item)) return item;
  }
  return undefined;
}
