import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Desk, DESK } from "../desk.svelte";
import { FixtureHost } from "../fixtures/host";
import * as views from "../fixtures/views";
import type { Pages } from "./pdf";
import { GATHER_MS } from "./printed.svelte";
import RecordPanel from "./RecordPanel.svelte";

/** Stands in for pdf.js: a file is a text, its pages are its lines, and each is painted when the test lets it. */
const press = vi.hoisted(() => ({
  open: new Set<string>(),
  readers: 0,
  begun: 0,
  held: false,
  opening: false,
  waiting: [] as (() => void)[],
  broken: false,
  torn: false,
}));

vi.mock("./pdf", () => {
  class PdfReader {
    #closed = false;

    constructor() {
      press.readers += 1;
      press.begun += 1;
    }

    async open(bytes: Uint8Array): Promise<Pages> {
      if (press.opening) await new Promise<void>((opened) => press.waiting.push(opened));
      if (press.broken) return Promise.reject(new Error("no worker"));
      const text = new TextDecoder().decode(bytes);
      if (text === "torn") return Promise.reject(new Error("no PDF"));
      const lines = text.split("\n");
      press.open.add(text);
      return Promise.resolve({
        count: lines.length,
        shape: 1.4,
        bookmarks: lines.map((title, place) => ({ title, depth: 0, place })),
        close: () => press.open.delete(text),
        paint: async (page, _width, _density, stopped) => {
          if (press.held) await new Promise<void>((paint) => press.waiting.push(paint));
          stopped.throwIfAborted();
          if (this.#closed) throw new Error("no worker");
          if (press.torn) throw new Error("no memory");
          const words = document.createElement("p");
          words.textContent = lines[page] ?? "";
          return [document.createElement("canvas"), words];
        },
      });
    }

    close(): void {
      this.#closed = true;
      press.readers -= 1;
    }
  }
  return { PdfReader };
});

/** The files the shell would answer with; each is handed out when the test says so. */
class Shell extends FixtureHost {
  files: Record<string, string> = { internal: "Jo Park led it\nThe end", public: "Somebody led it" };
  readonly asked: { edition: string; answer: () => void; refuse: () => void }[] = [];
  held = false;

  override pdf(edition: string): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const file = this.files[edition] ?? "";
      const answer = (): void => resolve(new TextEncoder().encode(file));
      const refuse = (): void =>
        reject({ code: "no-pages", message: "The disk is full.", hint: "Free some." });
      this.asked.push({ edition, answer, refuse });
      if (!this.held) answer();
    });
  }
}

let shell: Shell;
let revised: (revision: number) => Promise<void>;

beforeEach(() => {
  Object.assign(press, {
    readers: 0,
    begun: 0,
    held: false,
    opening: false,
    waiting: [],
    broken: false,
    torn: false,
  });
  press.open.clear();
  shell = new Shell(views.shownIn(null));
});

afterEach(cleanup);

function open(): () => void {
  const view = views.ended();
  const { rerender, unmount } = render(RecordPanel, {
    props: { view },
    context: new Map([[DESK, new Desk(shell)]]),
  });
  revised = async (revision) => rerender({ view: { ...view, revision } });
  return unmount;
}

const choose = async (group: string, name: string): Promise<void> =>
  userEvent.click(within(screen.getByRole("group", { name: group })).getByRole("radio", { name }));
const shown = (): string => screen.getByRole("region", { name: /^The record as/ }).textContent ?? "";
const paintAll = (): void => press.waiting.splice(0).forEach((paint) => paint());

it("shows the pages first, and says which of how many each is", async () => {
  open();
  expect(screen.getByText("Setting the pages…")).toBeDefined();
  const controls = (): string[] =>
    [...document.querySelectorAll("select, button")].map(({ textContent }) => textContent?.trim() ?? "");
  const before = controls().slice(1);
  const first = await screen.findByRole("group", { name: "Page 1 of 2" });
  // An image would hide its words from whoever has them read aloud.
  expect(await within(first).findByText("Jo Park led it")).toBeDefined();
  expect(screen.getByText("Page 1 of 2")).toBeDefined();
  await waitFor(() => expect(shown()).toContain("Jo Park led it"));
  const headings = screen.getByLabelText<HTMLSelectElement>("Go to");
  expect([...headings.options].map(({ text }) => text)).toEqual(["First page", "Jo Park led it", "The end"]);
  expect(before).toContain("Larger");
  expect(controls().slice(1), "nothing moves away under the pointer when the pages come").toEqual(before);
  await choose("Shown as", "Text");
  expect(screen.queryByRole("group", { name: /^Page/ })).toBeNull();
  expect(screen.getByRole("region", { name: "The record as it reads now" })).toBeDefined();
});

it("takes the internal pages off the screen in the moment the public edition is chosen", async () => {
  open();
  await waitFor(() => expect(shown()).toContain("Jo Park"));
  shell.held = true;
  const canvas = document.querySelector("canvas")!;
  await choose("Edition", "Public");
  expect(document.querySelector("canvas"), "and nothing of them is kept").toBeNull();
  expect(canvas.width).toBe(0);
  expect(shown()).not.toContain("Jo Park");
  shell.asked.at(-1)?.answer();
  await waitFor(() => expect(shown()).toContain("Somebody led it"));
});

it("drops internal pages that arrive, or are painted, after the public edition was chosen", async () => {
  shell.held = true;
  open();
  await choose("Edition", "Public");
  for (const { answer } of [...shell.asked].reverse()) answer();
  await waitFor(() => expect(shown()).toContain("Somebody led it"));
  expect(shell.asked.map(({ edition }) => edition)).toEqual(["internal", "public"]);
  expect(shown()).not.toContain("Jo Park");
  expect([...press.open]).toEqual(["Somebody led it"]);

  press.held = true;
  await choose("Edition", "Internal");
  shell.asked.at(-1)?.answer();
  await waitFor(() => expect(press.waiting.length).toBeGreaterThan(0));
  await choose("Edition", "Public");
  paintAll();
  shell.asked.at(-1)?.answer();
  await waitFor(() => expect([...press.open]).toEqual(["Somebody led it"]));
  paintAll();
  await waitFor(() => expect(shown()).toContain("Somebody led it"));
  expect(shown()).not.toContain("Jo Park led it");
});

it("keeps the old pages until the new ones are painted, and lets the old file go", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    open();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it"));
    press.held = true;
    shell.files["internal"] = "Jo Park led it well\nThe end";
    // Several changes in a row set the pages once.
    for (const revision of [901, 902, 903]) await revised(revision);
    expect(shell.asked.length).toBe(1);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    await vi.waitFor(() => expect(press.waiting.length).toBeGreaterThan(0));
    expect(shell.asked.length).toBe(2);
    expect(shown(), "the page before stays in its place").toContain("Jo Park led it");
    paintAll();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it well"));
    expect([...press.open]).toEqual(["Jo Park led it well\nThe end"]);
  } finally {
    vi.useRealTimers();
  }
});

it("paints nothing anew when a change leaves the record as it was", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    open();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it"));
    const canvas = document.querySelector("canvas");
    await revised(901);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    await tick();
    expect(shell.asked.length).toBe(2);
    expect(document.querySelector("canvas")).toBe(canvas);
  } finally {
    vi.useRealTimers();
  }
});

it("says what happened when there are no pages, and offers the text", async () => {
  shell.held = true;
  open();
  shell.asked[0]?.refuse();
  expect(await screen.findByText(/The disk is full\. Free some\./)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  shell.asked.at(-1)?.answer();
  await waitFor(() => expect(shown()).toContain("Jo Park"));
  expect(screen.queryByText(/The disk is full/)).toBeNull();
});

it("keeps the reader of the pages that are shown while newer ones are tried for again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    open();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it"));
    shell.held = true;
    await revised(901);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    shell.asked.at(-1)?.refuse();
    await vi.waitFor(() => expect(screen.getByText(/The pages below are older/)).toBeDefined());
    screen.getByRole("button", { name: "Try again" }).click();
    await vi.waitFor(() => expect(shell.asked.length, "it is tried at once").toBe(3));
    expect(press.readers, "the pages below can still be painted").toBe(1);
    shell.asked.at(-1)?.answer();
    await vi.waitFor(() => expect(screen.queryByText(/The disk is full/)).toBeNull());
    expect(press.readers).toBe(1);
    expect(shown()).toContain("Jo Park led it");
  } finally {
    vi.useRealTimers();
  }
});

it("goes on painting the pages that are shown when a newer file cannot be opened", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    open();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it"));
    shell.files["internal"] = "torn";
    await revised(901);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    await vi.waitFor(() => expect(screen.getByText(/The pages below are older/)).toBeDefined());
    screen.getByRole("button", { name: "Smaller" }).click();
    press.held = true;
    await vi.waitFor(() => expect(press.waiting.length).toBeGreaterThan(0));
    press.held = false;
    paintAll();
    await tick();
    expect(console.error, "only the newer file was not opened").toHaveBeenCalledTimes(1);
    expect(shown()).toContain("Jo Park led it");

    shell.files["internal"] = "Jo Park led it well";
    screen.getByRole("button", { name: "Try again" }).click();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it well"));
    expect(press.readers, "the one before is let go").toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

it("keeps the reader of newer pages although an older one could not be painted meanwhile", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    open();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it"));
    shell.files["internal"] = "Jo Park led it well";
    press.opening = true;
    await revised(901);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    await vi.waitFor(() => expect(press.waiting.length).toBe(1));
    // While the newer file is being opened, a page of the older one fails.
    press.torn = true;
    screen.getByRole("button", { name: "Smaller" }).click();
    await vi.waitFor(() => expect(screen.getByText(/This window could not open the pages/)).toBeDefined());
    press.torn = false;
    press.opening = false;
    paintAll();
    await vi.waitFor(() => expect(shown()).toContain("Jo Park led it well"));
    expect(press.readers, "and it still has its reader").toBe(1);
    expect(screen.queryByText(/This window could not open the pages/)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

it("reads the pages with a new reader after one could not be painted", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  press.torn = true;
  open();
  expect(await screen.findByText(/This window could not open the pages/)).toBeDefined();
  expect(press.begun).toBe(1);
  press.torn = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(shown()).toContain("Jo Park led it"));
  expect(press.begun).toBe(2);
  expect(press.readers).toBe(1);
});

it("offers the text when this window cannot open a PDF at all", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  press.broken = true;
  open();
  expect(await screen.findByText(/This window could not open the pages/)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Read it as text" }));
  expect(screen.getByRole("region", { name: "The record as it reads now" })).toBeDefined();
  await waitFor(() => expect(press.readers).toBe(0));
});

it("leaves no file open and no reader behind when it is closed, even while a file is on its way", async () => {
  const close = open();
  await waitFor(() => expect(shown()).toContain("Jo Park"));
  close();
  await waitFor(() => expect(press.readers).toBe(0));
  expect(press.open.size).toBe(0);

  shell.held = true;
  const closeEarly = open();
  closeEarly();
  shell.asked.at(-1)?.answer();
  await tick();
  await waitFor(() => expect(press.readers).toBe(0));
  expect(press.open.size).toBe(0);
});
