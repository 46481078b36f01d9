// Names the fields of one kind of picture.

import type { StagePicture } from "../../shared/bindings/StagePicture";

export type PictureOf<T extends StagePicture["type"]> = Extract<StagePicture, { type: T }>;
