// Words for the exit poll.

/** Below this many answers only totals are shown, so that nobody's answer can be guessed. */
export const SMALLEST_DETAIL = 5;

/** Says how freely people could speak, from how often each of 1 to 5 was given: `7 of 9 gave 4 or 5 of 5`. */
export function freelyWords(given: readonly number[]): string {
  const all = given.reduce((sum, count) => sum + count, 0);
  const high = (given[3] ?? 0) + (given[4] ?? 0);
  return `${high} of ${all} gave 4 or 5 of 5`;
}
