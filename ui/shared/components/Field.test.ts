import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import Field from "./Field.svelte";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function field(): HTMLTextAreaElement {
  return screen.getByLabelText<HTMLTextAreaElement>("Answer");
}

function shown(save: (text: string) => unknown, value = "") {
  return render(Field, { label: "Answer", value, save });
}

async function type(text: string): Promise<void> {
  await fireEvent.focus(field());
  await fireEvent.input(field(), { target: { value: text } });
}

it("saves once typing has rested, and not before", async () => {
  const save = vi.fn();
  shown(save);
  await type("The run");
  await vi.advanceTimersByTimeAsync(599);
  await type("The runbook");
  await vi.advanceTimersByTimeAsync(599);
  expect(save).not.toHaveBeenCalled();

  await vi.advanceTimersByTimeAsync(1);
  expect(save).toHaveBeenCalledExactlyOnceWith("The runbook");
});

it("saves at once when the focus leaves, and only once", async () => {
  const save = vi.fn();
  shown(save);
  await type("Paged");
  await fireEvent.blur(field());
  expect(save).toHaveBeenCalledExactlyOnceWith("Paged");
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).toHaveBeenCalledOnce();
});

it("saves what was typed when it disappears", async () => {
  const save = vi.fn();
  const { unmount } = shown(save);
  await type("Half a sen");
  unmount();
  expect(save).toHaveBeenCalledExactlyOnceWith("Half a sen");
});

it("does not save what has not changed", async () => {
  const save = vi.fn();
  shown(save, "as it was");
  await fireEvent.focus(field());
  await fireEvent.blur(field());
  expect(save).not.toHaveBeenCalled();
});

it("does not save half of a composed character", async () => {
  const save = vi.fn();
  shown(save);
  await fireEvent.focus(field());
  await fireEvent.compositionStart(field());
  await fireEvent.input(field(), { target: { value: "に" } });
  await vi.advanceTimersByTimeAsync(5000);
  expect(save).not.toHaveBeenCalled();

  await fireEvent.compositionEnd(field());
  await vi.advanceTimersByTimeAsync(600);
  expect(save).toHaveBeenCalledExactlyOnceWith("に");
});

it("never replaces text under the cursor, and follows once at rest", async () => {
  const save = vi.fn();
  const { rerender } = shown(save, "old");
  await type("mine");
  await rerender({ value: "theirs" });
  expect(field().value).toBe("mine");

  await fireEvent.blur(field());
  await vi.advanceTimersByTimeAsync(0);
  expect(field().value, "what was typed here last stands").toBe("mine");
  await rerender({ value: "mine" });
  await rerender({ value: "undone" });
  expect(field().value).toBe("undone");
});

it("takes over what changed while it had the focus, if nothing was typed", async () => {
  const { rerender } = shown(vi.fn(), "old");
  await fireEvent.focus(field());
  await rerender({ value: "theirs" });
  expect(field().value).toBe("old");
  await fireEvent.blur(field());
  expect(field().value).toBe("theirs");
});

it("keeps a refused text and offers it again", async () => {
  const save = vi.fn().mockRejectedValueOnce(new Error("the disk is full")).mockResolvedValue(undefined);
  shown(save);
  await type("Kept");
  await vi.advanceTimersByTimeAsync(600);
  expect(field().value).toBe("Kept");

  await fireEvent.blur(field());
  expect(save).toHaveBeenCalledTimes(2);
  expect(save).toHaveBeenLastCalledWith("Kept");
});
