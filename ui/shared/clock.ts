// Paints clocks between two views.
//
// A view carries what was spent at the moment of sending; the clock of the device is only asked how long ago that was,
// because phone clocks lie about the time of day. When a clock turns to warning or final is decided by the meeting and
// arrives with a view; only passing zero is painted here, so that a late view never shows a negative time.

import type { ClockView } from "./bindings/ClockView";

export type ClockState = ClockView["state"];

/**
 * Returns the milliseconds left at `now`, negative once over.
 *
 * `received` and `now` are readings of `performance.now()`; a reading before `received` counts as no time.
 */
export function remaining(clock: ClockView, received: number, now: number): number {
  const since = clock.running ? Math.max(0, now - received) : 0;
  return clock.planned_ms - clock.spent_ms - since;
}

/** Returns the share of the planned time that is spent at `now`, from 0 to 1. */
export function spentShare(clock: ClockView, received: number, now: number): number {
  if (clock.planned_ms <= 0) return 1;
  const share = 1 - remaining(clock, received, now) / clock.planned_ms;
  return Math.min(1, Math.max(0, share));
}

/**
 * Returns the state to paint at `now`: the one sent, or `over` once a running clock has passed zero.
 *
 * A clock that was stopped after its time was used up is sent as `over` and not running; it is painted as `paused`, so
 * that the room sees why its digits stand still.
 */
export function paintedState(clock: ClockView, received: number, now: number): ClockState {
  if (!clock.running) return clock.state === "armed" ? "armed" : "paused";
  return wholeSeconds(remaining(clock, received, now)) < 0 ? "over" : clock.state;
}

/** Writes milliseconds left as `6:12`, `1:05:00`, or `+1:20` once over. */
export function formatClock(ms: number): string {
  const seconds = wholeSeconds(ms);
  return seconds < 0 ? `+${formatSeconds(-seconds)}` : formatSeconds(seconds);
}

/**
 * Says in words where a clock stands: "2 min left", "last minute", "over by 1:20".
 *
 * The words change once a minute while time is left, so that nothing on the screen ticks twice.
 */
export function clockWords(state: ClockState, ms: number): string {
  const seconds = wholeSeconds(ms);
  if (state === "armed") return "not started";
  if (state === "paused") return seconds < 0 ? `paused, over by ${formatSeconds(-seconds)}` : "paused";
  if (seconds < 0) return `over by ${formatSeconds(-seconds)}`;
  if (seconds === 0) return "time is up";
  if (seconds <= 60) return "last minute";
  return `${Math.ceil(seconds / 60)} min left`;
}

/** Rounds up, so that a fresh clock shows its full time and 0:00 appears when the time is really gone. */
function wholeSeconds(ms: number): number {
  // Adding zero turns the -0 of the last fraction of a second into 0.
  return Math.ceil(ms / 1000) + 0;
}

function formatSeconds(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
