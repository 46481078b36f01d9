// From what somebody remembers to an event of the timeline.

import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import type { EventKind } from "../../shared/bindings/EventKind";
import type { Precision } from "../../shared/bindings/Precision";
import type { Reading } from "../../shared/bindings/Reading";
import type { RecollectionView } from "../../shared/bindings/RecollectionView";

/** What the reader of timelines makes of a recollection. */
export interface RecollectionTime {
  at: string | null;
  precision: Precision;
  kind: EventKind;
}

export const UNSETTLED: RecollectionTime = { at: null, precision: "unknown", kind: "observation" };

/** Returns the day on which the incident began, as `2026-05-06`; empty while no time is known. */
export function incidentDay(view: ConsoleView): string {
  const event = view.timeline.find(({ event }) => event.at !== null)?.wall;
  const impact = view.incident.milestones.find(({ milestone }) => milestone === "impact-started")?.wall;
  return (event ?? impact ?? "").slice(0, 10);
}

/** Returns a recollection as one line that the reader of timelines understands. */
export function recollectionLine(day: string, { when, text }: RecollectionView): string {
  return [day, when, text].join(" ").replace(/\s+/g, " ").trim();
}

/** Takes the time over when the reading leaves no doubt about it. */
export function settled(reading: Reading | undefined): RecollectionTime {
  const read = reading?.events[0];
  if (read === undefined || reading?.events.length !== 1) return UNSETTLED;
  return { at: read.at, precision: read.at === null ? "unknown" : read.precision, kind: read.kind };
}
