// What each key and each button of a meeting does: one place, so that a key and its button can never differ.
//
// Barriers are only opened here as a question; the request itself is sent by the sheet that asks it.

import type { Addresses } from "../../shared/bindings/Addresses";
import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import type { Factor } from "../../shared/bindings/Factor";
import type { Desk } from "../desk.svelte";
import type { KeyAction } from "../keys";
import { nextLabel } from "../next";
import { targetIn } from "../targets";

/** What lies over the window. */
export type SheetName =
  "reveal" | "close-vote" | "end" | "park" | "propose" | "decide" | "rescue" | "keys" | "room" | "record";

export class Conduct {
  sheet = $state<SheetName | undefined>(undefined);
  /** What an action that is being proposed addresses. */
  about = $state.raw<Addresses | null>(null);

  readonly #desk: Desk;
  readonly #view: () => ConsoleView;

  constructor(desk: Desk, view: () => ConsoleView) {
    this.#desk = desk;
    this.#view = view;
  }

  readonly close = (): void => {
    this.sheet = undefined;
  };

  /** Does what the main button says. */
  goOn(): void {
    const action = nextLabel(this.#view())?.action;
    if (action === "settle-tie") document.getElementById("tie")?.focus();
    else if (action !== undefined) this.perform(action);
  }

  perform(action: KeyAction): void {
    const view = this.#view();
    const desk = this.#desk;
    switch (action) {
      case "next":
        return void desk.ask({ type: "next" });
      case "back":
        return void desk.ask({ type: "back" });
      case "timer":
        return void desk.ask({ type: "toggle-clock" });
      case "more-time":
        return void desk.ask({ type: "add-minutes", minutes: 1 });
      case "less-time":
        return void desk.ask({ type: "add-minutes", minutes: -1 });
      case "win-time-1":
        return this.#winTime(0);
      case "win-time-2":
        return this.#winTime(1);
      case "win-time-3":
        return this.#winTime(2);
      case "join-card":
        return void desk.ask({ type: "show-join-card", on: !view.stage.join_card });
      case "black":
        return void desk.ask({ type: "blank", on: !view.stage.blank });
      case "freeze":
        return void desk.ask({ type: "freeze", on: !view.frozen });
      case "take-off":
        return this.#takeOff();
      case "reveal":
        return this.#reveal();
      case "close-vote":
        if (view.rounds.some(({ round }) => round.result === null)) this.#open("close-vote");
        else desk.refuse("No vote is open.");
        return;
      case "undo":
        return void desk.ask({ type: "undo" });
      case "redo":
        return void desk.ask({ type: "redo" });
      case "stage":
        return void desk.call("open_stage");
      case "leave-field":
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        return;
      case "propose":
        return this.propose(targetIn(document.activeElement));
      case "why":
        return this.#askWhy();
      case "end":
      case "park":
      case "decide":
      case "rescue":
      case "record":
      case "keys":
        this.#open(action);
    }
  }

  /** Opens the line for an action that addresses a factor, a why or an event, or nothing yet. */
  propose(about: Addresses | null): void {
    this.about = about;
    this.#open("propose");
  }

  /** Begins a why-chain at the factor in focus, or at the event on the stage. */
  #askWhy(): void {
    const view = this.#view();
    const target = targetIn(document.activeElement);
    const factor =
      target?.type === "factor" ? view.factors.find(({ id }) => id === target.factor) : undefined;
    if (factor !== undefined) return void this.askWhyOf(factor);
    const onStage = view.picture.type === "event" ? view.picture.event : undefined;
    const chosen = target?.type === "event" ? target.event : onStage;
    const event = view.timeline.find(({ event }) => event.id === chosen)?.event;
    if (event === undefined) {
      this.#desk.refuse("There is no event on the stage, and no factor in focus, to ask why about.");
      return;
    }
    void this.#begin(event.text, event.id, null);
  }

  /** Begins a why-chain at a factor; it is linked to it. */
  askWhyOf(factor: Factor): Promise<boolean> {
    return this.#begin(factor.text, null, factor.id);
  }

  async #begin(symptom: string, event: number | null, factor: number | null): Promise<boolean> {
    const granted = await this.#desk.ask({ type: "add-chain", symptom, event, factor });
    if (granted && this.#view().section !== "root-causes")
      this.#desk.word = `A why-chain about “${symptom}” waits in the root cause analysis.`;
    return granted;
  }

  #winTime(place: number): void {
    const proposal = this.#view().pace[place];
    if (proposal === undefined) this.#desk.refuse("The meeting is not late; there is no such proposal.");
    else void this.#desk.ask({ type: "change-pace", change: proposal.change });
  }

  /** What was refused before has its answer in the sheet. */
  #open(sheet: SheetName): void {
    this.#desk.dismiss();
    this.sheet = sheet;
  }

  #reveal(): void {
    const view = this.#view();
    const writing = view.writings.find(({ section }) => section === view.section)?.writing;
    if (writing?.type === "open") this.#open("reveal");
    else this.#desk.refuse("Nobody is writing in this section now, so there is nothing to reveal.");
  }

  /** The note in focus is set aside; without one the stage goes dark, which takes off whatever is on it at once. */
  #takeOff(): void {
    const view = this.#view();
    const note = document.activeElement?.closest<HTMLElement>("[data-note]")?.dataset["note"];
    if (note !== undefined && view.section !== null) {
      void this.#desk.edit({
        type: "note",
        section: view.section,
        note: Number(note),
        change: { field: "set-aside", value: true },
      });
      return;
    }
    void this.#desk.ask({ type: "blank", on: true });
  }
}
