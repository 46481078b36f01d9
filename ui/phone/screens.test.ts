import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure } from "../shared/bindings/Failure";
import type { OwnView } from "../shared/bindings/OwnView";
import type { PhoneRequest } from "../shared/bindings/PhoneRequest";
import type { PhoneTask } from "../shared/bindings/PhoneTask";
import App from "./App.svelte";
import { clock, RESULT, room, state, VOTE, WRITE } from "./dev/fixture";
import { keepNote, readBallot, readNote } from "./drafts";
import type { Room } from "./room.svelte";
import Write from "./tasks/Write.svelte";

const REFUSAL = { code: "writing-closed", message: "Writing is not open now.", hint: "" };
const send = vi.fn<(request: PhoneRequest) => Promise<Failure | undefined>>();

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("scrollTo", () => {});
  send.mockReset().mockResolvedValue(undefined);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(task: PhoneTask, own: Partial<OwnView> = {}, change: Partial<Room> = {}) {
  return render(App, { room: room(state(task, own), { send, ...change }) });
}

const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name });
const field = (name: string | RegExp): HTMLTextAreaElement => screen.getByLabelText(name);

async function type(name: string | RegExp, text: string): Promise<void> {
  await fireEvent.input(field(name), { target: { value: text } });
}

async function press(name: string | RegExp): Promise<void> {
  await fireEvent.click(button(name));
  await tick();
}

async function submit(name: string): Promise<void> {
  await fireEvent.submit(button(name).closest("form")!);
  await vi.waitFor(() => expect(button(name).getAttribute("aria-disabled")).not.toBe("true"));
}

describe("each task has its screen", () => {
  it.each<[PhoneTask, string]>([
    [{ type: "wait" }, "You are in"],
    [{ type: "look", heading: "14:23 CET", text: "Paged" }, "14:23 CET"],
    [WRITE, WRITE.question],
    [VOTE, "Place your 3 dots"],
    [{ ...VOTE, dots: 1, per_option: 1, run_off: true }, "Run-off: place your 1 dot"],
    [RESULT, "How the room voted"],
    [{ type: "poll" }, "Before you go"],
    [{ type: "adjourned" }, "The meeting is adjourned"],
    [{ type: "ended" }, "Thank you for what you brought up"],
  ])("%o", async (task, heading) => {
    show(task);
    // What the second script holds comes a moment later.
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe(heading);
  });

  it.each<[Room["place"], string]>([
    ["connecting", "Connecting to the meeting"],
    ["join", "Join the meeting"],
    ["gone", "You are not in the room"],
    ["elsewhere", "Open in another tab"],
    ["outdated", "This page is out of date"],
  ])("%s", (place, heading) => {
    show(WRITE, {}, { place });
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(heading);
  });
});

describe("joining", () => {
  it("says what is stored, who can see it, and that others could read the traffic", () => {
    show({ type: "wait" }, {}, { place: "join" });
    const text = document.body.textContent.replace(/\s+/g, " ");
    expect(text).toContain("Nobody, not even the facilitator, can see who wrote what.");
    expect(text).toContain("others on the same Wi-Fi could read");
  });

  it("sends the code as it was meant, and shows why it was refused", async () => {
    const join = vi
      .fn<Room["join"]>()
      .mockResolvedValue({ code: "joining-locked", message: "Locked.", hint: "Ask." });
    show({ type: "wait" }, {}, { place: "join", join });
    await fireEvent.input(field("Code on the big screen"), { target: { value: "k7q-x3m" } });
    await submit("Join");
    expect(join).toHaveBeenCalledExactlyOnceWith("K7QX3M", "");
    expect(screen.getByRole("alert").textContent).toBe("Locked. Ask.");
  });

  it("asks for no code when the QR code brought the key", async () => {
    const join = vi.fn<Room["join"]>().mockResolvedValue(undefined);
    show({ type: "wait" }, {}, { place: "join", join, hasKey: true });
    expect(screen.queryByLabelText("Code on the big screen")).toBeNull();
    await submit("Join");
    expect(join).toHaveBeenCalledExactlyOnceWith(null, "");
  });
});

describe("writing", () => {
  it("promises what the room keeps", () => {
    show(WRITE);
    expect(document.body.textContent).toContain(
      "Nobody, not even the facilitator, can see who wrote what. All notes open together.",
    );
  });

  it("keeps every keystroke over a reload, under the same name", async () => {
    const { unmount } = show(WRITE);
    await type("Your note", "The rollback had never");
    const { draft } = readNote("went-poorly", "new")!;
    unmount();
    show(WRITE);
    expect(field("Your note").value).toBe("The rollback had never");
    await submit("Send");
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "write",
      draft,
      kind: { type: "went-poorly" },
      text: "The rollback had never",
    });
  });

  it("shows a hint once where hints are on, and sends the same text the second time", async () => {
    const hint = { reason: "What was visible then?", reword: "What would have shown it?" };
    const asked = vi.fn(() => Promise.resolve(Response.json(hint)));
    vi.stubGlobal("fetch", asked);
    render(App, { room: room(state(WRITE, {}, { hints: true }), { send }) });
    await type("Your note", "Bob should have checked");
    await submit("Send");
    expect(document.body.textContent).toContain("For instance: “What would have shown it?”");
    expect(send).not.toHaveBeenCalled();
    await submit("Send");
    expect(send).toHaveBeenCalledOnce();
    expect(asked).toHaveBeenCalledOnce();
  });

  it("frees the field only once the room has the note", async () => {
    let answer: (failure: Failure | undefined) => void = () => {};
    send.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    show(WRITE);
    await type("Your note", "Two rotations");
    await fireEvent.submit(button("Send").closest("form")!);
    expect(field("Your note").value).toBe("Two rotations");
    expect(readNote("went-poorly", "new")?.text).toBe("Two rotations");

    answer(undefined);
    await vi.waitFor(() => expect(field("Your note").value).toBe(""));
    expect(screen.getByText("Sent ✓")).toBeDefined();
    expect(readNote("went-poorly", "new")).toBeUndefined();
  });

  it("is ready for the next note when the state that came with the answer shows the one before", async () => {
    const shown = show(WRITE);
    send.mockImplementation(async (request) => {
      const { draft, kind, text } = request as Extract<PhoneRequest, { type: "write" }>;
      await shown.rerender({ room: room(state(WRITE, { notes: [{ draft, kind, text }] }), { send }) });
      return undefined;
    });
    await type("Your note", "Two rotations");
    await submit("Send");
    await vi.waitFor(() => expect(field("Your note").value).toBe(""));
    await tick();
    expect(button("Send"), "and not a change of the one before").toBeDefined();
    expect(localStorage.length, "nothing is unsent").toBe(0);
  });

  it("leaves a refused note in the field, with the reason", async () => {
    send.mockResolvedValue(REFUSAL);
    show(WRITE);
    await type("Your note", "Two rotations");
    await submit("Send");
    expect(field("Your note").value).toBe("Two rotations");
    expect(screen.getByRole("alert").textContent).toBe("Writing is not open now.");
  });

  it("makes a change of what was typed while the note was on its way", async () => {
    let answer: (failure: Failure | undefined) => void = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    show(WRITE);
    await type("Your note", "Two");
    await fireEvent.submit(button("Send").closest("form")!);
    await type("Your note", "Two rotations");
    answer(undefined);
    await vi.waitFor(() => expect(button("Save the change")).toBeDefined());
    expect(field("Change what you sent").value).toBe("Two rotations");
    await submit("Save the change").catch(() => undefined);
    const [first, second] = send.mock.calls.map(
      ([request]) => request as Extract<PhoneRequest, { type: "write" }>,
    );
    expect(second!.draft).toBe(first!.draft);
    expect(second!.text).toBe("Two rotations");
  });

  it("clears a note that was kept although its answer was lost with the page", async () => {
    keepNote("went-poorly", "new", { draft: "d1", kind: { type: "went-poorly" }, text: "Two rotations" });
    show(WRITE, { notes: [{ draft: "d1", kind: { type: "went-poorly" }, text: "Two rotations" }] });
    await tick();
    expect(field("Your note").value).toBe("");
  });

  it("changes a note under its own name and returns to the unfinished one", async () => {
    keepNote("went-poorly", "new", { draft: "new1", kind: { type: "went-poorly" }, text: "Unfinished" });
    show(WRITE, { notes: [{ draft: "d1", kind: { type: "went-poorly" }, text: "Green dashboard" }] });
    await press("Edit: Green dashboard");
    await type("Change what you sent", "Green dashboard for nine minutes");
    await fireEvent.submit(button("Save the change").closest("form")!);
    await vi.waitFor(() => expect(field("Your note").value).toBe("Unfinished"));
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "write",
      draft: "d1",
      kind: { type: "went-poorly" },
      text: "Green dashboard for nine minutes",
    });
  });

  it("withdraws a note and offers its text again", async () => {
    show(WRITE, { notes: [{ draft: "d1", kind: { type: "went-poorly" }, text: "Green dashboard" }] });
    await press("Withdraw: Green dashboard");
    expect(send).toHaveBeenCalledExactlyOnceWith({ type: "withdraw", draft: "d1", section: "went-poorly" });
    await vi.waitFor(() => expect(field("Your note").value).toBe("Green dashboard"));
    expect(
      readNote("went-poorly", "new")?.draft,
      "a withdrawn note does not come back under its name",
    ).not.toBe("d1");
  });

  it("asks what kind of note it is where there are two", async () => {
    show({ ...WRITE, section: "went-well" });
    await fireEvent.click(screen.getByLabelText("Where we got lucky"));
    await type("Your note", "The intern");
    await submit("Send");
    expect(send.mock.calls[0]![0]).toMatchObject({ kind: { type: "lucky" } });
  });

  it("asks for category and priority of a proposal, and counts 300 characters", async () => {
    show({ ...WRITE, section: "action-items" });
    await fireEvent.change(screen.getByLabelText("What it does"), { target: { value: "detection" } });
    await fireEvent.change(screen.getByLabelText("Priority"), { target: { value: "must" } });
    await type(/starting with a verb/, "x".repeat(290));
    expect(screen.getByText("10 left")).toBeDefined();
    await type(/starting with a verb/, "x".repeat(303));
    expect(screen.getByText("3 too many")).toBeDefined();
    await fireEvent.submit(button("Send").closest("form")!);
    expect(send, "nothing is cut off and nothing too long is sent").not.toHaveBeenCalled();

    await type(/starting with a verb/, "Alert");
    await submit("Send");
    expect(send.mock.calls[0]![0]).toMatchObject({
      kind: { type: "proposal", category: "detection", priority: "must" },
      text: "Alert",
    });
  });

  it("never shows one section's draft in another one's field", async () => {
    const poorly = show(WRITE);
    await type("Your note", "About what went poorly");
    await poorly.rerender({ room: room(state({ ...WRITE, section: "root-causes" }), { send }) });
    expect(field("Your note").value).toBe("");
  });

  it("shows what never left the phone once its section has closed", async () => {
    keepNote("went-poorly", "new", { draft: "d", kind: { type: "went-poorly" }, text: "Too late" });
    show({ type: "look", heading: "Look at the screen", text: "" });
    expect(screen.getByText("Too late")).toBeDefined();
    await press("Discard");
    expect(screen.queryByText("Too late")).toBeNull();
  });

  it("says so when a note waits for the network", async () => {
    send.mockReturnValue(new Promise(() => {}));
    const { latest, ...rest } = room(state(WRITE), { send, reached: false });
    render(Write, { task: WRITE, own: latest!.own, room: { latest, ...rest } });
    await type("Your note", "Two rotations");
    await fireEvent.submit(button("Send").closest("form")!);
    expect(screen.getByText(/Not sent yet. It is kept here/)).toBeDefined();
  });
});

describe("voting", () => {
  const more = (text: string): string => `One dot more for ${text}`;
  const [alert, owner] = VOTE.options.map(({ text }) => text) as [string, string];

  it("sends a whole ballot with the next revision", async () => {
    show(VOTE, { ballot: { revision: 4, dots: [[1, 1]] } });
    await press(more(alert));
    await press(more(owner));
    await press("Send the change");
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "vote",
      round: 9,
      ballot: { revision: 5, dots: [[1, 2], [2, 1]] }, // prettier-ignore
    });
  });

  it("stops at the limits and says why", async () => {
    show(VOTE);
    for (let time = 0; time < 3; time += 1) await press(more(alert));
    expect(screen.getByText("At most 2 dots on one proposal.")).toBeDefined();
    expect(screen.getByText(/1 of 3 dots left/)).toBeDefined();
    await press(more(owner));
    await press(more(owner));
    expect(screen.getByText("All your dots are placed. Take one back first.")).toBeDefined();
    expect(readBallot(9)?.dots).toEqual([[1, 2], [2, 1]]); // prettier-ignore
  });

  it("keeps an unsent ballot over a reload, until it is sent", async () => {
    const { unmount } = show(VOTE);
    await press(more(alert));
    unmount();
    show(VOTE);
    expect(screen.getByText(/2 of 3 dots left/)).toBeDefined();
    await press("Send my dots");
    await vi.waitFor(() => expect(readBallot(9)).toBeUndefined());
  });

  it("takes abstaining for a vote, and an empty ballot for none", async () => {
    show(VOTE);
    await press("Send my dots");
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByText("Place at least one dot, or abstain.")).toBeDefined();
    await press("Abstain");
    expect(send.mock.calls[0]![0]).toMatchObject({ ballot: { revision: 1, dots: [] } });
  });

  it("says what has been sent", () => {
    show(VOTE, { ballot: { revision: 1, dots: [[1, 1]] } });
    expect(screen.getByText(/Sent ✓/)).toBeDefined();
    cleanup();
    show(VOTE, { ballot: { revision: 1, dots: [] } });
    expect(screen.getByText(/You abstained ✓/)).toBeDefined();
  });

  it("keeps the dots of a refused ballot, with the reason", async () => {
    send.mockResolvedValue({ code: "voting-closed", message: "The vote is closed.", hint: "" });
    show(VOTE);
    await press(more(alert));
    await press("Send my dots");
    await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toBe("The vote is closed."));
    expect(screen.getByText(/2 of 3 dots left/)).toBeDefined();
  });
});

describe("the exit poll", () => {
  it("wants the first two answers and leaves the others open", async () => {
    show({ type: "poll" });
    await screen.findByRole("button", { name: "Send" });
    await submit("Send");
    expect(screen.getByRole("alert").textContent).toContain("first two questions");
    await fireEvent.click(screen.getAllByLabelText("Yes")[0]!);
    await fireEvent.click(screen.getAllByLabelText("No")[1]!);
    await submit("Send");
    expect(send).toHaveBeenCalledExactlyOnceWith({
      type: "answer-poll",
      answer: { learned: true, again: false, spoke_freely: null, improve: "" },
    });
  });

  it("can be changed", async () => {
    show({ type: "poll" }, { poll: { learned: true, again: true, spoke_freely: 4, improve: "" } });
    expect(await screen.findByText(/Sent ✓/)).toBeDefined();
    await press("Leave this open");
    await submit("Send the change");
    expect(send.mock.calls[0]![0]).toMatchObject({ answer: { spoke_freely: null } });
  });
});

it("tells a result in words and no names", () => {
  show(RESULT);
  expect(screen.getByText("7 dots from 5 people")).toBeDefined();
  expect(screen.getByText("1 dot from 1 person")).toBeDefined();
  expect(screen.getByText("no dots")).toBeDefined();
  expect(screen.getByRole("heading", { name: "Considered, not chosen" })).toBeDefined();
});

it("shows markup that somebody typed as text", () => {
  show({ type: "look", heading: "<b>14:23</b>", text: "<img src=x onerror=alert(1)>" });
  expect(document.querySelector("main img, main b")).toBeNull();
  expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeDefined();
});

it("speaks the clock at zero, politely and once", async () => {
  vi.useFakeTimers();
  const latest = state(WRITE, {}, { clock: clock(1_000) });
  render(App, { room: room(latest, { received: performance.now() }) });
  expect(screen.getByRole("timer").textContent).toBe("0:01 left");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(screen.getByText(/The time is up/).getAttribute("aria-live")).toBe("polite");
  expect(
    screen.getByRole("timer").getAttribute("aria-live"),
    "a timer that ticks aloud is unbearable",
  ).toBeNull();
});
