import { expect, it } from "vitest";
import { ariaShortcut } from "./shortcut";

it.each([
  ["T", "T"],
  ["Ctrl Z", "Control+Z"],
  ["→", "ArrowRight"],
  ["+", "Plus"],
])("reads %s aloud as %s", (shown, spoken) => {
  expect(ariaShortcut(shown)).toBe(spoken);
});
