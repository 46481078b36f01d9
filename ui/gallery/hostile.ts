// Mounts scenes with other texts in the place of everything that a person types, and says what became of the page.
//
// Driven by `hostile.mjs`. No content policy protects this page: what keeps a text from becoming more than a text is
// the encoding of the components alone.

import "../shared/tokens.css";
import "../shared/base.css";
// What the phone fetches later is there from the beginning, or a slow machine would not wait for it.
import "../phone/recollect/main";
import { mount, tick, unmount } from "svelte";
import type { Host } from "../shared/host/host";
import type { Scene, Scenes } from "./scene";

/** What stands in the page after a scene was mounted. */
export interface Outcome {
  /** How many texts were put in. */
  fields: number;
  /** How many elements there are of each name. */
  elements: Record<string, number>;
  /** Attributes that run something or lead somewhere. */
  attributes: string[];
  /** How many times one of the texts was run. */
  ran: number;
  failed: string;
}

const files = import.meta.glob<{ scenes: Scenes }>("./scenes/*.ts");
const ran: unknown[] = [];
Object.assign(globalThis, { canary: () => ran.push(0), hostile: { list, attempt } });

async function list(): Promise<string[]> {
  const paths = Object.entries(files).map(async ([path, load]) =>
    Object.keys((await load()).scenes).map((name) => `${path.replace(/^.*\/|\.ts$/g, "")}/${name}`),
  );
  return (await Promise.all(paths)).flat();
}

/** Mounts a scene whose texts are dealt from `texts`, beginning at `first`; each is made the only one of its kind. */
async function attempt(path: string, texts: string[], first: number): Promise<Outcome> {
  const [surface = "", name = ""] = path.split("/");
  const scene = (await files[`./scenes/${surface}.ts`]?.())?.scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${path}`);
  document.documentElement.dataset["surface"] = surface === "preparation" ? "console" : surface;
  ran.length = 0;
  let fields = 0;
  const text = (): string => `${texts[(first + fields) % texts.length]} ${++fields}`;
  let failed = "";
  const target = document.createElement("div");
  document.body.append(target);
  try {
    const props = replaced(scene.props, text, "") as Scene["props"];
    const shown = mount(scene.component, { target, props });
    await settled();
    // What is folded is shown as well, and what can be pressed without going anywhere is pressed.
    for (const folded of target.querySelectorAll("details")) folded.open = true;
    target.querySelector<HTMLElement>('input[type="radio"][value="text"]')?.click();
    await settled();
    const outcome = look(target);
    await unmount(shown);
    return { fields, ...outcome, ran: ran.length, failed };
  } catch (error) {
    failed = String(error);
    return { fields, elements: {}, attributes: [], ran: ran.length, failed };
  } finally {
    target.remove();
    localStorage.clear();
    sessionStorage.clear();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await tick();
    await new Promise((done) => setTimeout(done));
  }
}

/** Fields whose value is a word of the program, a time or an address, whatever it looks like. */
const OF_THE_PROGRAM =
  /^(type|qr|zone|zones|at|wall|instant|date|day|from|to|until|since|code|kind|id|draft|url|link|path|paths|folder|src|file|state|section|outcome|status|key|step|language|edition|due|start|end|starts_at|ends_at|held|place|token|time|times)$/;
/** Fields whose value is typed even where it is one lower-case word. */
const TYPED =
  /^(text|title|name|label|services|heading|task|owner|question|answer|reason|reword|caption|summary|message|hint|origin|symptom|improve|when|note|description|participant|roles?|author|confided|merged)$/;

/** Returns a copy with another text in the place of each that a person types. */
function replaced(value: unknown, text: () => string, key: string): unknown {
  if (typeof value === "string") return isTyped(value, key) ? text() : value;
  if (Array.isArray(value)) return value.map((one) => replaced(one, text, key));
  if (typeof value !== "object" || value === null) return value;
  if (isHost(value)) return hostWith(value, text);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaced(one, text, name)]));
}

function isTyped(value: string, key: string): boolean {
  if (value === "" || OF_THE_PROGRAM.test(key)) return false;
  return TYPED.test(key) || /[\s“”’…]|[^\x00-\x7f]/.test(value);
}

function isHost(value: object): value is Host {
  return "onRevision" in value;
}

/** A shell that answers as the other one does, in other texts. */
function hostWith(host: Host, text: () => string): Host {
  const other = async (answer: Promise<unknown>): Promise<never> =>
    replaced(structuredClone(await answer), text, "") as never;
  return {
    view: () => other(host.view()),
    call: (command: string, args?: Record<string, unknown>) =>
      /zone/.test(command) ? host.call(command, args) : other(host.call(command, args)),
    send: (command: string, bytes: Uint8Array, headers?: Record<string, string>) =>
      other(host.send(command, bytes, headers)),
    image: (attachment: number) => host.image(attachment),
    // What is painted is no part of the document; the record is read as text.
    pdf: (edition: string) => host.pdf(edition),
    onRevision: (heard: never) => host.onRevision(heard),
  } as Host;
}

const LEADS = /^(xlink:)?(href|src\w*|(form)?action|data|ping|poster)$/;

function look(target: Element): Pick<Outcome, "elements" | "attributes"> {
  const elements: Record<string, number> = {};
  const attributes: string[] = [];
  for (const element of target.querySelectorAll("*")) {
    const name = element.localName;
    elements[name] = (elements[name] ?? 0) + 1;
    for (const { name: attribute, value } of element.attributes) {
      const leads =
        LEADS.test(attribute) && !/^(#[\w-]*|blob:.*|data:image\/svg\+xml[,;].*|\/[\w./-]*)$/.test(value);
      const styles = attribute === "style" && /url|expression|import/i.test(value);
      if (attribute.startsWith("on") || leads || styles) attributes.push(`${name} ${attribute}=${value}`);
    }
  }
  return { elements, attributes };
}
