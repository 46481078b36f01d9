// Pictures of the root cause analysis as the stage receives them, written by the tests of the wire crate. The outage is
// a real one: GitLab, "Postmortem of database outage of January 31", 10 February 2017.

import type { DrawnSizes } from "../shared/bindings/DrawnSizes";
import type { StagePicture } from "../shared/bindings/StagePicture";
import causes from "./causes.json";

type Caused = Extract<StagePicture, { type: "chain" | "factors" }>;
/** The middle size is always there, the others where a scene looks at them. */
type Written = Record<string, Caused & { drawn: (Pick<DrawnSizes, "m"> & Partial<DrawnSizes>) | null }>;

const written = causes as unknown as Written;

/** Names of all scenes. */
export const CAUSES: string[] = Object.keys(written);

/** Returns a picture by the name of its scene. */
export function cause(name: string): StagePicture {
  const picture = written[name];
  if (picture === undefined) throw new Error(`there is no picture ${name}`);
  const drawn = picture.drawn;
  return {
    ...picture,
    drawn: drawn && { s: drawn.s ?? drawn.m, m: drawn.m, l: drawn.l ?? drawn.m },
  } as StagePicture;
}

/** Returns whether a scene was written for a size of the stage. */
export function hasSize(name: string, size: keyof DrawnSizes): boolean {
  return written[name]?.drawn?.[size] !== undefined;
}
