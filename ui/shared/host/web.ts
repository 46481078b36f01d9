// The seam over plain HTTP, for tests and development only.
//
// It exists so that a browser can drive the real interface without a desktop. The build leaves it out unless
// `VITE_HOST=web`. The server behind it answers `GET /host/<surface>/view`, `POST /host/<surface>/call/<command>`
// and the event stream `/host/<surface>/revisions`, whose messages are bare numbers, the first at once: a browser that
// reconnects learns from it what it missed.

import { asFailure, fetchBytes, type Host, type Surface } from "./host";

/** Opens the seam for one surface; the server has no window label to go by. */
export function openHost(surface: Surface): Host {
  const base = `/host/${surface}`;

  return {
    view<T>(): Promise<T> {
      return ask<T>(`${base}/view`, { cache: "no-store" });
    },

    call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
      return ask<T>(`${base}/call/${command}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args),
      });
    },

    send<T>(command: string, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<T> {
      const body = new Blob([new Uint8Array(bytes)]);
      return ask<T>(`${base}/call/${command}`, { method: "POST", headers, body });
    },

    image: (attachment) => `${base}/image/${attachment}`,

    pdf: (edition) => fetchBytes(`${base}/record/${edition}.pdf`),

    onRevision(callback): Promise<() => void> {
      return new Promise((resolve, reject) => {
        const stream = new EventSource(`${base}/revisions`);
        let opened = false;
        stream.addEventListener("message", ({ data }) => callback(Number(data)));
        stream.addEventListener("open", () => {
          opened = true;
          resolve(() => stream.close());
        });
        // Once open, the browser reconnects by itself; before that the caller decides when to try again.
        stream.addEventListener("error", () => {
          if (opened) return;
          stream.close();
          reject(asFailure(new Error(`${base}/revisions did not open`)));
        });
      });
    },
  };
}

async function ask<T>(address: string, request: RequestInit): Promise<T> {
  try {
    const answer = await fetch(address, request);
    const text = await answer.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    if (!answer.ok) throw body;
    return body as T;
  } catch (thrown) {
    throw asFailure(thrown);
  }
}
