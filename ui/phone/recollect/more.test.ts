import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DutyView } from "../../shared/bindings/DutyView";
import type { Failure } from "../../shared/bindings/Failure";
import type { OwnView } from "../../shared/bindings/OwnView";
import type { PhoneRequest } from "../../shared/bindings/PhoneRequest";
import type { PhoneTask } from "../../shared/bindings/PhoneTask";
import type { PhoneView } from "../../shared/bindings/PhoneView";
import App from "../App.svelte";
import { room, state, WRITE } from "../dev/fixture";

const LOOK: PhoneTask = { type: "look", heading: "14:23 CET", text: "Paged" };
const REMOTE: DutyView = {
  duty: "remote",
  script: { say: ["One event at a time."], ask: ["Who saw it differently?"], watch: "Obviously is a sign." },
  next: { type: "open-writing", section: "went-well" },
  is_timed: false,
  event: null,
  parked: 0,
  decided: 0,
};
const NOTES: DutyView = {
  ...REMOTE,
  duty: "note-taker",
  script: null,
  next: null,
  event: { id: 7, clock: "14:23", text: "Paged", questions: [["What was known?", "The graph"]] },
  parked: 2,
};
const send = vi.fn<(request: PhoneRequest) => Promise<Failure | undefined>>();

beforeEach(() => {
  vi.stubGlobal("scrollTo", () => {});
  send.mockReset().mockResolvedValue(undefined);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (task: PhoneTask, own: Partial<OwnView>, view: Partial<PhoneView> = {}) =>
  render(App, { room: room(state(task, own, view), { send }) });
const press = async (name: string): Promise<void> => {
  await fireEvent.click(await screen.findByRole("button", { name }));
};

describe("taps", () => {
  it("are there only where the facilitator has turned them on", async () => {
    show(LOOK, {});
    expect(screen.queryByRole("button", { name: /move on|new to me/ })).toBeNull();
    cleanup();
    show(LOOK, {}, { move_on: true, novelty: 7 });
    await press("Time to move on");
    await press("This was new to me");
    expect(send.mock.calls.map(([request]) => request)).toEqual([
      { type: "move-on", on: true },
      { type: "find-new", event: 7, on: true },
    ]);
  });

  it("are taken back with a second press", async () => {
    show(LOOK, { moving_on: true, found_new: true }, { move_on: true, novelty: 7 });
    await press("Time to move on ✓");
    await press("New to me ✓");
    expect(send.mock.calls.map(([request]) => request)).toEqual([
      { type: "move-on", on: false },
      { type: "find-new", event: 7, on: false },
    ]);
  });
});

describe("an action item", () => {
  const OFFERED = { id: 9, task: "Add a canary", own: true, due: null, criterion: "", accepted: false };

  async function fill(label: RegExp, value: string): Promise<void> {
    await fireEvent.input(await screen.findByLabelText(label), { target: { value } });
  }

  it("is taken on with a date and a criterion by whom it is named after", async () => {
    show(LOOK, { name: "Ines", actions: [OFFERED] });
    await press("I take it on");
    expect(send, "a promise without a date is none").not.toHaveBeenCalled();
    await fill(/^By when/, "2026-06-09");
    await press("I take it on");
    expect(send, "nor is one that nobody can check").not.toHaveBeenCalled();
    await fill(/^How will we know/, " A bad build is stopped ");
    await press("I take it on");
    expect(send.mock.calls).toEqual([
      [{ type: "take-action", action: 9, due: "2026-06-09", criterion: "A bad build is stopped" }],
    ]);
  });

  it("that nobody has asks whoever takes it for a name first", async () => {
    show(LOOK, { actions: [{ ...OFFERED, own: false, due: "2026-06-09", criterion: "It is stopped" }] });
    await press("I take it on");
    expect(send).not.toHaveBeenCalled();
    await fill(/^Your name$/, "Ines");
    await press("I take it on");
    expect(send.mock.calls.map(([request]) => request)).toEqual([
      { type: "rename", name: "Ines" },
      { type: "take-action", action: 9, due: "2026-06-09", criterion: "It is stopped" },
    ]);
  });

  it("that was taken on goes into a calendar, and can be changed", async () => {
    show(LOOK, {
      name: "Ines",
      actions: [{ ...OFFERED, accepted: true, due: "2026-06-09", criterion: "It stops" }],
    });
    const link = await screen.findByRole("link", { name: "Put it in my calendar" });
    expect(link.getAttribute("href")).toBe("/action/9/due.ics");
    await press("Change it");
    expect((await screen.findByLabelText<HTMLInputElement>(/^By when/)).value).toBe("2026-06-09");
  });

  it("keeps what was typed when it is refused, and says why", async () => {
    show(LOOK, { name: "Ines", actions: [{ ...OFFERED, due: "2026-06-09", criterion: "It stops" }] });
    send.mockResolvedValueOnce({ code: "taken-by-another", message: "This is Ada’s.", hint: "" });
    await press("I take it on");
    expect(await screen.findByText("This is Ada’s.")).toBeDefined();
    expect((await screen.findByLabelText<HTMLTextAreaElement>(/^How will/)).value).toBe("It stops");
  });
});

describe("the remote", () => {
  it("says what comes next, moves on and back, and shows the script, while the room writes too", async () => {
    show(WRITE, { duty: REMOTE });
    await press("Open silent writing");
    await press("Back");
    await press("Start the timer");
    expect(send.mock.calls.map(([request]) => request.type)).toEqual(["next", "back", "toggle-clock"]);
    expect(screen.getByText("Who saw it differently?")).toBeDefined();
  });

  it("has no button for what cannot be taken back", async () => {
    show(LOOK, { duty: { ...REMOTE, next: { type: "reveal", section: "went-well" } } });
    expect(await screen.findByText(/^Reveal what was written: only at the laptop/)).toBeDefined();
    expect(screen.queryByRole("button", { name: /Reveal/ })).toBeNull();
  });
});

describe("the note-taker", () => {
  it("writes what the room says about the event, and sees what is there already", async () => {
    show(LOOK, { duty: NOTES });
    const answer = await screen.findByLabelText<HTMLTextAreaElement>(/^What was known/);
    expect(answer.value).toBe("The graph");
    await fireEvent.input(answer, { target: { value: "The graph and the alert" } });
    await fireEvent.submit(answer.form!);
    expect(send).toHaveBeenLastCalledWith({
      type: "answer",
      event: 7,
      question: "What was known?",
      answer: "The graph and the alert",
    });
    expect(answer.value, "an answer stays to be gone on with").toBe("The graph and the alert");
  });

  it("keeps the text of what was refused, and frees the line of what was kept", async () => {
    show(LOOK, { duty: NOTES });
    const line = await screen.findByLabelText<HTMLTextAreaElement>(/^Parking lot/);
    expect(line.labels?.[0]?.textContent).toContain("2 parked");
    send.mockResolvedValueOnce({
      code: "facilitator-only",
      message: "Only the facilitator can do this.",
      hint: "",
    });
    await fireEvent.input(line, { target: { value: "Rotas" } });
    await fireEvent.submit(line.form!);
    expect(await screen.findByText(/Only the facilitator/)).toBeDefined();
    expect(line.value).toBe("Rotas");
    await fireEvent.submit(line.form!);
    await vi.waitFor(() => expect(line.value).toBe(""));
    expect(send).toHaveBeenLastCalledWith({ type: "park", text: "Rotas" });
  });
});

describe("the way back", () => {
  const answer = vi.fn<(body: unknown) => unknown>();

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    answer.mockReset();
    vi.stubGlobal("fetch", (address: string, asked: { body: string }) => {
      expect(address).toBe("/api/return");
      return Promise.resolve({ json: () => Promise.resolve(answer(JSON.parse(asked.body))) });
    });
  });
  afterEach(() => vi.useRealTimers());

  async function askToComeBack(): Promise<void> {
    render(App, { room: room(undefined, { place: "join", send }) });
    await press("I was here before");
    await fireEvent.input(
      await screen.findByLabelText("Code on the big screen", { selector: ".apart input" }),
      {
        target: { value: "k7q xmr" },
      },
    );
    await fireEvent.submit(screen.getByRole("button", { name: "Ask to be let back" }).closest("form")!);
  }

  it("shows the code to hold up, and asks again under the same name until somebody has decided", async () => {
    answer.mockReturnValue({ waiting: "K7Q" });
    await askToComeBack();
    expect(await screen.findByText("K7Q")).toBeDefined();
    await vi.advanceTimersByTimeAsync(3_100);
    const [first, second] = answer.mock.calls.map(([body]) => body as { id: string; code: string });
    expect(second).toEqual(first);
    expect(first!.code).toBe("K7QXMR");

    answer.mockReturnValue({
      code: "turned-away",
      message: "The facilitator has not let this phone back.",
      hint: "",
    });
    await vi.advanceTimersByTimeAsync(3_100);
    expect(await screen.findByText(/has not let this phone back/)).toBeDefined();
    expect(screen.queryByText("K7Q")).toBeNull();
  });
});
