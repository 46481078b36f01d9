// The console at every step, with a full room and with an empty one. The incident is fiction.

import "../../console/console.css";
import App from "../../console/App.svelte";
import { FixtureHost } from "../../console/fixtures/host";
import { LIBRARY } from "../../console/fixtures/texts";
import * as views from "../../console/fixtures/views";
import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import { scene, type Scene, type Scenes } from "../scene";

const at = (view: ConsoleView | null): Scene => scene(App, { host: new FixtureHost(views.shownIn(view)) });

export const scenes: Scenes = {
  library: at(null),
  "library-due": scene(App, {
    host: new FixtureHost(views.shownIn(null), {
      ...LIBRARY,
      retention: { months: 24, kept: [] },
      due: ["search-index", "untitled"],
    }),
  }),
  "library-empty": scene(App, { host: new FixtureHost(views.shownIn(null), { ...LIBRARY, entries: [] }) }),
  "preparation-empty": at(views.fresh()),
  preparation: at(views.preparing()),
  "preparation-evidence": at(views.withEvidence()),
  "preparation-long": at(views.longTimeline()),
  opening: at(views.opening()),
  timeline: at(views.walking()),
  "timeline-evidence": at(views.walkingEvidence()),
  "writing-open": at(views.writingOpen()),
  notes: at(views.revealed()),
  causes: at(views.causes()),
  "causes-empty": at({ ...views.causes(), chains: [], factors: [] }),
  proposing: at(views.proposing()),
  voting: at(views.voting()),
  tie: at(views.tied()),
  committed: at(views.committed()),
  "wrap-up": at(views.wrapUp()),
  ended: at(views.ended()),
};
