const hour = 3_600_000;

const lengths = { hour, day: 24 * hour, week: 7 * 24 * hour, ever: null } as const;

export type Duration = keyof typeof lengths;

export const durations = Object.keys(lengths) as Duration[];

/** When something ends that begins now, in milliseconds since 1970 UTC; null: when somebody ends it. */
export function endOf(duration: Duration, now: number): number | null {
  const length = lengths[duration];
  return length === null ? null : now + length;
}
