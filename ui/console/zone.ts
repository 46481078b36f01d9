// From a wall clock in a zone to an instant: the one place where the console converts.
//
// Views already carry wall clocks; only what a person types has to become an instant. A wall clock may not exist, when
// daylight saving jumps over it, or exist twice, when it is set back: both are said instead of guessed in silence.

/** What a wall clock in a zone turned out to be. Instants are written as RFC 3339 in UTC. */
export type Instant =
  | { type: "exact"; at: string }
  | { type: "twice"; first: string; second: string }
  | { type: "skipped" }
  | { type: "unreadable" };

const DAY_MS = 86_400_000;

/** Converts `2026-05-06T14:23` (seconds allowed) in an IANA zone. */
export function toInstant(wall: string, zone: string): Instant {
  const read = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(wall);
  const offsets = offsetsIn(zone);
  if (read === null || offsets === undefined) return { type: "unreadable" };
  const [year, month, day, hour, minute, second] = read.slice(1).map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second ?? 0);
  if (Number.isNaN(asUtc)) return { type: "unreadable" };

  // No zone is further than a day from UTC, so its offsets around this time are among those a day before and after.
  const candidates = new Set([offsets(asUtc - DAY_MS), offsets(asUtc), offsets(asUtc + DAY_MS)]);
  const found = [...candidates]
    .map((offset) => asUtc - offset)
    .filter((utc) => offsets(utc) === asUtc - utc)
    .sort((a, b) => a - b);
  const [first, second_] = found.map((utc) => new Date(utc).toISOString().replace(".000Z", "Z"));
  if (first === undefined) return { type: "skipped" };
  return second_ === undefined ? { type: "exact", at: first } : { type: "twice", first, second: second_ };
}

/** Returns a sentence when a wall clock is not one plain instant; empty when it is. */
export function instantWords(instant: Instant, wall: string, zone: string): string {
  const clock = wall.slice(11, 16);
  switch (instant.type) {
    case "exact":
      return "";
    case "twice":
      return `${clock} exists twice that night in ${zone}, because the clock was set back. The first was taken.`;
    case "skipped":
      return `${clock} does not exist that day in ${zone}: the clock was set forward over it. Nothing was changed.`;
    case "unreadable":
      return "This is not a full date and time yet. Nothing was changed.";
  }
}

/** Returns a function from an instant to the zone's offset from UTC, both in milliseconds. */
function offsetsIn(zone: string): ((utc: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
  return (utc) => {
    const parts = Object.fromEntries(
      format.formatToParts(utc).map(({ type, value }) => [type, Number(value)]),
    );
    const wall = Date.UTC(
      parts["year"] ?? 0,
      (parts["month"] ?? 1) - 1,
      parts["day"],
      parts["hour"],
      parts["minute"],
      parts["second"],
    );
    return wall - Math.floor(utc / 1000) * 1000;
  };
}
