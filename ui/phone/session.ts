// What belongs to this tab alone: the key it was opened with, whether it has reloaded itself, and its rank among tabs.

import { freshId } from "./protocol";

const KEY = "debrief.key";
const JOIN = "debrief.join";
const RELOADED = "debrief.reloaded";

/** Returns the key of the QR code from the address, or the one this tab was opened with before a reload. */
export function readKey(): string | null {
  const inAddress = location.hash.slice(1);
  if (inAddress === "") return read(KEY);
  keep(KEY, inAddress);
  return inAddress;
}

/** Drops the key from the tab and from the address bar, where it could be read over a shoulder or shared. */
export function forgetKey(): void {
  drop(KEY);
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
}

/** Returns the name under which this tab asks to be let in: the same for each repeat, over a reload too. */
export function joinName(): string {
  const name = read(JOIN) ?? freshId();
  keep(JOIN, name);
  return name;
}

/** Forgets the name once the room has answered: whoever knew it could come in as the same person. */
export function forgetJoin(): void {
  drop(JOIN);
}

/** Whether the page may reload itself to match `protocol`: once, and only if it will remember having done so. */
export function mayReloadFor(protocol: number): boolean {
  return read(RELOADED) !== String(protocol) && keep(RELOADED, String(protocol));
}

/** This tab among the tabs of the same phone; only the newest one follows the meeting. */
export interface Tab {
  /** Makes the others step back. */
  claim(): void;
  close(): void;
}

/** Calls `stepBack` when another tab claims the meeting. Browsers without the channel leave all tabs active. */
export function openTab(stepBack: () => void): Tab {
  if (typeof BroadcastChannel === "undefined") return { claim() {}, close() {} };
  const name = freshId();
  const channel = new BroadcastChannel("debrief");
  channel.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data !== name) stepBack();
  };
  return { claim: () => channel.postMessage(name), close: () => channel.close() };
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function drop(name: string): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Without storage there is nothing to drop.
  }
}

/** Returns whether it will be there after a reload. */
function keep(name: string, value: string): boolean {
  try {
    sessionStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}
