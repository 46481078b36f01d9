import { describe, expect, it } from "vitest";
import { instantWords, toInstant } from "./zone";

describe("a wall clock in a zone", () => {
  it.each([
    ["2026-05-06T14:23", "UTC", "2026-05-06T14:23:00Z"],
    ["2026-05-06T14:23:07", "Europe/Berlin", "2026-05-06T12:23:07Z"],
    ["2026-01-06T14:23", "Europe/Berlin", "2026-01-06T13:23:00Z"],
    ["2026-05-06T00:10", "Asia/Kolkata", "2026-05-05T18:40:00Z"],
    ["2026-05-06T23:30", "America/St_Johns", "2026-05-07T02:00:00Z"],
    ["2026-05-06T12:00", "Pacific/Kiritimati", "2026-05-05T22:00:00Z"],
  ])("%s in %s is %s", (wall, zone, at) => {
    expect(toInstant(wall, zone)).toEqual({ type: "exact", at });
  });

  it("does not exist while the clock is set forward, and says so", () => {
    const skipped = toInstant("2026-03-29T02:30", "Europe/Berlin");
    expect(skipped).toEqual({ type: "skipped" });
    expect(instantWords(skipped, "2026-03-29T02:30", "Europe/Berlin")).toContain(
      "02:30 does not exist that day",
    );
  });

  it("exists twice when the clock is set back, the first of them in summer time", () => {
    const twice = toInstant("2026-10-25T02:30", "Europe/Berlin");
    expect(twice).toEqual({ type: "twice", first: "2026-10-25T00:30:00Z", second: "2026-10-25T01:30:00Z" });
    expect(instantWords(twice, "2026-10-25T02:30", "Europe/Berlin")).toContain("The first was taken");
  });

  it("is plain right before and right after a change", () => {
    expect(toInstant("2026-03-29T01:59", "Europe/Berlin")).toEqual({
      type: "exact",
      at: "2026-03-29T00:59:00Z",
    });
    expect(toInstant("2026-03-29T03:00", "Europe/Berlin")).toEqual({
      type: "exact",
      at: "2026-03-29T01:00:00Z",
    });
  });

  it("follows a change of half an hour", () => {
    // Lord Howe sets its clock back by thirty minutes, from 02:00 to 01:30, on 5 April 2026.
    expect(toInstant("2026-04-05T01:45", "Australia/Lord_Howe")).toEqual({
      type: "twice",
      first: "2026-04-04T14:45:00Z",
      second: "2026-04-04T15:15:00Z",
    });
  });

  it("is not guessed from half a date or an unknown zone", () => {
    expect(toInstant("2026-05-06", "UTC")).toEqual({ type: "unreadable" });
    expect(toInstant("2026-05-06T14:23", "Atlantis/Capital")).toEqual({ type: "unreadable" });
  });
});
