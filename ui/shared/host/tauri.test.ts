import { clearMocks, mockConvertFileSrc, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openHost } from "./tauri";

const REFUSED = { code: "voting_closed", message: "The vote is closed.", hint: "Open it again." };

beforeEach(() => {
  mockWindows("stage");
  mockConvertFileSrc("linux");
});

afterEach(() => {
  vi.unstubAllGlobals();
  clearMocks();
});

it("fetches the view over the scheme that knows which window asks", async () => {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(Response.json({ revision: 3 })));
  vi.stubGlobal("fetch", fetched);
  expect(await openHost("stage").view()).toEqual({ revision: 3 });
  expect(fetched.mock.calls[0]?.[0]).toBe("debrief://localhost/view");
});

it("uses the http form of the scheme where the web view needs it", async () => {
  mockConvertFileSrc("windows");
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(Response.json({ revision: 3 })));
  vi.stubGlobal("fetch", fetched);
  await openHost("stage").view();
  expect(fetched.mock.calls[0]?.[0]).toBe("http://debrief.localhost/view");
});

it("rejects with the failure in the body of a refused view", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(REFUSED, { status: 409 })));
  await expect(openHost("stage").view()).rejects.toEqual(REFUSED);
});

it("calls a command with its arguments, and passes on its failure", async () => {
  const called = vi.fn();
  mockIPC((command, payload) => {
    called(command, payload);
    if (command === "close_vote") throw REFUSED;
    return 12;
  });
  const host = openHost("console");
  expect(await host.call("request", { id: "a" })).toBe(12);
  expect(called).toHaveBeenCalledWith("request", { id: "a" });
  await expect(host.call("close_vote")).rejects.toEqual(REFUSED);
});

it("listens to revisions for its own window only", async () => {
  const asked = vi.fn();
  mockIPC((command, payload) => {
    asked(command, payload);
    return 1;
  });
  await openHost("stage").onRevision(() => undefined);
  expect(asked).toHaveBeenCalledWith(
    "plugin:event|listen",
    expect.objectContaining({ event: "revision", target: { kind: "WebviewWindow", label: "stage" } }),
  );
});
