// The two editions of a record, the forms it is taken along in, and the answers of the shell about them.

import type { Choice } from "../words";

/** `internal` is the whole record; `public` holds only what may leave the organisation. */
export type Edition = "internal" | "public";

export const EDITIONS: readonly Choice<Edition>[] = [
  ["internal", "Internal"],
  ["public", "Public"],
];

/** How the record is read: its pages as they will be printed, or its words. */
export type RecordForm = "pages" | "text";

export const RECORD_FORMS: readonly Choice<RecordForm>[] = [
  ["pages", "Pages"],
  ["text", "Text"],
];

export type Format = "pdf" | "markdown" | "json" | "csv" | "ics" | "summary";

export const FORMATS: readonly Choice<Format>[] = [
  ["pdf", "PDF"],
  ["markdown", "Markdown"],
  ["json", "JSON, complete"],
  ["csv", "CSV of actions and timeline"],
  ["ics", "Due dates for calendars"],
  ["summary", "Summary for a chat"],
];

/** Says whether a form exists in an edition. JSON holds everything, so there is no public one. */
export const isOffered = (format: Format, edition: Edition): boolean =>
  edition === "internal" || format !== "json";

/** Where a record was written. */
export interface Written {
  paths: string[];
  folder: string;
  /** What went otherwise than hoped, or what else was done; often empty. */
  notice: string;
}

export interface LeftOut {
  section: string;
  what: string;
  why: string;
}

/** A section in both editions; empty words mean that the edition has no such section. */
export interface Beside {
  section: string;
  internal: string;
  public: string;
  left_out: LeftOut[];
}

export interface Replaced {
  place: string;
  was: string;
  now: string;
}

export interface PublicPreview {
  sections: Beside[];
  replaced: Replaced[];
  /** What should perhaps not stand in it, a sentence each. */
  findings: string[];
}
