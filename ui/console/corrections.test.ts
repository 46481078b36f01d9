import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ConsoleView } from "../shared/bindings/ConsoleView";
import { open } from "./fixtures/render";
import * as views from "./fixtures/views";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

const withSimilar = (view: ConsoleView, similar: string[]): ConsoleView => ({
  ...view,
  incident: { ...view.incident, lists: { ...view.incident.lists, "similar-incidents": similar } },
});

it("lets everything that stands in the record be corrected after the meeting, and says that it makes a version", async () => {
  const host = open({ ...views.ended(), status: "published" });
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  expect(screen.getByText(/What you change makes a new version/)).toBeDefined();
  for (const part of [
    "Incident",
    "Impact",
    "Milestones",
    "Timeline",
    "Evidence",
    "Root cause analysis",
    "What stays open",
  ])
    expect(screen.getByRole("region", { name: part }), part).toBeDefined();
  const links = screen.getByLabelText("Links to dashboards, tickets and logs, one to a line");
  await userEvent.type(links, "Board: https://board.example/1");
  await userEvent.tab();
  const items = ["Board: https://board.example/1"];
  await waitFor(() =>
    expect(host.requests).toContainEqual({
      type: "edit",
      edit: { type: "list", list: "supporting-material", items },
    }),
  );
  expect(screen.queryByRole("button", { name: /^Propose an action/ }), "the meeting is over").toBeNull();
  expect(screen.queryByRole("button", { name: /^Ask why about/ }), "the meeting is over").toBeNull();
});

it("corrects the words of a note", async () => {
  const host = open({ ...views.ended(), writings: views.revealed().writings });
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  const poorly = screen.getByRole("region", { name: "What went poorly" });
  const [first] = within(poorly).getAllByRole<HTMLTextAreaElement>("textbox");
  if (first === undefined) throw new Error("there is no note");
  await userEvent.clear(first);
  await userEvent.type(first, "The rollback took two minutes");
  await userEvent.tab();
  await waitFor(() =>
    expect(host.requests.at(-1)).toMatchObject({
      type: "edit",
      edit: {
        type: "note",
        section: "went-poorly",
        change: { field: "text", value: "The rollback took two minutes" },
      },
    }),
  );
});

it("adds a note where the meeting left none", async () => {
  const host = open(views.ended());
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  await userEvent.type(screen.getByLabelText("Add a note: what went well"), "The alert came at once{Enter}");
  const request = { type: "add-note", kind: { type: "went-well" }, text: "The alert came at once" };
  await waitFor(() => expect(host.requests).toContainEqual(request));
});

it("offers to complete what is missing for publishing", async () => {
  const missing = [
    { fact: "severity", words: "a severity" },
  ] as unknown as ConsoleView["missing_for_publishing"];
  open({ ...views.ended(), missing_for_publishing: missing });
  await userEvent.click(await screen.findByRole("button", { name: "Complete it" }));
  expect(screen.getByLabelText("Severity")).toBeDefined();
});

it("notes an incident of the past in the record once", async () => {
  const past = [{ id: "pm-1", title: "Pool exhausted", happened: "3 Mar 2025", text: "Pool exhausted" }];
  const host = open(withSimilar(views.preparing(), ["Queue full"]), { similar_incidents: past });
  await userEvent.click(await screen.findByRole("button", { name: "Note in the record: Pool exhausted" }));
  const items = ["Queue full", "Pool exhausted, 3 Mar 2025"];
  const edit = { type: "list", list: "similar-incidents", items };
  await waitFor(() => expect(host.requests).toContainEqual({ type: "edit", edit }));
  cleanup();
  open(withSimilar(views.preparing(), items), { similar_incidents: past });
  expect(await screen.findByText(/· in the record/)).toBeDefined();
  expect(screen.queryByRole("button", { name: /^Note in the record/ })).toBeNull();
});
