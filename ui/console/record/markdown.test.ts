import { expect, it } from "vitest";
import { MARKDOWN } from "../fixtures/texts";
import { blocks } from "./markdown";

it("reads headings, tables, lists and quotes of the record", () => {
  const found = blocks(MARKDOWN);
  expect(found[0]).toEqual({ type: "heading", level: 1, text: "Checkout errors after the client upgrade" });
  expect(found.find(({ type }) => type === "table")).toMatchObject({
    head: ["Fact", ""],
    rows: [
      ["Severity", "SEV2"],
      ["Services", "checkout, payments"],
      ["Time to detect", "4 min"],
      ["Time to mitigate", "33 min"],
    ],
  });
  expect(found.find(({ type }) => type === "list")).toMatchObject({
    ordered: false,
    items: [expect.stringContaining("six minutes"), expect.stringContaining("first support case")],
  });
  expect(found.at(-1)).toEqual({ type: "quote", text: "Luck is not a safeguard." });
});

it("takes marks and escapes out, and leaves names with underscores alone", () => {
  expect(
    blocks("**Owner:** Jo \\*Park\\* set `max_connections` in [the ticket](https://tracker.example/1)"),
  ).toEqual([{ type: "text", text: "Owner: Jo *Park* set max_connections in the ticket" }]);
});

it("never loses a line that it does not recognise", () => {
  expect(blocks("#hash\n\n1 of 3")).toEqual([
    { type: "text", text: "#hash" },
    { type: "text", text: "1 of 3" },
  ]);
});
