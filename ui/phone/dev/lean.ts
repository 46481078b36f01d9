// Takes out of the first load what this page cannot use: parts of the runtime, and tokens of the other surfaces; and
// says what the oldest browsers that are served do not know in words that they do.
//
// To be named among the plugins of `vite.phone.config.ts`; a normal build of the page is about a fifth smaller for
// it. Each part says what it relies on, and a runtime that has been rebuilt inside fails the build rather than grow
// again unnoticed.

import type { Plugin } from "vite";

const RUNTIME = "svelte/src/internal/";

/** What stands in a module of the runtime, and what stands there instead. */
const SETTLED: Readonly<Record<string, readonly [string | RegExp, string][]>> = {
  // No server has drawn the page before.
  "client/dom/hydration.js": [
    ["export let hydrating = false;", "export const hydrating = false;"],
    ["hydrating = value;", ""],
  ],
  // Nothing here is written for an older Svelte, waits inside a template, or is traced.
  "flags/index.js": [
    ["export let async_mode_flag = false;", "export const async_mode_flag = false;"],
    ["export let legacy_mode_flag = false;", "export const legacy_mode_flag = false;"],
    ["export let tracing_mode_flag = false;", "export const tracing_mode_flag = false;"],
    ["async_mode_flag = true;", ""],
    ["async_mode_flag = false;\n}", "}"],
    ["legacy_mode_flag = true;", ""],
    ["tracing_mode_flag = true;", ""],
  ],
  // Nobody awaits in a loop here; emulating that would stay in the page even so.
  "client/reactivity/async.js": [
    [/async function\* (for_await_\w+)\([^]*?\n\}\n/, "function $1() {}\n"],
    [/\.finally\(decrement_pending\)/g, ".then(decrement_pending, decrement_pending)"],
  ],
  // Browsers of 2017 know none of `finally`, `queueMicrotask`, `replaceAll` and `globalThis`.
  "client/reactivity/deriveds.js": [[".finally(unset_context)", ".then(unset_context, unset_context)"]],
  "client/dom/task.js": [["queueMicrotask(", "Promise.resolve().then("]],
  "client/dom/elements/events.js": [[/queueMicrotask\(/g, "Promise.resolve().then("]],
  // The page is HTML, and its content policy asks for no trusted types.
  "client/constants.js": [[/!!globalThis\.document[^;]*;/, "false;"]],
  "client/dom/reconciler.js": [
    [/const policy =[^]*?\}\);/, "const policy = undefined;"],
    ["html.replaceAll('<!>', '<!---->')", "html.split('<!>').join('<!---->')"],
  ],
};

/** Modules that define something while they are loaded, so that they stay although nobody uses them. */
const UNUSED: Readonly<Record<string, string>> = {
  "client/dom/elements/custom-element.js": "export function create_custom_element() {}",
  "client/dom/elements/bindings/size.js":
    "export function bind_element_size() {} export function bind_resize_observer() {}",
};

/** Makes the runtime of Svelte as small as this page allows. */
export function leanRuntime(): Plugin {
  const found = new Set<string>();
  return {
    name: "lean-runtime",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      const at = id.indexOf(RUNTIME);
      if (at < 0) return undefined;
      const name = id.slice(at + RUNTIME.length);
      found.add(name);
      const unused = UNUSED[name];
      if (unused !== undefined) return { code: unused, map: null };
      const settled = (SETTLED[name] ?? []).reduce((text, [says, instead]) => {
        const now = text.replace(says, instead);
        if (now === text) throw new Error(`${name} no longer says “${says}”; look at phone/dev/lean.ts.`);
        return now;
      }, code);
      return { code: withoutPrivacy(settled, name, (text) => this.parse(text)), map: null };
    },
    buildEnd(error) {
      const missing = [...Object.keys(SETTLED), ...Object.keys(UNUSED)].filter((name) => !found.has(name));
      if (error === undefined && missing.length > 0) {
        throw new Error(`Svelte has no ${missing.join(", ")} any more; look at phone/dev/lean.ts.`);
      }
    },
  };
}

/**
 * Gives the private parts of classes ordinary names.
 *
 * Browsers of ES2017 know no private parts; emulating them costs a weak map for each and a call for every use.
 */
function withoutPrivacy(code: string, name: string, parse: (code: string) => unknown): string {
  if (!code.includes("#")) return code;
  const found: [start: number, name: string][] = [];
  collect(parse(code), found);
  const names = [...new Set(found.map(([, identifier]) => identifier))];
  let text = code;
  for (const [start, identifier] of found.sort(([one], [other]) => other - one)) {
    // Nothing shortens an ordinary name later on.
    const short = `_${names.indexOf(identifier).toString(36)}`;
    if (new RegExp(`\\b${short}\\b`).test(code) || !code.startsWith(`#${identifier}`, start)) {
      throw new Error(`${name} has private parts that cannot be renamed; look at phone/dev/lean.ts.`);
    }
    text = text.slice(0, start) + short + text.slice(start + 1 + identifier.length);
  }
  return text;
}

/** Collects the private names in a syntax tree, and where they stand. */
function collect(node: unknown, found: [number, string][]): void {
  if (Array.isArray(node)) for (const child of node) collect(child, found);
  else if (typeof node === "object" && node !== null) {
    const { type, start, name } = node as Record<string, unknown>;
    if (type === "PrivateIdentifier") found.push([Number(start), String(name)]);
    else for (const child of Object.values(node)) collect(child, found);
  }
}

/** Leaves out custom properties that neither the style nor a script of the page asks for, and rules left empty. */
export function leanStyle(): Plugin {
  return {
    name: "lean-style",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const scripts = files.map((file) => (file.type === "chunk" ? file.code : "")).join("");
      for (const file of files) {
        if (file.type !== "asset" || !file.fileName.endsWith(".css")) continue;
        file.source = withoutUnused(String(file.source), scripts);
      }
    },
  };
}

function withoutUnused(style: string, scripts: string): string {
  const less = style
    .replace(/(--[\w-]+):[^;}]*;?/g, (declaration, property: string) =>
      new RegExp(`${property}(?![\\w-]|:)`).test(style + scripts) ? declaration : "",
    )
    .replace(/[^{};]+\{\}/g, "");
  // What was left out may have been the only one to ask for something else.
  return less === style ? style : withoutUnused(less, scripts);
}
