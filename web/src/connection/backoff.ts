const firstCeiling = 500;
const lastCeiling = 30_000;

/** Full jitter: a random time between 0 and min(30 s, 0.5 s × 2ⁿ), so that a restart is not met by everyone at once. */
export function fullJitter(attempt: number, random: () => number): number {
  return random() * Math.min(lastCeiling, firstCeiling * 2 ** attempt);
}
