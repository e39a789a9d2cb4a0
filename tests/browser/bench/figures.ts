/** The value below which this part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const ms = (value: number) => `${value.toFixed(1)} ms`;
