import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { FixtureHost } from "../fixtures/host";
import { open } from "../fixtures/render";
import * as views from "../fixtures/views";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

async function found(): Promise<{ host: FixtureHost; preview: HTMLElement }> {
  const host = open(views.fresh());
  await userEvent.type(await screen.findByLabelText("Paste the timeline here"), "14:12 deployed");
  return { host, preview: await screen.findByRole("region", { name: "What was found" }) };
}

const rows = (preview: HTMLElement): number => preview.querySelectorAll("tbody tr").length;

it("takes in a kind that was changed, and says which words suggested the others", async () => {
  const { host, preview } = await found();
  const kind = within(preview).getByLabelText("Kind of: Latency alert for checkout fired");
  const reason = (): string =>
    document.getElementById(kind.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
  expect(reason()).toBe("Read from “alert”.");
  await userEvent.selectOptions(kind, "Detection");
  expect(reason()).toBe("Chosen by you.");
  await userEvent.click(within(preview).getByRole("button", { name: "Take in 6 events" }));
  await waitFor(() => {
    const request = host.requests.at(-1);
    expect(request?.type === "add-events" && request.events.map(({ kind }) => kind)).toEqual([
      "change",
      "detection",
      "observation",
      "escalation",
      "decision",
      "result",
    ]);
  });
});

it("makes an event without a time of a line that was not understood", async () => {
  const { host, preview } = await found();
  expect(within(preview).getByText("no time", { exact: false })).toBeDefined();
  await userEvent.click(
    within(preview).getByRole("button", { name: "Make this an event: (screenshot missing)" }),
  );
  expect(within(preview).queryByText(/not understood/)).toBeNull();
  await userEvent.click(within(preview).getByRole("button", { name: "Take in 7 events" }));
  await waitFor(() => {
    const request = host.requests.at(-1);
    expect(request?.type === "add-events" && request.events.at(-1)).toMatchObject({
      at: null,
      precision: "unknown",
      text: "(screenshot missing)",
    });
  });
});

it("shows only what needs a look, or what is left out", async () => {
  const { preview } = await found();
  expect(rows(preview)).toBe(6);
  await userEvent.click(within(preview).getByRole("checkbox", { name: "Take in: Errors at 4.8 %" }));
  await userEvent.click(within(preview).getByRole("button", { name: "Left out 1" }));
  expect(rows(preview)).toBe(1);
  await userEvent.click(within(preview).getByRole("button", { name: "Needs a look 6" }));
  expect(rows(preview), "no time is settled before the zone is known").toBe(6);
});

it("lets an answer be taken back", async () => {
  const { host, preview } = await found();
  await userEvent.selectOptions(within(preview).getByLabelText("Time zone"), "Europe/Berlin");
  await waitFor(() =>
    expect(host.calls.at(-1)).toMatchObject({ args: { assumptions: { zone: "Europe/Berlin" } } }),
  );
  await userEvent.click(within(preview).getByRole("button", { name: "Take back: Times in Europe/Berlin" }));
  await waitFor(() => expect(host.calls.at(-1)).toMatchObject({ args: { assumptions: { zone: null } } }));
});
