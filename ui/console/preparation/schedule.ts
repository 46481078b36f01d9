// The date of the meeting in words. The view carries its wall clock in the zone of the record.

import { toInstant } from "../zone";

/** Returns the day of a wall clock, as "Thursday 7 May 2026". */
export function dayWords(wall: string): string {
  const day = new Date(`${wall.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return "";
  const format = {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  } as const;
  return new Intl.DateTimeFormat("en-GB", format).format(day).replace(",", "");
}

/** Returns a wall clock of one zone on the clock of another, with its weekday where the day differs; empty when they agree. */
export function clockElsewhere(wall: string, zone: string, other: string): string {
  const instant = toInstant(wall, zone);
  if (instant.type !== "exact" || other === "" || other === zone) return "";
  const there = wallIn(instant.at, other);
  const clock = there.slice(11, 16);
  if (there.slice(0, 16) === wall.slice(0, 16) || clock === "") return "";
  return there.slice(0, 10) === wall.slice(0, 10) ? clock : `${dayWords(there).split(" ")[0] ?? ""} ${clock}`;
}

/** Returns an instant on the wall clock of a zone, as `2026-05-06T14:23:00`; empty when one of them is unreadable. */
export function wallIn(at: string, zone: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return "";
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }).formatToParts(instant);
    const part = (type: Intl.DateTimeFormatPartTypes): string =>
      parts.find((other) => other.type === type)?.value ?? "";
    const day = `${part("year")}-${part("month")}-${part("day")}`;
    return `${day}T${part("hour")}:${part("minute")}:${part("second")}`;
  } catch {
    return "";
  }
}
