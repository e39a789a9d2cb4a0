/** The value below which this part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const ms = (value: number) => `${value.toFixed(1)} ms`;

/** One frame at 60 Hz, and half a millisecond for the clock's own grain. */
const frame = 1_000 / 60 + 0.5;

export function frames(values: readonly number[]): string {
  const late = values.filter((value) => value > frame).length;
  return `p50 ${ms(median(values))}, p95 ${ms(quantile(values, 0.95))}, longest ${ms(Math.max(...values))}; ${late} of ${values.length} frames late (${(late / values.length * 100).toFixed(1)} %)`;
}
