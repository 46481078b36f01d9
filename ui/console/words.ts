// The words for what can be chosen, in the order in which they are offered.

import type { ActionCategory } from "../shared/bindings/ActionCategory";
import type { ActionState } from "../shared/bindings/ActionState";
import type { ChainEnd } from "../shared/bindings/ChainEnd";
import type { ConsoleView } from "../shared/bindings/ConsoleView";
import type { DetectionSource } from "../shared/bindings/DetectionSource";
import type { Duty } from "../shared/bindings/Duty";
import type { EventKind } from "../shared/bindings/EventKind";
import type { EventView } from "../shared/bindings/EventView";
import type { FactorCategory } from "../shared/bindings/FactorCategory";
import type { Helped } from "../shared/bindings/Helped";
import type { IncidentKind } from "../shared/bindings/IncidentKind";
import type { Missing } from "../shared/bindings/Missing";
import type { MitigationKind } from "../shared/bindings/MitigationKind";
import type { Picture } from "../shared/bindings/Picture";
import type { Precision } from "../shared/bindings/Precision";
import type { PreviousState } from "../shared/bindings/PreviousState";
import type { Priority } from "../shared/bindings/Priority";
import type { Role } from "../shared/bindings/Role";
import type { Rule } from "../shared/bindings/Rule";
import type { Section } from "../shared/bindings/Section";
import type { Severity } from "../shared/bindings/Severity";
import type { Status } from "../shared/bindings/Status";
import type { Unfinished } from "../shared/bindings/Unfinished";

/** A value and its words. */
export type Choice<T extends string> = readonly [T, string];

export const DUTIES: readonly Choice<Duty>[] = [
  ["note-taker", "takes notes"],
  ["remote", "is the remote"],
];

export const SEVERITIES: readonly Choice<Severity>[] = [
  ["sev1", "SEV1"],
  ["sev2", "SEV2"],
  ["sev3", "SEV3"],
  ["sev4", "SEV4"],
];

export const INCIDENT_KINDS: readonly Choice<IncidentKind>[] = [
  ["customer-impacting", "Customer-impacting"],
  ["near-miss", "Near miss"],
  ["recurring-pattern", "Recurring pattern"],
  ["learning-opportunity", "Learning opportunity"],
];

export const DETECTIONS: readonly Choice<DetectionSource>[] = [
  ["alert", "Alert"],
  ["user-report", "User report"],
  ["staff", "Noticed by staff"],
  ["third-party", "Third party"],
];

export const MITIGATIONS: readonly Choice<MitigationKind>[] = [
  ["feature-flag-off", "Feature flag off"],
  ["rollback", "Rollback"],
  ["traffic-redirect", "Traffic redirect"],
  ["scale-up", "Scale up"],
  ["hotfix", "Hotfix"],
  ["restart", "Restart"],
  ["other", "Other"],
];

export const EVENT_KINDS: readonly Choice<EventKind>[] = [
  ["trigger", "Trigger"],
  ["change", "Change"],
  ["detection", "Detection"],
  ["alert", "Alert"],
  ["observation", "Observation"],
  ["hypothesis", "Hypothesis"],
  ["decision", "Decision"],
  ["action", "Action"],
  ["escalation", "Escalation"],
  ["communication", "Communication"],
  ["mitigation", "Mitigation"],
  ["result", "Result"],
  ["recovery", "Recovery"],
];

export const PRECISIONS: readonly Choice<Precision>[] = [
  ["exact", "Exact"],
  ["about", "About"],
  ["unknown", "Not known"],
];

export const INCIDENT_ROLES: readonly Choice<Role>[] = [
  ["incident-commander", "Incident commander"],
  ["technical-lead", "Technical lead"],
  ["communications-lead", "Communications lead"],
  ["scribe", "Scribe"],
  ["responder", "Responders"],
];

export const MEETING_ROLES: readonly Choice<Role>[] = [
  ["facilitator", "Facilitator"],
  ["co-facilitator", "Co-facilitator"],
  ["note-taker", "Note-taker"],
];

const FACTOR_CATEGORIES: readonly Choice<
  "technical" | "process" | "communication" | "external" | "organisation"
>[] = [
  ["technical", "Technical"],
  ["process", "Process"],
  ["communication", "Communication"],
  ["external", "External"],
  ["organisation", "Organisation"],
];

/** Returns the word for a category of factors; one that the room has made is its own name. */
export function categoryWord(category: FactorCategory): string {
  return FACTOR_CATEGORIES.find(([built]) => built === category)?.[1] ?? category;
}

/** Returns the categories that some factors have, in the order in which they are drawn, or all that are offered. */
export function categoriesOf(
  factors: readonly { category: FactorCategory }[],
  offered = false,
): readonly FactorCategory[] {
  const used = new Set(factors.map(({ category }) => category));
  const built: FactorCategory[] = FACTOR_CATEGORIES.map(([category]) => category);
  const own = [...used].filter((category) => !built.includes(category)).sort();
  return [...built.filter((category) => offered || used.has(category)), ...own];
}

export const CHAIN_ENDS: readonly Choice<ChainEnd>[] = [
  ["process", "a process"],
  ["policy", "a policy"],
  ["resource", "a resource constraint"],
  ["organisation", "an organisational condition"],
  ["technical", "a technical condition"],
  ["person", "a person"],
  ["human-error", "human error"],
  ["unknown", "something unknown"],
];

export const CATEGORIES: readonly Choice<ActionCategory>[] = [
  ["prevention", "Prevention"],
  ["detection", "Detection"],
  ["mitigation", "Mitigation"],
  ["process", "Process"],
];

export const PRIORITIES: readonly Choice<Priority>[] = [
  ["must", "must"],
  ["should", "should"],
  ["nice-to-have", "nice to have"],
];

export const ACTION_STATES: readonly Choice<ActionState["type"]>[] = [
  ["open", "Open"],
  ["in-progress", "In progress"],
  ["done", "Done"],
  ["dropped", "Dropped"],
];

export const PREVIOUS_STATES: readonly Choice<PreviousState>[] = [
  ["done", "Done"],
  ["still-open", "Still open"],
  ["dropped", "Dropped"],
];

export const HELPED: readonly Choice<Helped>[] = [
  ["yes", "It helped"],
  ["no", "It did not help"],
  ["too-early", "Too early to say"],
];

export const STATUSES: readonly Choice<Status>[] = [
  ["draft", "Draft"],
  ["in-review", "In review"],
  ["published", "Published"],
  ["closed", "Closed"],
];

const MISSING: Readonly<Record<Missing, string>> = {
  owner: "an owner",
  due: "a due date",
  criterion: "a success criterion",
  ticket: "a ticket",
  commitment: "to be committed, or a reason why not",
};

const RULES: Readonly<Record<Rule, string>> = {
  dots: "Chosen by dots.",
  supporters: "A tie at the line went to the proposal with more supporters.",
  "take-all": "All tied at the line were taken; the total stays at five or fewer.",
  "run-off": "A tie at the line was settled by a run-off with one dot each.",
  room: "The room decided without counting.",
};

const UNFINISHED: Readonly<Record<Unfinished, string>> = {
  "no-answer": "Nothing is answered yet. What made this possible?",
  short:
    "It stops early: one or two answers repair this incident, not its class. What made the last one possible?",
  "end-not-named":
    "It does not say what it ends at. Is the last answer a process, a policy, a resource, an organisational condition?",
  "not-systemic":
    "It ends before something a group can change. What would lead anyone in that seat to do the same?",
};

/** Returns the words for a chosen value. */
export function wordOf<T extends string>(choices: readonly Choice<T>[], value: T | null | undefined): string {
  return choices.find(([other]) => other === value)?.[1] ?? "";
}

export const ruleWords = (rule: Rule): string => RULES[rule];
export const unfinishedWords = (unfinished: Unfinished): string => UNFINISHED[unfinished];

/** Returns what an action item lacks, as "a due date and a ticket"; empty when nothing does. */
export function missingWords(missing: readonly Missing[]): string {
  return sentenceOf(missing.map((missing) => MISSING[missing]));
}

/** Joins words as a sentence does: "a, b and c". */
export function sentenceOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Returns a count with its noun, "1 note" or "13 notes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Returns the words of a section as the agenda has them. */
export function sectionWords(view: ConsoleView, section: Section): string {
  return view.agenda.find((item) => item.section === section)?.words ?? section;
}

/** Returns an event in one short line, for a list to choose from. */
export function eventLine({ clock, event }: EventView): string {
  const text = event.text.length > 60 ? `${event.text.slice(0, 59).trimEnd()}…` : event.text;
  return clock === "" ? text : `${clock} ${text}`;
}

/** Names a chain among the chains, and its page where it does not follow the newest answer. */
function chainWords(view: ConsoleView, { chain, page }: Extract<Picture, { type: "chain" }>): string {
  const isChain = (other: Picture) => other.type === "chain";
  const chains = [...new Set(view.pictures.filter(isChain).map((other) => other.chain))];
  const name = `Why-chain ${Math.max(0, chains.indexOf(chain)) + 1} of ${chains.length}`;
  return page === undefined ? name : `${name}, page ${page + 1}`;
}

/** Names what is on the stage, in a few words. */
export function pictureWords(view: ConsoleView, picture: Picture): string {
  const numbered = (words: string, place: number, of: number): string => `${words} ${place + 1} of ${of}`;
  const alike = view.pictures.filter((other) => other.type === picture.type);
  const place = Math.max(
    0,
    alike.findIndex((other) => JSON.stringify(other) === JSON.stringify(picture)),
  );
  switch (picture.type) {
    case "welcome":
      return "Welcome, and how to join";
    case "statement":
      return "Opening statement";
    case "previous":
      return numbered("Earlier action item", place, alike.length);
    case "event":
      return numbered("Event", place, alike.length);
    case "evidence":
      return numbered("Evidence", place, alike.length);
    case "question":
      return "The question";
    case "notes":
      return numbered("Notes, page", place, alike.length);
    case "chain":
      return chainWords(view, picture);
    case "factors":
      return alike.length > 1
        ? numbered("Contributing factors, page", place, alike.length)
        : "Contributing factors";
    case "proposals":
      return numbered("Proposals, page", place, alike.length);
    case "voting":
      return "The vote";
    case "result":
      return "The result";
    case "actions":
      return "Action items";
    case "takeaways":
      return "Takeaways";
    case "poll":
      return "Exit poll";
    case "thanks":
      return "Thanks";
  }
}
