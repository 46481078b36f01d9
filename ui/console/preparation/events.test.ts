import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Request } from "../../shared/bindings/Request";
import { open } from "../fixtures/render";
import * as views from "../fixtures/views";
import { EVENT_KINDS } from "../words";
import { KIND_KEYS, listActionFor } from "./kindKeys";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

const row = (id: number): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-row="${id}"]`);
  if (found === null) throw new Error(`no row ${id}`);
  return found;
};

/** Waits for the list and puts the focus on a row. */
async function on(id: number): Promise<void> {
  await screen.findByRole("grid", { name: "Events" });
  row(id).focus();
}

const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset["row"];

const kindOf = (event: number, value: string): unknown => ({
  type: "event",
  event,
  change: { field: "kind", value },
});

describe("the letters of the kinds", () => {
  it("are each of their word, differ, and leave moving and selecting alone", () => {
    const letters = EVENT_KINDS.map(([kind, words]) => {
      expect(words.toLowerCase(), kind).toContain(KIND_KEYS[kind]);
      return KIND_KEYS[kind];
    });
    expect(new Set(letters).size).toBe(EVENT_KINDS.length);
    expect(letters.filter((letter) => "jkx".includes(letter))).toEqual([]);
  });

  it("rest with Control, which belongs to the window", () => {
    expect(listActionFor({ key: "z", control: true, shift: false, alt: false })).toBeUndefined();
    expect(listActionFor({ key: "d", control: true, shift: false, alt: false })).toBeUndefined();
  });
});

describe("a list of 200 events by keyboard", () => {
  it("has one tab stop, and moves the focus by arrow, letter, page and end", async () => {
    open(views.longTimeline());
    await on(1000);
    expect(document.querySelectorAll('[data-row][tabindex="0"]')).toHaveLength(1);
    await userEvent.keyboard("{ArrowDown}jjk");
    expect(focused()).toBe("1002");
    await userEvent.keyboard("{PageDown}");
    expect(focused()).toBe("1012");
    await userEvent.keyboard("{End}{ArrowDown}");
    expect(focused()).toBe("1199");
    expect(document.querySelectorAll('[data-row][tabindex="0"]')).toHaveLength(1);
  });

  it("sets the kind of the focused row with one letter", async () => {
    const host = open(views.longTimeline());
    await on(1003);
    await userEvent.keyboard("m");
    expect(host.requests).toEqual([{ type: "edit", edit: kindOf(1003, "mitigation") }]);
  });

  it("changes all that are selected in one request, without those that are so already", async () => {
    const host = open(views.longTimeline());
    await on(1000);
    // 1000 to 1004 by extending, 1006 by a press; 1005 stays as it is. 1005 and 1011 are decisions.
    await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}");
    await userEvent.keyboard("{ArrowDown}{ArrowDown} ");
    expect(screen.getByText("7 selected", { selector: "[role=status]" })).toBeDefined();
    await userEvent.keyboard("d");
    expect(host.requests).toEqual([
      {
        type: "edit-all",
        edits: [1000, 1001, 1002, 1003, 1004, 1007].map((event) => kindOf(event, "decision")),
      },
    ] satisfies Request[] | unknown[]);
  });

  it("shortens an extended selection when it goes back", async () => {
    open(views.longTimeline());
    await on(1010);
    await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}");
    expect([...document.querySelectorAll('[aria-selected="true"]')]).toEqual([row(1010), row(1011)]);
  });

  it("makes key events of all at once, and none of them when all are", async () => {
    const host = open(views.preparing());
    await on(1);
    await userEvent.keyboard("{Control>}a{/Control}{Shift>}k{/Shift}");
    expect(host.requests, "only the observation is no key event yet").toEqual([
      { type: "edit", edit: { type: "event", event: 2, change: { field: "key", value: true } } },
    ]);
    await userEvent.keyboard("{Escape}");
    row(3).focus();
    await userEvent.keyboard("{Shift>}K{/Shift}");
    expect(host.requests.at(-1)).toEqual({
      type: "edit",
      edit: { type: "event", event: 3, change: { field: "key", value: false } },
    });
  });

  it("removes what is selected, says how it comes back, and goes on with the row below", async () => {
    const host = open(views.longTimeline());
    await on(1004);
    await userEvent.keyboard("xj x{Delete}".replace(" ", ""));
    expect(host.requests).toEqual([
      {
        type: "edit-all",
        edits: [
          { type: "remove-event", event: 1004 },
          { type: "remove-event", event: 1005 },
        ],
      },
    ]);
    expect(await screen.findByText(/Removed 2 events. Ctrl Z brings them back./)).toBeDefined();
    await waitFor(() => expect(focused()).toBe("1006"));
  });

  it("keeps the selection and the focus when the removal is refused", async () => {
    const host = open(views.longTimeline());
    host.refusal = { code: "busy", message: "The disk is full.", hint: "" };
    await on(1004);
    await userEvent.keyboard("x{Delete}");
    expect(await screen.findByText("The disk is full.", { exact: false })).toBeDefined();
    expect(row(1004).getAttribute("aria-selected")).toBe("true");
    expect(focused()).toBe("1004");
  });

  it("leaves letters to a field, and comes back from it with Escape", async () => {
    const host = open(views.preparing());
    await on(6);
    await userEvent.keyboard("{Enter}");
    const text = await screen.findByLabelText<HTMLTextAreaElement>("What happened");
    expect(document.activeElement, "the details begin where one types").toBe(text);
    await userEvent.keyboard("d");
    expect(text.value.endsWith("d")).toBe(true);
    expect(host.requests, "the letter went into the field").toEqual([]);
    await userEvent.keyboard("{Escape}");
    expect(focused()).toBe("6");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByLabelText("What happened")).toBeNull();
    expect(focused(), "Escape never leaves the list").toBe("6");
  });
});

describe("the list by mouse", () => {
  it("acts on the row that was pressed, or on those that are ticked", async () => {
    const host = open(views.preparing());
    await on(1);
    const bar = screen.getByRole("group", { name: "Selected events" });
    await userEvent.click(row(6));
    await userEvent.selectOptions(within(bar).getByLabelText("Kind of the selected events"), "Observation");
    expect(host.requests).toEqual([{ type: "edit", edit: kindOf(6, "observation") }]);
    for (const id of [8, 9]) await userEvent.click(row(id).querySelector("[data-tick]") as Element);
    expect(within(bar).getByText("2 selected")).toBeDefined();
    await userEvent.click(within(bar).getByRole("button", { name: "Not key" }));
    expect(host.requests.at(-1)).toEqual({
      type: "edit-all",
      edits: [8, 9].map((event) => ({ type: "event", event, change: { field: "key", value: false } })),
    });
  });
});

describe("worth asking", () => {
  it("goes to the event, and shows its questions there", async () => {
    open(views.withEvidence());
    const panel = await screen.findByRole("region", { name: /Worth asking/ });
    expect(within(panel).getByText("10 min without an entry before 14:41")).toBeDefined();
    await userEvent.click(within(panel).getByRole("button", { name: /^Go to: Rolled back/ }));
    const details = document.querySelector<HTMLElement>("[data-details]");
    expect(
      details && within(details).getByText("What led to this, and what else was possible?"),
    ).toBeTruthy();
  });

  it("marks an event as key that is not yet", async () => {
    const view = views.withEvidence();
    const timeline = view.timeline.map((shown) => ({
      ...shown,
      event: { ...shown.event, key: shown.event.id < 5 },
    }));
    const host = open({ ...view, timeline });
    await userEvent.click(await screen.findByRole("button", { name: /^Mark as key event: Rolled back/ }));
    await userEvent.click(screen.getByRole("button", { name: "Mark all 2 as key events" }));
    expect(host.requests).toEqual([
      { type: "edit", edit: { type: "event", event: 7, change: { field: "key", value: true } } },
      {
        type: "edit-all",
        edits: [5, 7].map((event) => ({ type: "event", event, change: { field: "key", value: true } })),
      },
    ]);
  });
});
