import { cleanup, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Button from "./Button.svelte";
import Dots from "./Dots.svelte";
import Empty from "./Empty.svelte";
import TimerBar from "./TimerBar.svelte";

const text = (html: string) => createRawSnippet(() => ({ render: () => `<span>${html}</span>` }));

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("Button", () => {
  it("names its key for assistive technology and keeps it out of its own name", () => {
    render(Button, { shortcut: "Ctrl Z", children: text("Undo") });
    const button = screen.getByRole("button", { name: "Undo" });
    expect(button.getAttribute("aria-keyshortcuts")).toBe("Control+Z");
    expect(button.textContent).toContain("Ctrl Z");
  });

  it("never submits a form unless told to", () => {
    render(Button, { children: text("Back") });
    expect(screen.getByRole("button").getAttribute("type")).toBe("button");
  });

  it("calls back on a press", () => {
    const pressed = vi.fn();
    render(Button, { children: text("Next"), onclick: pressed });
    screen.getByRole("button").click();
    expect(pressed).toHaveBeenCalledOnce();
  });
});

describe("Dots", () => {
  it("says in words what it shows in dots", () => {
    render(Dots, { filled: 5, total: 7, label: "5 of 7 have written" });
    const dots = screen.getByRole("img", { name: "5 of 7 have written" });
    expect(dots.querySelectorAll(".dot")).toHaveLength(7);
    expect(dots.querySelectorAll(".filled")).toHaveLength(5);
  });

  it("grows when more are filled than expected", () => {
    render(Dots, { filled: 4, total: 3, label: "4 dots" });
    expect(screen.getByRole("img").querySelectorAll(".dot")).toHaveLength(4);
  });
});

describe("TimerBar", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it("goes from two minutes left to over without a newer view", async () => {
    const clock = { planned_ms: 600_000, spent_ms: 480_000, running: true, state: "warning" } as const;
    const { container } = render(TimerBar, { clock, received: performance.now() });
    expect(screen.getByText("2 min left")).toBeDefined();
    expect(container.querySelector(".warning")).not.toBeNull();

    await vi.advanceTimersByTimeAsync(200_000);
    expect(screen.getByText("over by 1:20")).toBeDefined();
    expect(container.querySelector(".over"), "the shape changes with the word").not.toBeNull();
  });

  it("stops painting once it is gone", () => {
    const clock = { planned_ms: 600_000, spent_ms: 0, running: true, state: "running" } as const;
    const { unmount } = render(TimerBar, { clock, received: performance.now() });
    expect(vi.getTimerCount()).toBe(1);
    unmount();
    vi.runAllTicks();
    vi.advanceTimersByTime(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("Empty", () => {
  it("says what is so and what to do", () => {
    render(Empty, { title: "No post-mortems yet", children: text("Paste a timeline to start.") });
    expect(screen.getByText("No post-mortems yet")).toBeDefined();
    expect(screen.getByText("Paste a timeline to start.")).toBeDefined();
  });
});
