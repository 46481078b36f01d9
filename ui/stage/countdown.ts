// The word under the big digits. The digits carry the sign and the seconds, so it does not repeat them.

import type { ClockState } from "../shared/clock";

/** Says what the digits of a countdown mean. */
export function countdownWord(state: ClockState, left: number): string {
  if (state === "armed") return "not started";
  if (state === "paused") return left <= -1000 ? "over, paused" : "left, paused";
  if (left <= -1000) return "over time";
  return left <= 0 ? "time is up" : "left";
}
