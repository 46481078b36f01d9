import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure } from "../../shared/bindings/Failure";
import type { OwnView } from "../../shared/bindings/OwnView";
import type { PhoneRequest } from "../../shared/bindings/PhoneRequest";
import type { PhoneTask } from "../../shared/bindings/PhoneTask";
import type { PhoneView } from "../../shared/bindings/PhoneView";
import App from "../App.svelte";
import { room, state } from "../dev/fixture";
import { keepConfided, keepRecollection, readConfided, readRecollection } from "./unsent";

const WAIT: PhoneTask = { type: "wait" };
const LOOK: PhoneTask = { type: "look", heading: "14:23 CET", text: "Paged" };
const GRAPH = { draft: "r1", when: "14:20", text: "The retry graph climbed" };
const WHAT = /^What did you see, do or decide/;
const REFUSAL = { code: "writing-closed", message: "Writing is not open now.", hint: "" };
const send = vi.fn<(request: PhoneRequest) => Promise<Failure | undefined>>();

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("scrollTo", () => {});
  send.mockReset().mockResolvedValue(undefined);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const roomOf = (task: PhoneTask, own: Partial<OwnView> = {}, view: Partial<PhoneView> = {}) =>
  room(state(task, own, view), { send });

async function show(task: PhoneTask, own: Partial<OwnView> = {}, view: Partial<PhoneView> = {}) {
  const shown = render(App, { room: roomOf(task, own, { recollects: true, ...view }) });
  await vi.waitFor(() => expect(field(WHAT)).toBeDefined());
  return shown;
}

const field = (name: string | RegExp): HTMLTextAreaElement => screen.getByLabelText(name);
const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name, hidden: true });
const summary = (begin: string): HTMLElement =>
  screen.getByText((text) => text.startsWith(begin), { selector: "summary" });

async function type(name: string | RegExp, text: string): Promise<void> {
  await fireEvent.input(field(name), { target: { value: text } });
}

async function submit(name: string): Promise<void> {
  await fireEvent.submit(button(name).closest("form")!);
  await tick();
}

describe("what people remember", () => {
  it("is asked for openly before the meeting, and says who reads it and when it is deleted", async () => {
    await show(WAIT);
    expect(screen.getByRole("heading", { level: 2 }).textContent).toBe("What do you remember?");
    const text = document.body.textContent.replace(/\s+/g, " ");
    expect(text).toContain(
      "Only the facilitator reads this, without your name. What goes into the timeline is shown",
    );
    expect(text).toContain("the rest is deleted when the meeting ends");
  });

  it("is offered folded while the room walks the timeline, and not elsewhere", async () => {
    const { rerender } = await show(LOOK, { recollections: [GRAPH] });
    const offered = summary("Something missing or different?");
    expect(offered.closest("details")!.open).toBe(false);
    expect(offered.textContent).toContain("1 sent ✓");
    await rerender({ room: roomOf(LOOK, {}, { recollects: false }) });
    expect(screen.queryByText(/Something missing/)).toBeNull();
  });

  it("is sent with its time, and the fields are free again", async () => {
    await show(WAIT);
    await type(/^When, about/, " 14:20 ");
    await type(WHAT, "The retry graph climbed");
    await submit("Send");
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "recollect",
      draft: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      when: "14:20",
      text: "The retry graph climbed",
    });
    await vi.waitFor(() => expect(screen.getByText("Sent ✓")).toBeDefined());
    expect([field(/^When, about/).value, field(WHAT).value]).toEqual(["", ""]);
    expect(readRecollection("new")).toBeUndefined();
  });

  it("leaves the form ready for the next one when the state that came with the answer shows it", async () => {
    const shown = await show(WAIT);
    send.mockImplementation(async (request) => {
      const { draft, when, text } = request as Extract<PhoneRequest, { type: "recollect" }>;
      await shown.rerender({ room: roomOf(WAIT, { recollections: [{ draft, when, text }] }) });
      return undefined;
    });
    await type(WHAT, "The retry graph");
    await submit("Send");
    await vi.waitFor(() => expect(button("Edit: The retry graph")).toBeDefined());
    await tick();
    expect(button("Send"), "and not a change of the one before").toBeDefined();
    expect(localStorage.length, "nothing is unsent").toBe(0);
  });

  it("survives a reload at every keystroke, and a failure, under the same name", async () => {
    const { unmount } = await show(LOOK);
    await type(/^When, about/, "14:2");
    await type(WHAT, "The retry");
    const kept = readRecollection("new")!;
    unmount();
    await show(LOOK);
    expect([field(/^When, about/).value, field(WHAT).value]).toEqual(["14:2", "The retry"]);
    send.mockResolvedValue(REFUSAL);
    await submit("Send");
    await vi.waitFor(() => expect(screen.getByText("Writing is not open now.")).toBeDefined());
    expect(send.mock.calls[0]![0]).toMatchObject({ draft: kept.draft });
    expect(readRecollection("new"), "what was refused stays").toEqual(kept);
  });

  it("is changed under its own name, and what was unfinished comes back", async () => {
    keepRecollection("new", { draft: "n1", when: "", text: "Unfinished" });
    await show(WAIT, { recollections: [GRAPH] });
    await fireEvent.click(button("Edit: The retry graph climbed"));
    await type(WHAT, "The retry graph climbed twice");
    await submit("Save the change");
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "recollect",
      draft: "r1",
      when: "14:20",
      text: "The retry graph climbed twice",
    });
    await vi.waitFor(() => expect(field(WHAT).value).toBe("Unfinished"));
  });

  it("is withdrawn without a text, and does not pretend that nobody has read it", async () => {
    await show(WAIT, { recollections: [GRAPH] });
    await fireEvent.click(button("Withdraw: The retry graph climbed"));
    expect(send).toHaveBeenCalledExactlyOnceWith({ type: "recollect", draft: "r1", when: "14:20", text: "" });
    await vi.waitFor(() => expect(screen.getByText(/The facilitator may have read it before/)).toBeDefined());
    expect(field(WHAT).value, "a mistake costs one press").toBe("The retry graph climbed");
    expect(readRecollection("new")?.draft, "it does not come back under its name").not.toBe("r1");
  });

  it("goes on as a change when more was typed while it was on its way", async () => {
    let answer: (failure: Failure | undefined) => void = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    await show(WAIT);
    await type(WHAT, "The retry");
    await submit("Send");
    await type(WHAT, "The retry graph");
    answer(undefined);
    await vi.waitFor(() => expect(button("Save the change")).toBeDefined());
    expect(field(WHAT).value).toBe("The retry graph");
  });

  it("is cleared when it was kept although its answer was lost with the page", async () => {
    keepRecollection("new", GRAPH);
    await show(WAIT, { recollections: [GRAPH] });
    await vi.waitFor(() => expect(field(WHAT).value).toBe(""));
  });

  it.each([
    [/^When, about/, "x".repeat(41), "At most 40 characters fit for the time"],
    [WHAT, "x".repeat(1_001), "At most 1000 characters fit"],
  ])("that is too long in %s is neither cut off nor sent", async (name, text, problem) => {
    await show(WAIT);
    await type(WHAT, "The retry graph");
    await type(name, text);
    expect(screen.getByText(new RegExp(problem))).toBeDefined();
    await submit("Send");
    expect(send).not.toHaveBeenCalled();
    expect(field(name).value).toBe(text);
  });

  it("is shown as not sent once it is no longer asked for, and waits for the timeline", async () => {
    const { rerender } = await show(WAIT);
    await type(WHAT, "Half a sen");
    await rerender({ room: roomOf(LOOK, {}, { recollects: false }) });
    await tick();
    expect(screen.getByText("Half a sen")).toBeDefined();
    expect(screen.getByText(/Send it while the room walks the timeline/)).toBeDefined();
    await rerender({ room: roomOf(LOOK, {}, { recollects: true }) });
    await vi.waitFor(() => expect(field(WHAT).value).toBe("Half a sen"));
    expect(screen.queryByText("Not sent")).toBeNull();
  });
});

describe("what is hard to discuss", () => {
  const WORDS = "In your words";

  it("is asked for before the meeting only, and says exactly who reads it and when it is deleted", async () => {
    await show(WAIT);
    expect(document.body.textContent.replace(/\s+/g, " ")).toContain(
      "Only the facilitator reads this, without your name. It is not in the record and is deleted when the meeting ends.",
    );
    cleanup();
    await show(LOOK, { confided: "On call for nine days" });
    expect(screen.queryByText(/hard to discuss/)).toBeNull();
    expect(document.body.textContent).not.toContain("nine days");
  });

  it("is folded away even after it was sent, and says so", async () => {
    await show(WAIT, { confided: "On call for nine days" });
    expect(summary("Is anything hard").closest("details")!.open).toBe(false);
    expect(summary("Is anything hard").textContent).toContain("Sent ✓");
    expect(field(WORDS).value).toBe("On call for nine days");
  });

  it("is kept per keystroke and sent", async () => {
    const { unmount } = await show(WAIT);
    await type(WORDS, "On call for nine");
    unmount();
    await show(WAIT);
    expect(field(WORDS).value).toBe("On call for nine");
    expect(summary("Is anything hard").textContent).toContain("not sent yet");
    await submit("Send to the facilitator");
    expect(send).toHaveBeenCalledExactlyOnceWith({ type: "confide", text: "On call for nine" });
    await vi.waitFor(() => expect(readConfided()).toBeUndefined());
  });

  it("is changed, and withdrawn without leaving the words on the phone", async () => {
    await show(WAIT, { confided: "On call" });
    await type(WORDS, "On call for nine days");
    await submit("Send the change");
    expect(send).toHaveBeenLastCalledWith({ type: "confide", text: "On call for nine days" });
    await vi.waitFor(() => expect(button("Withdraw").getAttribute("aria-disabled")).toBe("false"));
    await fireEvent.click(button("Withdraw"));
    expect(send).toHaveBeenLastCalledWith({ type: "confide", text: "" });
    await vi.waitFor(() => expect(screen.getByText(/Withdrawn/)).toBeDefined());
    expect(field(WORDS).value).toBe("");
    expect(localStorage.length).toBe(0);
  });

  it("that could not be withdrawn is still there", async () => {
    send.mockResolvedValue(REFUSAL);
    await show(WAIT, { confided: "On call" });
    await fireEvent.click(button("Withdraw"));
    await vi.waitFor(() => expect(screen.getByText("Writing is not open now.")).toBeDefined());
    expect(field(WORDS).value).toBe("On call");
  });

  it("that was not sent in time is never spread out on the screen", async () => {
    keepConfided("On call for nine days");
    await show(LOOK);
    expect(screen.getByText(/The meeting began before/)).toBeDefined();
    expect(document.body.textContent).not.toContain("nine days");
    await fireEvent.click(button("Discard"));
    expect(readConfided()).toBeUndefined();
  });
});
