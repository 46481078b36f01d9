// Which events of a long timeline the rail shows.

import type { RailDot } from "../shared/bindings/RailDot";

/** Dots that stay apart on a screen read from 8 m, with one silence in words between them. */
export const RAIL_DOTS = 9;

/** The part of the rail around the current event. */
export interface RailWindow {
  dots: { dot: RailDot; /** Whether its silence is written out. */ says: boolean }[];
  /** Events before the first and after the last dot. */
  before: number;
  after: number;
}

/**
 * Returns at most `size` dots with the current one as near to the middle as the ends allow.
 *
 * Only one silence is written out, the one that is nearest to the current event, its own first: two would not leave
 * room for the dots. A silence before the first dot lies outside.
 */
export function railWindow(rail: RailDot[], size = RAIL_DOTS): RailWindow {
  const current = Math.max(
    0,
    rail.findIndex((dot) => dot.current),
  );
  const start = Math.min(Math.max(0, current - Math.floor(size / 2)), Math.max(0, rail.length - size));
  const shown = rail.slice(start, start + size);
  const here = current - start;
  let said = -1;
  for (const [place, dot] of shown.entries()) {
    if (dot.gap === null || place === 0) continue;
    if (said < 0 || Math.abs(place - here) < Math.abs(said - here)) said = place;
  }
  return {
    dots: shown.map((dot, place) => ({ dot, says: place === said })),
    before: start,
    after: rail.length - start - shown.length,
  };
}
