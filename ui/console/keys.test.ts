import { describe, expect, it } from "vitest";
import { actionFor, capOf, isField, KEYS, PAUSE_MS, Typing, type Stroke } from "./keys";

function stroke(key: string, change: Partial<Stroke> = {}): Stroke {
  return {
    key,
    control: false,
    shift: false,
    alt: false,
    inField: false,
    inDialog: false,
    inMeeting: true,
    ...change,
  };
}

describe("the table of keys", () => {
  it("does not give one key to two actions", () => {
    const taken = KEYS.flatMap(({ keys, control, shift, alt }) =>
      keys.map((key) => `${control ?? false} ${shift ?? "any"} ${alt ?? false} ${key}`),
    );
    expect(new Set(taken).size).toBe(taken.length);
  });

  it("says for every action what is on its cap and what it does", () => {
    for (const { caps, words } of KEYS) {
      expect(caps.length).toBeGreaterThan(0);
      expect(words).not.toBe("");
    }
    expect(capOf("timer")).toBe("T");
  });
});

describe("a key press", () => {
  it.each([
    ["PageDown", "next"],
    ["ArrowRight", "next"],
    ["PageUp", "back"],
    ["t", "timer"],
    ["T", "timer"],
    ["+", "more-time"],
    ["-", "less-time"],
    ["j", "join-card"],
    [".", "black"],
    ["b", "black"],
    ["p", "park"],
    ["a", "propose"],
    ["w", "why"],
    ["d", "decide"],
    ["h", "rescue"],
    ["x", "take-off"],
    ["r", "reveal"],
    ["c", "close-vote"],
    ["e", "end"],
    ["o", "record"],
    ["?", "keys"],
  ])("%s means %s", (key, action) => {
    expect(actionFor(stroke(key))).toBe(action);
  });

  it("tells undo from redo", () => {
    expect(actionFor(stroke("z", { control: true }))).toBe("undo");
    expect(actionFor(stroke("Z", { control: true, shift: true }))).toBe("redo");
    expect(actionFor(stroke("z"))).toBeUndefined();
  });

  it("leaves letters, arrows and undo to a field, but not the keys of a clicker", () => {
    for (const key of ["t", "r", ".", "ArrowRight", "?"])
      expect(actionFor(stroke(key, { inField: true }))).toBeUndefined();
    expect(actionFor(stroke("z", { inField: true, control: true }))).toBeUndefined();
    expect(actionFor(stroke("PageDown", { inField: true }))).toBe("next");
    expect(actionFor(stroke("PageUp", { inField: true }))).toBe("back");
    expect(actionFor(stroke("F5", { inField: true }))).toBe("stage");
    expect(actionFor(stroke("Escape", { inField: true }))).toBe("leave-field");
  });

  it("proposes and asks why from inside a field with Alt, so that what has the focus is what is meant", () => {
    for (const inField of [true, false]) {
      expect(actionFor(stroke("a", { alt: true, inField }))).toBe("propose");
      expect(actionFor(stroke("w", { alt: true, inField }))).toBe("why");
    }
    expect(actionFor(stroke("a", { alt: true, inDialog: true }))).toBeUndefined();
  });

  it("never acts behind a dialog, nor with Control or Alt on a letter", () => {
    expect(actionFor(stroke("PageDown", { inDialog: true }))).toBeUndefined();
    expect(actionFor(stroke("r", { control: true }))).toBeUndefined();
    expect(actionFor(stroke("t", { alt: true }))).toBeUndefined();
  });

  it("does not start a meeting from the preparation, where Page Down scrolls", () => {
    expect(actionFor(stroke("PageDown", { inMeeting: false }))).toBeUndefined();
    expect(actionFor(stroke("?", { inMeeting: false }))).toBe("keys");
  });

  it("of a clicker is never a barrier", () => {
    for (const key of ["PageUp", "PageDown", ".", "F5", "Escape"]) {
      expect(["reveal", "close-vote", "end"]).not.toContain(actionFor(stroke(key)));
    }
  });
});

describe("a field", () => {
  it("is whatever takes letters or arrow keys, which a checkbox does not", () => {
    const element = (html: string): Element => {
      const [tag = "div", type = ""] = html.split(" ");
      const made = document.createElement(tag);
      if (type !== "") made.setAttribute("type", type);
      return made;
    };
    for (const field of ["input text", "input radio", "input date", "textarea", "select"]) {
      expect(isField(element(field)), field).toBe(true);
    }
    for (const other of ["input checkbox", "button", "div"])
      expect(isField(element(other)), other).toBe(false);
    expect(isField(null)).toBe(false);
  });
});

describe("typing that goes on although its field is gone", () => {
  it("keeps letters from acting until the typing rests", () => {
    const typing = new Typing();
    expect(typing.goesOn("e", true, 0)).toBe(true);
    expect(typing.goesOn("Enter", true, 10)).toBe(true);
    expect(typing.goesOn("e", false, 300), "the line has gone, the sentence has not").toBe(true);
    expect(typing.goesOn("n", false, 300 + PAUSE_MS - 1)).toBe(true);
    expect(typing.goesOn("e", false, 300 + 2 * PAUSE_MS)).toBe(false);
  });

  it.each(["Escape", "Tab", "PageDown"])("lets letters act at once after %s", (key) => {
    const typing = new Typing();
    typing.goesOn("e", true, 0);
    typing.goesOn(key, true, 10);
    expect(typing.goesOn("t", false, 20)).toBe(false);
  });

  it("leaves the keys of a clicker alone", () => {
    const typing = new Typing();
    typing.goesOn("e", true, 0);
    expect(typing.goesOn("PageDown", false, 10)).toBe(false);
  });
});
