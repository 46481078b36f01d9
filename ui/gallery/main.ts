import "../shared/tokens.css";
import "../shared/fonts/fonts.css";
import "../shared/base.css";
import "./gallery.css";
import { mount } from "svelte";
import type { Scene, Scenes } from "./scene";

const files = import.meta.glob<{ scenes: Scenes }>("./scenes/*.ts");
const app = document.getElementById("app");
if (app === null) throw new Error("the page has no #app");

const asked = new URLSearchParams(location.search).get("scene");
if (asked === null) await list(app);
else await open(app, asked);

async function open(target: HTMLElement, path: string): Promise<void> {
  const [surface = "", name = ""] = path.split("/");
  const scene = (await files[`./scenes/${surface}.ts`]?.())?.scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${path}`);
  document.documentElement.dataset["surface"] = surface;
  document.title = path;
  mount(scene.component, { target, props: scene.props });
  await document.fonts.ready;
  document.documentElement.dataset["ready"] = "";
}

async function list(target: HTMLElement): Promise<void> {
  const list = document.createElement("ul");
  list.className = "gallery";
  for (const [path, load] of Object.entries(files)) {
    const surface = path.replace(/^.*\/|\.ts$/g, "");
    const scenes: Record<string, Scene> = (await load()).scenes;
    for (const name of Object.keys(scenes)) {
      const link = document.createElement("a");
      link.href = `?scene=${surface}/${name}`;
      link.textContent = `${surface}/${name}`;
      const entry = document.createElement("li");
      entry.append(link);
      list.append(entry);
    }
  }
  target.append(list);
  document.documentElement.dataset["ready"] = "";
}
