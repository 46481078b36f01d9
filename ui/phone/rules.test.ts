// The small rules of the page: ballots, codes, words, drafts.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as ballot from "./ballot";
import { codeProblem, normalizeCode } from "./code";
import { VOTE } from "./dev/fixture";
import * as drafts from "./drafts";
import { taskWords } from "./still";
import * as words from "./words";

describe("a ballot", () => {
  const dots = (...given: [number, number][]): ballot.Dots => new Map(given);

  it("takes no more dots than there are", () => {
    const full = dots([1, 2], [2, 1]);
    expect(ballot.whyFull(full, 3, VOTE)).toBe("all-placed");
    expect(ballot.withOneMore(full, 3, VOTE)).toEqual(full);
  });

  it("takes no more dots on one option than allowed", () => {
    expect(ballot.whyFull(dots([1, 2]), 1, VOTE)).toBe("option-full");
    expect(ballot.whyFull(dots([1, 1]), 1, VOTE)).toBeUndefined();
    expect(ballot.withOneMore(dots([1, 1]), 1, VOTE)).toEqual(dots([1, 2]));
  });

  it("gives a dot back, and forgets an option without dots", () => {
    expect(ballot.withOneLess(dots([1, 2]), 1)).toEqual(dots([1, 1]));
    expect(ballot.withOneLess(dots([1, 1]), 1)).toEqual(dots());
    expect(ballot.withOneLess(dots(), 1)).toEqual(dots());
  });

  it("counts its revision up from the last one", () => {
    expect(ballot.ballotAfter(null, dots([4, 2]))).toEqual({ revision: 1, dots: [[4, 2]] });
    expect(ballot.ballotAfter({ revision: 6, dots: [[4, 2]] }, dots())).toEqual({ revision: 7, dots: [] });
  });

  it("keeps of a draft only what fits limits and options that have changed since", () => {
    const given: [number, number][] = [[8, 1], [1, 2], [2, 2]]; // prettier-ignore
    expect(ballot.fitted(given, VOTE), "8 is no option; 2 gets the dot that is left").toEqual(
      dots([1, 2], [2, 1]),
    );
    expect(ballot.fitted(given, { ...VOTE, dots: 1, per_option: 1 })).toEqual(dots([1, 1]));
  });

  it("lists the options in the phone's own order, and none is lost", () => {
    expect(ballot.inOwnOrder(VOTE.options, [4, 2, 5]).map(({ id }) => id)).toEqual([4, 2, 5, 1, 3]);
    expect(ballot.inOwnOrder(VOTE.options, []).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a typed code", () => {
  it.each([
    ["k7q x3m", "K7QX3M"],
    [" K7Q-X3M ", "K7QX3M"],
    ["k7qxsz", "K7QX52"],
    ["u7qx3m", "V7QX3M"],
  ])("reads %j as %s", (typed, code) => {
    expect(normalizeCode(typed)).toBe(code);
    expect(codeProblem(normalizeCode(typed))).toBe("");
  });

  it.each([
    ["", "Type the code"],
    ["K7Q", "you typed 3"],
    ["K7QX3M2", "you typed 7"],
    ["K7QX10", "“1” is never part of a code"],
    ["K7QXO2", "“O” is never part of a code"],
  ])("says what is wrong with %j", (code, reason) => {
    expect(codeProblem(code)).toContain(reason);
  });
});

describe("words", () => {
  const ok = { online: true, reached: true };

  it.each([
    [ok, undefined, ""],
    [ok, "write", "Connected"],
    [ok, "vote", "Connected"],
    [ok, "look", "Connected · waiting for the facilitator"],
    [ok, "wait", "Connected · waiting for the facilitator"],
    [{ online: true, reached: false }, "vote", "Reconnecting"],
    [{ online: false, reached: false }, "vote", "No network"],
  ] as const)("for %o during %s are %j", (connection, task, status) => {
    expect(words.statusWords(connection, task)).toBe(status);
  });

  it("say that nothing is lost whenever the room is not reached", () => {
    expect(words.troubleWords(ok)).toBe("");
    expect(words.troubleWords({ online: true, reached: false })).toContain("kept on this phone");
    expect(words.troubleWords({ online: false, reached: true })).toContain("Turn on its Wi-Fi");
  });

  it("speak a clock at half, at the last minute and at zero, and only then", () => {
    expect(words.passed(600_000, 300_001, 300_000)).toBe("half");
    expect(words.passed(600_000, 60_001, 59_900)).toBe("minute");
    expect(words.passed(600_000, 10, -240)).toBe("zero");
    expect(words.passed(600_000, 299_000, 298_750)).toBeUndefined();
    expect(words.passed(600_000, 400_000, -5), "after a sleep only the latest is said").toBe("zero");
    expect(words.passed(120_000, 60_001, 60_000), "half of two minutes is the last minute").toBe("minute");
    expect(words.passed(600_000, 0, 60_000), "a minute was added").toBeUndefined();
  });

  it("count characters as the room does", () => {
    expect(words.lengthOf(" naïve 🚒 ")).toBe(7);
  });

  it("have a screen for every task that asks nothing", () => {
    const view = {
      protocol: 4,
      revision: 1,
      title: "Payments",
      section: null,
      clock: null,
      recollects: false,
      hints: false,
      move_on: false,
      novelty: null,
    };
    expect(taskWords({ ...view, task: { type: "wait" } }).large).toBe("Payments");
    expect(taskWords({ ...view, task: { type: "look", heading: "14:23", text: "a\nb" } }).large).toBe(
      "a\n\nb",
    );
    expect(taskWords({ ...view, task: { type: "adjourned" } }).heading).toContain("adjourned");
    expect(taskWords({ ...view, task: { type: "ended" } }).small).toContain("no longer stored");
  });
});

describe("drafts", () => {
  const NOTE = { draft: "d1", kind: { type: "went-poorly" } as const, text: "Half a sen" };

  beforeEach(() => localStorage.clear());
  afterEach(() => vi.unstubAllGlobals());

  it("survive a reload, new and changed notes apart", async () => {
    drafts.keepNote("went-poorly", "new", NOTE);
    drafts.keepNote("went-poorly", "edit", { ...NOTE, draft: "d2" });
    vi.resetModules();
    const reloaded = await import("./drafts");
    expect(reloaded.readNote("went-poorly", "new")).toEqual(NOTE);
    expect(reloaded.readNote("went-poorly", "edit")?.draft).toBe("d2");
    expect(reloaded.readNote("went-well", "new")).toBeUndefined();
  });

  it("of a ballot belong to their round", () => {
    drafts.keepBallot({ round: 9, dots: [[1, 2]] });
    expect(drafts.readBallot(9)?.dots).toEqual([[1, 2]]);
    expect(drafts.readBallot(10)).toBeUndefined();
  });

  it("are deleted hours later, when the address may serve another meeting", () => {
    drafts.keepNote("went-poorly", "new", NOTE);
    drafts.forgetStaleDrafts(Date.now() + 2 * 3_600_000);
    expect(drafts.readNote("went-poorly", "new")).toEqual(NOTE);
    drafts.forgetStaleDrafts(Date.now() + 4 * 3_600_000);
    expect(drafts.readNote("went-poorly", "new")).toBeUndefined();
  });

  it("that cannot be read are as good as none", () => {
    localStorage.setItem("debrief.note.new.went-poorly", "{broken");
    expect(drafts.readNote("went-poorly", "new")).toBeUndefined();
    localStorage.setItem("debrief.note.new.went-poorly", '{"at":1,"kept":{"text":7}}');
    expect(drafts.readNote("went-poorly", "new")).toBeUndefined();
  });

  it("last as long as the page where the browser stores nothing", () => {
    const refuse = (): never => {
      throw new DOMException("full", "QuotaExceededError");
    };
    vi.stubGlobal("localStorage", {
      getItem: refuse,
      setItem: refuse,
      removeItem: refuse,
      key: refuse,
      length: 0,
    });
    drafts.keepNote("went-poorly", "new", NOTE);
    expect(drafts.readNote("went-poorly", "new")).toEqual(NOTE);
    drafts.forgetDrafts();
    expect(drafts.readNote("went-poorly", "new")).toBeUndefined();
  });

  it("that were never sent are listed until they are dropped", () => {
    drafts.keepNote("went-poorly", "new", NOTE);
    drafts.keepNote("root-causes", "new", { ...NOTE, text: "  " });
    expect(drafts.leftOvers([])).toEqual([{ place: "went-poorly", slot: "new", text: "Half a sen" }]);
    expect(drafts.leftOvers(["went-poorly"]), "the screen asks for it now").toEqual([]);
    drafts.dropNote("went-poorly", "new");
    expect(drafts.leftOvers([])).toEqual([]);
  });
});
