// Words about how long records are kept.

import type { Choice } from "../words";

/** The periods that are offered, in months; for ever is the empty choice. */
export const PERIODS: readonly Choice<string>[] = [
  ["12", "one year"],
  ["24", "two years"],
  ["36", "three years"],
  ["60", "five years"],
  ["84", "seven years"],
  ["120", "ten years"],
];

/** Says a period; one that is not offered, from a file written by hand, in months. */
export function periodWords(months: number | null): string {
  if (months === null) return "ever";
  return PERIODS.find(([value]) => value === String(months))?.[1] ?? `${months} months`;
}

/** The day of an instant, as a list shows it. */
export function dayOf(instant: string): string {
  const parts = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date(instant));
}
