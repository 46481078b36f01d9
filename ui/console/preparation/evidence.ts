// From what a person drops, pastes or chooses to the bytes of an image that can be kept.
//
// PNG and JPEG go as they are. Anything else that the browser can draw becomes a PNG; of an animation that is its first
// picture. What cannot be kept is said in a sentence before anything is sent.

/** The largest image, in bytes. */
export const IMAGE_LIMIT = 20 * 1024 * 1024;

/** An image that can be sent, or why it cannot. */
export type ReadyImage = { type: "ready"; bytes: Uint8Array } | { type: "refused"; sentence: string };

/** Returns the images among what is on the clipboard or was dropped. */
export function imagesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

/** Reads an image file; `toPng` draws what is neither PNG nor JPEG. */
export async function readImage(file: File, toPng = drawnAsPng): Promise<ReadyImage> {
  const name = file.name === "" ? "The image" : `“${file.name}”`;
  // A file far above the limit is not even read into memory.
  if (isKept(file.type) && file.size > IMAGE_LIMIT) return tooLarge(name, file.size);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { type: "refused", sentence: `${name} could not be read. Choose it again.` };
  }
  if (!isPng(bytes) && !isJpeg(bytes)) {
    const drawn = await toPng(file).catch(() => undefined);
    if (drawn === undefined) {
      return {
        type: "refused",
        sentence: `${name} is not an image that can be shown here. Save it as PNG or JPEG and attach it again.`,
      };
    }
    bytes = drawn;
  }
  return bytes.length > IMAGE_LIMIT ? tooLarge(name, bytes.length) : { type: "ready", bytes };
}

function tooLarge(name: string, bytes: number): ReadyImage {
  const size = (bytes / 1024 / 1024).toFixed(1);
  return {
    type: "refused",
    sentence: `${name} has ${size} MB; an image may have 20 MB. Make it smaller and attach it again.`,
  };
}

const isKept = (type: string): boolean => type === "image/png" || type === "image/jpeg";

// The first bytes decide and not the name: a browser names a pasted picture as it likes.
const isPng = (bytes: Uint8Array): boolean =>
  [0x89, 0x50, 0x4e, 0x47].every((byte, place) => bytes[place] === byte);
const isJpeg = (bytes: Uint8Array): boolean =>
  [0xff, 0xd8, 0xff].every((byte, place) => bytes[place] === byte);

async function drawnAsPng(file: File): Promise<Uint8Array> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (png === null) throw new Error("nothing was drawn");
    return new Uint8Array(await png.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}
