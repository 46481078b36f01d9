// What is typed into the two forms and not yet acknowledged. It lies where all drafts of the page lie.

import type { OwnRecollection } from "../../shared/bindings/OwnRecollection";
import { dropNote, keep, nameOf, read, type Slot } from "../drafts";

export function readRecollection(slot: Slot): OwnRecollection | undefined {
  const found = read<OwnRecollection>(nameOf("timeline", slot));
  const usable = [found?.draft, found?.when, found?.text].every((part) => typeof part === "string");
  return usable ? found : undefined;
}

export function keepRecollection(slot: Slot, recollection: OwnRecollection): void {
  keep(nameOf("timeline", slot), recollection);
}

export function dropRecollection(slot: Slot): void {
  dropNote("timeline", slot);
}

/** Returns what is typed for the facilitator alone; nothing when that field was left as it was sent. */
export function readConfided(): string | undefined {
  const text = read<{ text: unknown }>(nameOf("confided", "new"))?.text;
  return typeof text === "string" ? text : undefined;
}

export function keepConfided(text: string): void {
  keep(nameOf("confided", "new"), { text });
}

export function dropConfided(): void {
  dropNote("confided", "new");
}
