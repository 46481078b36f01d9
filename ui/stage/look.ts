// How a stage looks: chosen per projector, not per meeting.

export const THEMES = ["light", "dark", "contrast"] as const;
export const SIZES = ["s", "m", "l"] as const;

export interface Look {
  theme: (typeof THEMES)[number];
  size: (typeof SIZES)[number];
}

/** Reads the look from the attributes of a page's root element; what is not known there is light and medium. */
export function lookOf(root: { dataset: DOMStringMap }): Look {
  return {
    theme: THEMES.find((theme) => theme === root.dataset["theme"]) ?? "light",
    size: SIZES.find((size) => size === root.dataset["size"]) ?? "m",
  };
}
