// Leaves out of the runtime what only pages need that were drawn on a server first: more than a kilobyte of the first load.
//
// To be named among the plugins of `vite.phone.config.ts`. A runtime that has been rebuilt inside fails the build
// rather than grow again unnoticed.

import type { Plugin } from "vite";

const SWITCH = "export let hydrating = false;";
const SETTER = "hydrating = value;";

export function unhydrated(): Plugin {
  return {
    name: "unhydrated",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("svelte/src/internal/client/dom/hydration.js")) return undefined;
      if (!code.includes(SWITCH) || !code.includes(SETTER)) {
        throw new Error(
          "Svelte says differently now whether it is hydrating; look at phone/dev/unhydrated.ts.",
        );
      }
      return { code: code.replace(SWITCH, "export const hydrating = false;").replace(SETTER, ""), map: null };
    },
  };
}
