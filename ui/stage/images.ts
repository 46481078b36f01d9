// Where the stage finds the images it shows.
//
// A view names an attachment and never holds its bytes. Whoever puts a stage on the screen knows the way to the shell,
// so it lends the stage that way by a context: the stage's own window its host, the console its desk. Without one (a
// component test) a picture shows its caption alone.

import { getContext, setContext } from "svelte";

/** Returns where the image of an attachment can be fetched by an `img`. */
export type Images = (attachment: number) => string;

/** The key of the images in the context of a component; tests hand in their own. */
export const IMAGES = Symbol("images");

export function provideImages(images: Images): void {
  setContext(IMAGES, images);
}

export function useImages(): Images | undefined {
  return getContext<Images | undefined>(IMAGES);
}
