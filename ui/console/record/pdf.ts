// The pages of a PDF, painted by pdf.js. Nothing else knows pdf.js, and it is fetched only when pages are wanted.
//
// Whatever pdf.js could fetch, evaluate or compile is turned off: a record carries its fonts, and its images are plain
// JPEG and PNG. Its links are what they are on paper. The words of a page lie over it, so that they can be selected.

import {
  getDocument,
  PDFWorker,
  TextLayer,
  VerbosityLevel,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import workerAddress from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/** A heading of the document, and where it stands. */
export interface Bookmark {
  title: string;
  /** How many headings it stands under. */
  depth: number;
  /** Pages before it, with a share of its own page: 2.5 is the middle of the third. */
  place: number;
}

/** The pages of one PDF. */
export interface Pages {
  readonly count: number;
  /** How high a page is for its width; a record has paper of one size. */
  readonly shape: number;
  readonly bookmarks: readonly Bookmark[];
  /**
   * Paints a page, counted from zero, at a width in CSS pixels.
   *
   * Rejects once it is stopped.
   */
  paint(page: number, width: number, density: number, stopped: AbortSignal): Promise<Element[]>;
  close(): void;
}

const LIMITS = {
  isEvalSupported: false,
  useWasm: false,
  useWorkerFetch: false,
  useSystemFonts: false,
  enableXfa: false,
  disableAutoFetch: true,
  disableStream: true,
  verbosity: VerbosityLevel.ERRORS,
} as const;

/** A page has no more dots than this, whatever the zoom: 32 MB each. */
const MOST_DOTS = 8_000_000;

/** Opens PDFs one after the other, in a worker of its own. */
export class PdfReader {
  // pdf.js itself begins its worker at a `blob:` address unless the page came over HTTP; the content policy has none.
  readonly #worker = new Worker(workerAddress, { type: "module" });
  // Its types say that a port is nothing at all.
  readonly #port = new PDFWorker({ port: this.#worker as unknown as null, verbosity: LIMITS.verbosity });
  readonly #broken: Promise<never>;
  readonly #files = new Set<PDFDocumentLoadingTask>();

  constructor() {
    this.#broken = new Promise((_, reject) => {
      this.#worker.addEventListener("error", () => reject(new Error("the worker of pdf.js failed")));
    });
    this.#broken.catch(() => undefined);
  }

  async open(bytes: Uint8Array): Promise<Pages> {
    // The worker takes the bytes away from whoever hands them over.
    const loading = getDocument({ ...LIMITS, data: bytes.slice(), worker: this.#port });
    this.#files.add(loading);
    try {
      const file = await Promise.race([loading.promise, this.#broken]);
      const [first, bookmarks] = await Promise.all([file.getPage(1), bookmarksOf(file)]);
      const { width, height } = first.getViewport({ scale: 1 });
      return {
        count: file.numPages,
        shape: height / width,
        bookmarks,
        paint: (...how) => paint(file, ...how),
        close: () => void this.#close(loading),
      };
    } catch (error) {
      void this.#close(loading);
      throw error;
    }
  }

  close(): void {
    // Only a worker that still runs lets pdf.js take the fonts of a file out of the window again.
    const away = Promise.allSettled([...this.#files].map((loading) => this.#close(loading)));
    void Promise.race([away, this.#broken.catch(() => undefined)]).then(() => {
      this.#port.destroy();
      this.#worker.terminate();
    });
  }

  async #close(loading: PDFDocumentLoadingTask): Promise<void> {
    await loading.destroy();
    this.#files.delete(loading);
  }
}

async function paint(
  file: PDFDocumentProxy,
  number: number,
  width: number,
  density: number,
  stopped: AbortSignal,
): Promise<Element[]> {
  const page = await file.getPage(number + 1);
  stopped.throwIfAborted();
  const scale = width / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const dots = Math.min(density, Math.sqrt(MOST_DOTS / (viewport.width * viewport.height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(viewport.width * dots);
  canvas.height = Math.round(viewport.height * dots);
  const painting = page.render({ canvas, viewport, transform: [dots, 0, 0, dots, 0, 0] });

  const words = document.createElement("div");
  words.className = "words";
  words.style.setProperty("--total-scale-factor", String(scale));
  const lettering = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: words,
    viewport,
  });
  const stop = (): void => {
    painting.cancel();
    lettering.cancel();
  };
  stopped.addEventListener("abort", stop);
  // A page whose words cannot be selected is still the page.
  const lettered = lettering.render().catch(() => undefined);
  try {
    await painting.promise;
    await lettered;
    return [canvas, words];
  } catch (error) {
    canvas.width = canvas.height = 0;
    throw error;
  } finally {
    stopped.removeEventListener("abort", stop);
    page.cleanup();
  }
}

type Outline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;

async function bookmarksOf(file: PDFDocumentProxy): Promise<Bookmark[]> {
  const flat = (items: Outline, depth: number): { item: Outline[number]; depth: number }[] =>
    (items ?? []).flatMap((item) => [{ item, depth }, ...flat(item.items, depth + 1)]);
  const found = flat(await file.getOutline(), 0).map(async ({ item, depth }) => {
    const place = await placeOf(file, item.dest);
    return place === undefined ? [] : [{ title: item.title, depth, place }];
  });
  return (await Promise.all(found)).flat();
}

/** Reads `[page, /XYZ, left, top, zoom]`, where `top` is counted from the foot of the page. */
async function placeOf(file: PDFDocumentProxy, to: Outline[number]["dest"]): Promise<number | undefined> {
  if (!Array.isArray(to)) return undefined;
  const [reference, , , top] = to as [
    Parameters<PDFDocumentProxy["getPageIndex"]>[0],
    unknown,
    unknown,
    unknown,
  ];
  const number = await file.getPageIndex(reference).catch(() => undefined);
  if (number === undefined) return undefined;
  const { height } = (await file.getPage(number + 1)).getViewport({ scale: 1 });
  return number + (typeof top === "number" ? Math.min(1, Math.max(0, 1 - top / height)) : 0);
}
