/** Parts of a sum, in units of 1/`scale`: exact, whatever is multiplied. */
export type Exact = bigint;

/**
 * Whole numbers that sum to the floor of the sum of the parts: each is its part rounded down, and the largest remainders get one more
 * until the sum is reached; of equal remainders the earlier does. A whole part has no remainder and never gets more than it is.
 */
export function share(parts: readonly Exact[], scale: Exact): number[] {
  const whole = parts.map((part) => part / scale);
  let left = parts.reduce((sum, part) => sum + part, 0n) / scale - whole.reduce((sum, part) => sum + part, 0n);
  const byRemainder = parts.map((part, index) => ({ index, remainder: part % scale })).sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    whole[index]!++;
    left--;
  }
  return whole.map(Number);
}
