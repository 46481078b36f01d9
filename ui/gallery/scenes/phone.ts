// The phone on every screen. The incident is fiction.

import type { OwnView } from "../../shared/bindings/OwnView";
import type { PhoneTask } from "../../shared/bindings/PhoneTask";
import type { PhoneView } from "../../shared/bindings/PhoneView";
import App from "../../phone/App.svelte";
import { clock, RESULT, room, state, VOTE, WRITE } from "../../phone/dev/fixture";
import "../../phone/page.css";
import "../../phone/screens.css";
import type { Room } from "../../phone/room.svelte";
import { scene, type Scene, type Scenes } from "../scene";

const FULL = clock(250_000);

function phone(task: PhoneTask, own: Partial<OwnView> = {}, view: Partial<PhoneView> = {}): Scene {
  return scene(App, { room: room(state(task, own, { clock: FULL, ...view })) });
}

function at(place: Room["place"], change: Partial<Room> = {}): Scene {
  return scene(App, { room: room(undefined, { place, ...change }) });
}

const SENT: OwnView["notes"] = [
  { draft: "a", kind: { type: "went-poorly" }, text: "The dashboard showed green for nine minutes" },
  { draft: "b", kind: { type: "went-poorly" }, text: "Two rotations with the same name" },
];

const REMEMBERED: Partial<OwnView> = {
  recollections: [
    {
      draft: "r1",
      when: "about 14:20",
      text: "The retry graph was already climbing, but it is on no dashboard.",
    },
    { draft: "r2", when: "", text: "I called the provider before I saw the page." },
  ],
  confided: "Two of us had been on call for nine days.",
};

const DUTY = { next: null, is_timed: true, parked: 2, decided: 0 };
const REMOTE: OwnView["duty"] = {
  ...DUTY,
  duty: "remote",
  script: {
    say: ["First we write, in silence. Then we read together."],
    ask: ["What kept it from being worse?"],
    watch: "Praise of a person is a sign of a missing safeguard.",
  },
  event: null,
};
const NOTE_TAKER: OwnView["duty"] = {
  ...DUTY,
  duty: "note-taker",
  script: null,
  event: {
    id: 7,
    clock: "14:23 CET",
    text: "The first customer reported that paying by card fails.",
    questions: [["What was known at this minute?", "Only that one customer could not pay"]],
  },
};

export const scenes: Scenes = {
  connecting: at("connecting"),
  join: at("join"),
  "join-by-qr": at("join", { hasKey: true }),
  wait: phone({ type: "wait" }, { name: "Ada" }, { section: null, clock: null }),
  "wait-remembered": phone({ type: "wait" }, REMEMBERED, { section: null, clock: null }),
  look: phone(
    { type: "look", heading: "14:23 CET", text: "Card payments fail in the shop." },
    {},
    { section: "timeline" },
  ),
  "look-timeline": phone(
    { type: "look", heading: "14:23 CET", text: "Card payments fail in the shop." },
    REMEMBERED,
    { section: "timeline", recollects: true },
  ),
  write: phone(WRITE, { notes: SENT }),
  remote: phone(WRITE, { notes: SENT, duty: REMOTE }),
  "note-taker": phone(
    { type: "look", heading: "14:23 CET", text: "Card payments fail." },
    { duty: NOTE_TAKER },
  ),
  "poll-sent": phone(
    { type: "poll" },
    { poll: { learned: true, again: true, spoke_freely: 4, improve: "Ten minutes more for the causes" } },
    { section: "wrap-up" },
  ),
  "write-well": phone({ ...WRITE, section: "went-well", question: "What kept this from being worse?" }),
  propose: phone({ ...WRITE, section: "action-items", question: "What would make this less likely?" }),
  vote: phone(VOTE, { order: [3, 4, 5, 1, 2] }),
  "vote-sent": phone(VOTE, { ballot: { revision: 1, dots: [[1, 2], [4, 1]] } }), // prettier-ignore
  result: phone(RESULT),
  poll: phone({ type: "poll" }, {}, { section: "wrap-up" }),
  adjourned: phone({ type: "adjourned" }),
  ended: phone({ type: "ended" }, {}, { section: "wrap-up" }),
  offline: scene(App, { room: room(state(WRITE), { online: false }) }),
  gone: at("gone", { farewell: { code: "gone", message: "The facilitator closed the room.", hint: "" } }),
  elsewhere: at("elsewhere"),
};
