import { describe, expect, it } from "vitest";
import type { ResultRow } from "../shared/bindings/ResultRow";
import { resultLines } from "./result";

function row(dots: number, marks: Partial<ResultRow> = {}): ResultRow {
  const proposal = `p${dots}` as unknown as ResultRow["proposal"];
  return { proposal, text: "", dots, supporters: dots, chosen: false, tied: false, ...marks };
}

describe("resultLines", () => {
  it("shows every row that has a line", () => {
    expect(resultLines([row(3), row(2), row(1)], 3)).toMatchObject({ shown: { length: 3 }, rest: undefined });
  });

  it("never lets the line for the rest stand for one row", () => {
    const { shown, rest } = resultLines([row(4), row(3), row(2), row(1)], 3);
    expect(shown).toHaveLength(2);
    expect(rest).toBe("2 more with 1–2 dots");
  });

  it.each([
    [[0, 0], "2 more with 0 dots"],
    [[1, 1], "2 more with 1 dot"],
    [[1, 0], "2 more with 0–1 dots"],
  ])("says the dots of the rest, %j, as %s", (dots, words) => {
    expect(resultLines([row(9), ...dots.map((count) => row(count))], 2).rest).toBe(words);
  });

  it("says when one of the rest is tied or chosen", () => {
    const rows = [row(9), row(3, { chosen: true }), row(3, { tied: true }), row(0)];
    expect(resultLines(rows, 2).rest).toBe("3 more with 0–3 dots, 1 chosen, 1 tied");
  });
});
