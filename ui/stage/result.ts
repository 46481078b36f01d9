// Brings a vote with many options to the lines that can be read from the back of the room.

import type { ResultRow } from "../shared/bindings/ResultRow";
import { counted } from "./words";

/** Above this, dots are drawn as a bar: nobody counts more at a glance. */
export const DOTS_DRAWN = 8;

export interface ResultLines {
  shown: ResultRow[];
  /** One line for what was left out, in words; none when everything is shown. */
  rest: string | undefined;
}

/** Returns the rows to show within `lines`, the line for the rest included; that line never stands for a single row. */
export function resultLines(rows: ResultRow[], lines: number): ResultLines {
  if (rows.length <= lines) return { shown: rows, rest: undefined };
  return { shown: rows.slice(0, lines - 1), rest: restWords(rows.slice(lines - 1)) };
}

function restWords(rows: ResultRow[]): string {
  const dots = rows.map((row) => row.dots);
  const [fewest, most] = [Math.min(...dots), Math.max(...dots)];
  const range = fewest === most ? counted(most, "dot") : `${fewest}–${most} dots`;
  const tied = rows.filter((row) => row.tied).length;
  const chosen = rows.filter((row) => row.chosen).length;
  const marks = [chosen > 0 ? `, ${chosen} chosen` : "", tied > 0 ? `, ${tied} tied` : ""].join("");
  return `${rows.length} more with ${range}${marks}`;
}
