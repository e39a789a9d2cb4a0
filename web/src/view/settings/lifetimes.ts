const day = 24 * 60 * 60 * 1000;

/** When something ends that lives so many days from now, in milliseconds since 1970 UTC; null: never. */
export function endOf(days: string, now: number): number | null {
  return days === '0' ? null : now + Number(days) * day;
}
