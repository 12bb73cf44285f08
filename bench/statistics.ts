/** The value that a share `p` (0 to 1) of the values do not pass. @throws RangeError for no values */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)];
  if (value === undefined) throw new RangeError('There is no percentile of nothing.');
  return value;
}

/** The one in the middle, or the mean of the two that are. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (percentile(sorted, 0.5) + percentile(sorted.toReversed(), 0.5 + 0.5 / Math.max(sorted.length, 1))) / 2;
}

/** A median with its range: what a figure of several rounds is made of. */
export function ofRounds(values: readonly number[]): { value: number; range: readonly [number, number] } {
  return { value: median(values), range: [Math.min(...values), Math.max(...values)] };
}
