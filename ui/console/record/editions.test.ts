import { cleanup, configure, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DESK, Desk } from "../desk.svelte";
import { FixtureHost } from "../fixtures/host";
import { open } from "../fixtures/render";
import * as views from "../fixtures/views";
import Publish from "./Publish.svelte";

// A whole console is rendered for each test, which a busy computer does slowly.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

describe("the editions of the record", () => {
  const FINDING = "Timeline: perhaps a name, “Sam”, in: Sam started the rollback.";
  const PLAN = { folder: "/srv/wiki", public: true, git: true };

  const group = (name: string): Promise<HTMLElement> => screen.findByRole("group", { name });
  const choosePublic = async (): Promise<void> =>
    userEvent.click(within(await group("Edition")).getByRole("radio", { name: "Public" }));
  const commands = (host: ReturnType<typeof open>): string[] => host.calls.map(({ command }) => command);

  it("are chosen once, for the preview and for the export", async () => {
    const host = open(views.ended());
    await userEvent.click(within(await group("Shown as")).getByRole("radio", { name: "Text" }));
    const preview = await screen.findByRole("region", { name: "The record as it reads now" });
    expect(await within(preview).findByText(/An earlier page had gone unanswered/)).toBeDefined();
    await choosePublic();
    await waitFor(() => expect(within(preview).queryByText(/An earlier page/)).toBeNull());
    expect(await within(preview).findByText("The database on-call was paged.")).toBeDefined();
    await userEvent.click(screen.getByRole("checkbox", { name: "CSV of actions and timeline" }));
    host.answers["export_record"] = {
      paths: ["/r/record.pdf"],
      folder: "/r",
      notice: "No font here can draw ꙮ.",
    };
    await userEvent.click(screen.getByRole("button", { name: "Export the record" }));
    expect(await screen.findByText("No font here can draw ꙮ.")).toBeDefined();
    expect(host.calls.filter(({ command }) => command === "export_record")).toEqual([
      { command: "export_record", args: { formats: ["pdf", "markdown", "csv"], edition: "public" } },
    ]);
  });

  it("offer JSON for the internal one alone, and say why", async () => {
    const host = open(views.ended());
    const json = await screen.findByRole<HTMLInputElement>("checkbox", { name: "JSON, complete" });
    await userEvent.click(json);
    await choosePublic();
    expect(json.disabled).toBe(true);
    expect(json.checked).toBe(false);
    expect(screen.getByText(/^internal only/).id).toBe(json.getAttribute("aria-describedby"));
    await userEvent.click(screen.getByRole("button", { name: "Export the record" }));
    const exported = host.calls.find(({ command }) => command === "export_record");
    expect(exported?.args["formats"]).toEqual(["pdf", "markdown"]);
  });

  it("say first what the check found in the public one, then what is left out and replaced", async () => {
    open(views.ended());
    await choosePublic();
    const edition = await screen.findByRole("region", { name: "Public edition" });
    const finding = await within(edition).findByText(FINDING);
    const leftOut = within(edition).getByText("Timeline: an event.", { exact: false });
    expect(finding.compareDocumentPosition(leftOut)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(leftOut.textContent).toContain("Not marked as public.");
    expect(within(edition).getByText("2 wordings were replaced")).toBeDefined();
    expect(within(edition).getByText(/“Jo Park” reads “the incident commander”/)).toBeDefined();
    expect(within(edition).getByText(/Jo Park led the response/)).toBeDefined();
    expect(within(edition).getByText(/The incident commander led the response/)).toBeDefined();
  });

  it("say so when the check found nothing", async () => {
    open(views.ended(), { public_preview: { sections: [], replaced: [], findings: [] } });
    await choosePublic();
    expect(await screen.findByText("The check found nothing.")).toBeDefined();
  });

  it("are copied as they are shown, and by selecting where there is no clipboard", async () => {
    open(views.ended());
    await choosePublic();
    const copy = await screen.findByRole<HTMLButtonElement>("button", { name: "Copy a short summary" });
    await waitFor(() => expect(copy.disabled).toBe(false));
    const refused = vi.fn(() => Promise.reject(new Error("denied")));
    Object.defineProperty(navigator, "clipboard", { value: { writeText: refused }, configurable: true });
    await userEvent.click(copy);
    expect(refused).toHaveBeenCalledWith(expect.not.stringContaining("Jo Park"));
    expect(await screen.findByText(/^It could not be copied/)).toBeDefined();
    let selected = "";
    const execCommand = vi.fn(() => {
      selected = (document.activeElement as HTMLTextAreaElement).value;
      return true;
    });
    Object.assign(document, { execCommand });
    await userEvent.click(screen.getByRole("button", { name: "Copy as Markdown" }));
    expect(await screen.findByText("Copied.")).toBeDefined();
    expect(selected).toContain("The database on-call was paged.");
    Object.assign(document, { execCommand: undefined });
  });

  it("are published only after what speaks against it was read, and then anyway", async () => {
    const host = open(views.ended(), { publishing_plan: PLAN, publishing_objections: [FINDING] });
    const publish = await screen.findByRole("button", { name: "Publish" });
    expect(screen.getByLabelText<HTMLInputElement>("Folder").value).toBe("/srv/wiki");
    await userEvent.click(publish);
    expect(await screen.findByText(FINDING)).toBeDefined();
    expect(host.calls).toContainEqual({ command: "publishing_objections", args: { plan: PLAN } });
    expect(commands(host)).not.toContain("publish_record");
    await userEvent.click(screen.getByRole("button", { name: "Publish anyway" }));
    expect(await screen.findByText("Committed as 4f1c2aa; nothing was pushed.")).toBeDefined();
    expect(host.calls).toContainEqual({ command: "publish_record", args: { plan: PLAN } });
    expect(screen.queryByText(FINDING)).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Set the status to Published" }));
    expect(host.requests.at(-1)).toEqual({ type: "edit", edit: { type: "status", status: "published" } });
  });

  it("are asked about again when the plan changes, and published at once when nothing speaks against it", async () => {
    const host = open(
      { ...views.ended(), status: "published" },
      { publishing_plan: PLAN, publishing_objections: [FINDING] },
    );
    await userEvent.click(await screen.findByRole("button", { name: "Publish" }));
    await screen.findByText(FINDING);
    const edition = await group("Edition to publish");
    await userEvent.click(within(edition).getByRole("radio", { name: "Internal" }));
    expect(screen.queryByRole("button", { name: "Publish anyway" }), "it was about the other").toBeNull();
    host.answers["publishing_objections"] = [];
    await userEvent.click(screen.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText("Published to")).toBeDefined();
    expect(host.calls).toContainEqual({
      command: "publish_record",
      args: { plan: { ...PLAN, public: false } },
    });
    expect(screen.queryByRole("button", { name: "Set the status to Published" })).toBeNull();
  });

  it("are read again after a change, before they go out anyway", async () => {
    const host = new FixtureHost(views.shownIn(null));
    host.answers["publishing_plan"] = PLAN;
    host.answers["publishing_objections"] = [FINDING];
    const view = views.ended();
    const context = new Map([[DESK, new Desk(host)]]);
    const { rerender } = render(Publish, { props: { view }, context });
    await userEvent.click(await screen.findByRole("button", { name: "Publish" }));
    expect(await screen.findByRole("button", { name: "Publish anyway" })).toBeDefined();
    await rerender({ view: { ...view, revision: view.revision + 1 } });
    expect(screen.queryByRole("button", { name: "Publish anyway" }), "it was read before").toBeNull();
  });

  it("go to the folder that was pointed at, and stay where they were when none was", async () => {
    const host = open(views.ended());
    const folder = await screen.findByLabelText<HTMLInputElement>("Folder");
    await userEvent.type(folder, "/srv/wiki");
    host.answers["choose_folder"] = null;
    await userEvent.click(screen.getByRole("button", { name: "Choose…" }));
    expect(host.calls.at(-1)).toEqual({ command: "choose_folder", args: { folder: "/srv/wiki" } });
    expect(folder.value).toBe("/srv/wiki");
    host.answers["choose_folder"] = "/srv/wiki/reviews";
    await userEvent.click(screen.getByRole("button", { name: "Choose…" }));
    await waitFor(() => expect(folder.value).toBe("/srv/wiki/reviews"));
  });

  it("ask for the folder before anything else", async () => {
    const host = open(views.ended());
    await userEvent.click(await screen.findByRole("button", { name: "Publish" }));
    expect(await screen.findByText(/needs a folder first/)).toBeDefined();
    expect(commands(host)).not.toContain("publishing_objections");
  });
});
