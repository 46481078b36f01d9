import { expect, it } from "vitest";
import { QUIET_ZONE, qrPath, qrSide } from "./qr";

/** Reads a path back into rows, as a renderer would fill it. */
function filled(path: string, side: number): string[] {
  const grid = Array.from({ length: side }, () => Array<string>(side).fill("0"));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let step = 0; step < Number(width); step += 1) grid[Number(y)]![Number(x) + step] = "1";
  }
  return grid.map((row) => row.join(""));
}

it("the path covers the dark modules and nothing else, with four light modules around", () => {
  const rows = ["1101", "0110", "1011", "0001"];
  const side = qrSide(rows);
  expect(side).toBe(12);

  const drawn = filled(qrPath(rows), side);
  expect(drawn.slice(QUIET_ZONE, -QUIET_ZONE).map((row) => row.slice(QUIET_ZONE, -QUIET_ZONE))).toEqual(rows);
  expect(drawn.join("").replaceAll("0", ""), "no dark module in the quiet zone").toHaveLength(9);
});
