import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ConsoleView } from "../shared/bindings/ConsoleView";
import { writing, writings } from "./fixtures/base";
import { open } from "./fixtures/render";
import * as views from "./fixtures/views";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

const withSimilar = (view: ConsoleView, similar: string[]): ConsoleView => ({
  ...view,
  incident: { ...view.incident, lists: { ...view.incident.lists, "similar-incidents": similar } },
});

it("lets almost everything that stands in the record be corrected after the meeting, and says that it makes a version", async () => {
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

it("corrects the conditions the room named, and adds to them", async () => {
  const notes = [{ id: 7, kind: { type: "cause" as const }, text: "No limit on retries" }].map((note) => ({
    ...note,
    merged: [],
    set_aside: false,
    discussed: false,
  }));
  const host = open({ ...views.ended(), writings: writings(writing("root-causes", { notes })) });
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  const named = within(screen.getByRole("region", { name: "Conditions the room named" }));
  await userEvent.type(named.getByLabelText("Conditions the room named, note 1"), " in the client");
  await userEvent.tab();
  const change = { field: "text", value: "No limit on retries in the client" };
  const edit = { type: "note", section: "root-causes", note: 7, change };
  await waitFor(() => expect(host.requests).toContainEqual({ type: "edit", edit }));
  await userEvent.type(named.getByLabelText("Add a note: conditions the room named"), "One replica{Enter}");
  const added = { type: "add-note", kind: { type: "cause" }, text: "One replica" };
  await waitFor(() => expect(host.requests).toContainEqual(added));
});

it("goes on with the next note once one was set aside, and with a new one after the last", async () => {
  const host = open({ ...views.ended(), writings: views.revealed().writings });
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  const poorly = within(screen.getByRole("region", { name: "What went poorly" }));
  const aside = poorly.getAllByRole("button", { name: /^Set aside/ });
  await userEvent.click(aside[0]!);
  const next = poorly.getByLabelText("What went poorly, note 2");
  await waitFor(() => expect(document.activeElement).toBe(next));
  await userEvent.click(aside.at(-1)!);
  const line = poorly.getByLabelText("Add a note: what went poorly");
  await waitFor(() => expect(document.activeElement).toBe(line));
  host.refusal = { code: "no", message: "No.", hint: "" };
  await userEvent.click(aside[1]!);
  expect(document.activeElement, "it is still there").toBe(aside[1]);
});

it("shows nothing on a stage that is gone", async () => {
  open({ ...views.ended(), chains: views.causes().chains });
  await userEvent.click(await screen.findByRole("radio", { name: "Complete and correct it" }));
  const chain = within(screen.getByRole("article", { name: /^Why-chain:/ }));
  expect(chain.queryByRole("button", { name: "Show" })).toBeNull();
  cleanup();
  open({ ...views.causes(), picture: { type: "factors" } });
  const during = within(await screen.findByRole("article", { name: /^Why-chain:/ }));
  expect(during.getByRole("button", { name: "Show" })).toBeDefined();
});

it("keeps what is half done in the corrections while the record is looked at", async () => {
  open(views.ended());
  expect(await screen.findByRole("radio", { name: "Complete and correct it" })).toBeDefined();
  expect(screen.queryByRole("region", { name: "Evidence" })).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: "Complete and correct it" }));
  const evidence = screen.getByRole("region", { name: "Evidence" });
  await userEvent.type(within(evidence).getByLabelText("Add evidence"), "14:12 pool full");
  await userEvent.type(within(evidence).getByLabelText("What these lines show"), "The pool was");
  await userEvent.click(screen.getByRole("radio", { name: "The record" }));
  expect(screen.queryByRole("region", { name: "Evidence" }), "out of sight and reach").toBeNull();
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  await userEvent.click(screen.getByRole("radio", { name: "Complete and correct it" }));
  expect(screen.getByRole("region", { name: "Evidence" })).toBe(evidence);
  const caption = within(evidence).getByLabelText<HTMLInputElement>("What these lines show");
  expect(caption.value).toBe("The pool was");
});

it.each([
  ["ended", { progress: { type: "ended" as const } }],
  ["preparing", {}],
])("undoes nothing behind an image that lies over the record while %s", async (_, change) => {
  const host = open({ ...views.withEvidence(), ...change, undo: "severity" });
  await screen.findByRole("button", { name: /^Undo/ });
  const correct = screen.queryByRole("radio", { name: "Complete and correct it" });
  if (correct !== null) await userEvent.click(correct);
  await userEvent.click(screen.getAllByRole("button", { name: /^Show larger/ })[0]!);
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(host.requests).toEqual([]);
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Close" }));
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(host.requests).toEqual([{ type: "undo" }]);
});

it("offers to complete what is missing for publishing, with the cursor in its first field", async () => {
  const missing = [
    { fact: "severity", words: "a severity" },
  ] as unknown as ConsoleView["missing_for_publishing"];
  open({ ...views.ended(), missing_for_publishing: missing });
  await userEvent.click(await screen.findByRole("button", { name: "Complete it" }));
  expect(screen.getByLabelText("Severity")).toBeDefined();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Title")));
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
