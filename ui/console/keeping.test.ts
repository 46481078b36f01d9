import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { NameFound } from "../shared/bindings/NameFound";
import { open } from "./fixtures/render";
import { LIBRARY } from "./fixtures/texts";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

const DUE = {
  ...LIBRARY,
  retention: { months: 24, kept: ["checkout-errors"] },
  due: ["search-index", "untitled"],
};

it("deletes a post-mortem only after saying what goes, and says what is left", async () => {
  const host = open(null, { delete_post_mortems: "A damaged library may still hold it." });
  await userEvent.click(await screen.findByRole("button", { name: "Delete: Payroll export" }));
  const sheet = screen.getByRole("dialog", { name: "Delete this post-mortem?" });
  expect(within(sheet).getByText("Payroll export")).toBeDefined();
  expect(host.calls.some(({ command }) => command === "delete_post_mortems")).toBe(false);
  expect(document.activeElement, "Enter keeps it").toBe(
    within(sheet).getByRole("button", { name: "Keep it" }),
  );
  await userEvent.click(within(sheet).getByRole("button", { name: "Delete it for good" }));
  expect(
    await screen.findByText("“Payroll export” was deleted. A damaged library may still hold it."),
  ).toBeDefined();
  expect(host.calls).toContainEqual({ command: "delete_post_mortems", args: { ids: ["untitled"] } });
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("keeps the dialog when a post-mortem could not be deleted", async () => {
  open(null, { delete_post_mortems: undefined });
  await userEvent.click(await screen.findByRole("button", { name: "Delete: Payroll export" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete it for good" }));
  expect(screen.getByRole("dialog", { name: "Delete this post-mortem?" })).toBeDefined();
});

it("lists what is due, keeps one of them, and asks before all of them go", async () => {
  const host = open(null, { library: DUE });
  const due = await screen.findByRole("region", { name: "2 post-mortems have not changed for two years" });
  await userEvent.click(within(due).getByRole("button", { name: "Keep: Payroll export" }));
  expect(host.calls).toContainEqual({ command: "keep_record", args: { id: "untitled", on: true } });
  await userEvent.click(within(due).getByRole("button", { name: "Delete all 2…" }));
  await userEvent.click(screen.getByRole("button", { name: "Delete them for good" }));
  const ids = ["search-index", "untitled"];
  expect(host.calls).toContainEqual({ command: "delete_post_mortems", args: { ids } });
});

it("keeps how long records are kept, and what was exempted before", async () => {
  const host = open(null, { library: DUE });
  await userEvent.click(await screen.findByRole("button", { name: "Keeping and removing…" }));
  const period = screen.getByLabelText<HTMLSelectElement>("After the last change");
  expect(period.value).toBe("24");
  await userEvent.selectOptions(period, "for ever");
  await waitFor(() => expect(host.calls).toContainEqual({ command: "keep_for", args: { months: null } }));
  await userEvent.click(screen.getByRole("button", { name: /^No longer: Checkout errors/ }));
  const args = { id: "checkout-errors", on: false };
  expect(host.calls).toContainEqual({ command: "keep_record", args });
});

it("says where a name stands, what it cannot decide, and removes it only then", async () => {
  const unclear = { key: "a/3/event@0", excerpt: "Park it in the lot" };
  const named: NameFound = {
    records: [
      { id: "a", title: "Checkout", sure: ["paged Ada Park"], unclear: [unclear], still_hidden: false },
      {
        id: "b",
        title: "Login",
        sure: [],
        unclear: [{ key: "b/2/event@9", excerpt: "we asked Ada" }],
        still_hidden: true,
      },
    ],
    templates: ["Ours"],
  };
  const host = open(null, { named_in: named, remove_name: "" });
  await userEvent.click(await screen.findByRole("button", { name: "Keeping and removing…" }));
  const field = screen.getByLabelText("The whole name");
  await userEvent.type(field, " Ada Park {Enter}");
  expect(await screen.findByLabelText("“Park it in the lot”")).toBeDefined();
  expect(screen.getByText("“paged Ada Park”"), "what goes is shown before it goes").toBeDefined();
  expect(screen.getByText("· not for sure")).toBeDefined();
  expect(screen.getByText(/still hidden in a meeting/)).toBeDefined();
  expect(host.calls.some(({ command }) => command === "remove_name")).toBe(false);

  await userEvent.type(field, "s");
  expect(screen.queryByRole("button", { name: /^Remove “/ }), "another name was not looked for").toBeNull();
  await userEvent.type(field, "{Backspace}{Enter}");
  await userEvent.click(await screen.findByLabelText("“we asked Ada”"));
  await userEvent.click(
    await screen.findByRole("button", { name: "Remove “Ada Park” from 2 records and 1 template" }),
  );
  expect(await screen.findByText("The name was removed from 2 records and 1 template.")).toBeDefined();
  expect(host.calls).toContainEqual({
    command: "remove_name",
    args: { name: "Ada Park", also: ["b/2/event@9"] },
  });
});

it("drops an answer about a name that is no longer the one in the field", async () => {
  let answer: (found: NameFound) => void = () => undefined;
  const late = new Promise<NameFound>((resolve) => (answer = resolve));
  open(null, { named_in: late });
  await userEvent.click(await screen.findByRole("button", { name: "Keeping and removing…" }));
  const field = screen.getByLabelText("The whole name");
  await userEvent.type(field, "Ada{Enter}");
  await userEvent.type(field, " Quim");
  const sure = { id: "a", title: "Checkout", sure: ["Ada"], unclear: [], still_hidden: false };
  answer({ records: [sure], templates: [] });
  await waitFor(() => expect(screen.queryByText("Reading every record…")).toBeNull());
  expect(screen.queryByRole("button", { name: /^Remove “/ })).toBeNull();
});

it("forgets what was dismissed in a post-mortem that is gone", async () => {
  localStorage.setItem("debrief.hints.dismissed.pm-gone", '["00000000000001"]');
  localStorage.setItem("debrief.hints.dismissed.untitled", '["00000000000002"]');
  open(null);
  await screen.findByText("4 post-mortems");
  expect(localStorage.getItem("debrief.hints.dismissed.pm-gone")).toBeNull();
  expect(localStorage.getItem("debrief.hints.dismissed.untitled")).not.toBeNull();
});
