// The seam as the desktop shell implements it.
//
// This is the only file of the interface that imports the Tauri API. A view travels over a custom scheme that answers
// by the label of the asking window; an event carries nothing but a revision.

import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { asFailure, fetchBytes, type Host, type Surface } from "./host";

/** Opens the seam. The shell tells windows apart by their own label, so the surface is not sent. */
export function openHost(_surface: Surface): Host {
  // debrief://localhost/view, or http://debrief.localhost/view where the system's web view knows no custom schemes.
  const address = convertFileSrc("view", "debrief");

  return {
    async view<T>(): Promise<T> {
      try {
        const answer = await fetch(address, { cache: "no-store" });
        const body: unknown = await answer.json();
        if (!answer.ok) throw body;
        return body as T;
      } catch (thrown) {
        throw asFailure(thrown);
      }
    },

    async call<T>(command: string, args?: Record<string, unknown>): Promise<T> {
      try {
        return await invoke<T>(command, args);
      } catch (thrown) {
        throw asFailure(thrown);
      }
    },

    async send<T>(command: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<T> {
      try {
        return await invoke<T>(command, bytes, { headers });
      } catch (thrown) {
        throw asFailure(thrown);
      }
    },

    image: (attachment) => `${convertFileSrc("image", "debrief")}/${attachment}`,

    pdf: (edition) => fetchBytes(`${convertFileSrc("record", "debrief")}/${edition}.pdf`),

    onRevision(callback): Promise<() => void> {
      // Without its own label as the target, a window also hears what was sent to the others.
      const target = { kind: "WebviewWindow", label: getCurrentWindow().label } as const;
      return listen<number>("revision", ({ payload }) => callback(payload), { target });
    },
  };
}
