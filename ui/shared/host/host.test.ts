import { expect, it, vi } from "vitest";
import { asFailure } from "./host";

it("passes on what the shell said", () => {
  const said = { code: "voting_closed", message: "The vote is closed.", hint: "Open it again." };
  expect(asFailure(said)).toEqual(said);
  expect(asFailure({ code: "full", message: "The disk is full.", hint: null }).hint).toBe("");
});

it.each([new TypeError("Load failed"), "command view not allowed", null, { message: "no code" }])(
  "turns %o into a sentence for people",
  (thrown) => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const failure = asFailure(thrown);
    expect(failure.code).toBe("unreachable");
    expect(failure.message).not.toContain("Load failed");
    expect(logged).toHaveBeenCalledOnce();
  },
);
