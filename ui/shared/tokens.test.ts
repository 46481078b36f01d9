// Computes the contrast of every pair of colours that is meant to be read, in every theme, from the token file itself.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("shared/tokens.css", "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");

const THEMES = ["light", "dark", "contrast"] as const;
const GROUNDS = ["paper", "card", "sunk"];
const SECTIONS = ["opening", "timeline", "went-well", "went-poorly", "causes", "actions", "wrap-up"].map(
  (section) => `section-${section}`,
);

function colours(theme: string): Map<string, string> {
  const block = css.split("}").find((rule) => rule.includes(`[data-theme="${theme}"]`));
  if (block === undefined) throw new Error(`no theme ${theme}`);
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name!, hex!]),
  );
}

/** Relative luminance and contrast after WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function pairs(texts: string[], grounds: string[]): [string, string][] {
  return texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground]));
}

describe("contrast", () => {
  it("is computed as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff"), "the best-known grey that just fails").toBeCloseTo(4.48, 2);
  });

  describe.each(THEMES)("%s theme", (theme) => {
    const all = colours(theme);
    const ratio = ([text, ground]: [string, string]): number => {
      const [one, other] = [all.get(text), all.get(ground)];
      if (one === undefined || other === undefined) throw new Error(`${theme} misses ${text} or ${ground}`);
      return contrast(one, other);
    };
    // In the high-contrast theme everything that is read keeps to the stricter rule.
    const read = theme === "contrast" ? 7 : 4.5;

    it("names the same colours as the light theme", () => {
      expect([...all.keys()].sort()).toEqual([...colours("light").keys()].sort());
    });

    it.each(pairs(["ink", "soft", "accent"], ["paper", "card"]))("stage: %s on %s reaches 7:1", (...pair) => {
      expect(ratio(pair)).toBeGreaterThanOrEqual(7);
    });

    it.each([
      ...pairs(["ink", "soft", "accent", "hint"], GROUNDS),
      ...pairs(["ink", "soft", "hint"], ["hint-ground"]),
      ...pairs(SECTIONS, ["paper", "card"]),
      ...pairs(["on-accent"], ["accent"]),
    ])("text: %s on %s can be read", (...pair) => {
      expect(ratio(pair)).toBeGreaterThanOrEqual(read);
    });

    it.each(pairs(["edge", ...SECTIONS], [...GROUNDS, "hint-ground"]))(
      "marks: %s on %s reaches 3:1",
      (...pair) => {
        expect(ratio(pair)).toBeGreaterThanOrEqual(3);
      },
    );
  });
});

it("reduced motion sets every duration to nothing", () => {
  const reduced = css.slice(css.indexOf("prefers-reduced-motion"));
  const durations = [...css.matchAll(/--([a-z]+):\s*\d+ms;/g)].map(([, name]) => name!);
  expect(durations.length).toBeGreaterThan(0);
  for (const name of durations) expect(reduced).toMatch(new RegExp(`--${name}:\\s*0ms;`));
});
