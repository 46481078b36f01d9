// The second script of the page: what only some moments of a meeting need, fetched when they come.
//
// It is asked for by a script element and not by `import()`. The oldest browsers that are served do not know that
// word and would refuse the whole first script for it; others remember for ever that an import once failed.

import type { Component } from "svelte";
import type { PhoneState } from "../shared/bindings/PhoneState";
import type { Room } from "./room.svelte";

/** What people remember, taps that are counted, duties; without a state the way back for whoever was here before. */
export type More = Component<{ latest: PhoneState | undefined; room: Room }>;

/** Returns whether this phone needs any of it now. */
export function needsLater({ own, view }: PhoneState): boolean {
  return (
    view.recollects || view.move_on || view.novelty !== null || own.duty !== null || own.actions.length > 0
  );
}

let offered: More | undefined;

/** Hands over what the second script holds; called by that script alone. */
export function offer(more: More): void {
  offered = more;
}

/** Fetches the second script, again if that failed before. Rejects when it does not come. */
export async function fetchLater(): Promise<More> {
  if (offered === undefined) await (import.meta.env.DEV ? import("./recollect/main") : loaded());
  // A script that came and could not be run has said so to nobody.
  if (offered === undefined) throw new Error("the second script did not run");
  return offered;
}

function loaded(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    // Another address each time, or the browser might repeat its first answer.
    script.src = `/recollect.js?${Date.now()}`;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
