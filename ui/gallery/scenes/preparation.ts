// The document before the meeting, from a first title to everything in its place. The incident is fiction.

import "../../console/console.css";
import App from "../../console/App.svelte";
import { FixtureHost } from "../../console/fixtures/host";
import {
  crowded,
  INVITATION,
  prepared,
  READ_RECOLLECTION,
  ready,
  TEMPLATES,
} from "../../console/fixtures/preparation";
import { fresh, preparing, shownIn } from "../../console/fixtures/views";
import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import { scene, type Scene, type Scenes } from "../scene";

function at(view: ConsoleView | null, answers: Record<string, unknown> = {}, displays = 2): Scene {
  const host = new FixtureHost(shownIn(view, { displays }));
  Object.assign(host.answers, answers);
  return scene(App, { host });
}

export const scenes: Scenes = {
  fresh: at(fresh(), {}, 1),
  begun: at(preparing()),
  prepared: at(prepared(), { templates: TEMPLATES, read_timeline: READ_RECOLLECTION }),
  ready: at(ready(), { templates: TEMPLATES }),
  crowded: at(crowded(), {}, 1),
  undated: at(crowded(), {
    invitation: {
      markdown: INVITATION.replace("Fri 8 May 2026, 14:00 (UTC)", "date to follow"),
      dated: false,
    },
    save_invitation: ["/records/2026-05-06-checkout-errors-invitation.md"],
  }),
  "from-a-template": at(null, { templates: TEMPLATES }),
};
