// What a scene of the gallery is.
//
// Every file in `scenes/` belongs to one surface, has its name and exports `scenes`. A scene is opened as
// `gallery/index.html?scene=<file>/<name>`. A surface adds its own file; nothing else needs to change.

import type { Component } from "svelte";

export interface Scene {
  component: Component;
  props: object;
}

/** Scenes by name: lower case, words joined by dashes. */
export type Scenes = Record<string, Scene>;

/** What a component may ask for. */
type Properties = Parameters<Component>[1];

/** Names a component with its properties, which are checked here. */
export function scene<Props extends Properties>(component: Component<Props>, props: Props): Scene {
  return { component: component as unknown as Component, props };
}
