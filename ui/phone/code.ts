// The short code that a person types from the stage, read as forgivingly as its alphabet allows.

const ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXY";

/** How many characters a code has, and the long one that the facilitator tells when the short one is guessed at. */
export const CODE_LENGTH = 6;
const LONG_CODE = 10;

/** Characters that no code contains, with the only one they can have been misread from. */
const MISREAD: Readonly<Record<string, string>> = { S: "5", Z: "2", U: "V" };

/** Returns a typed code in capitals, without spaces and signs, and with plain misreadings put right. */
export function normalizeCode(typed: string): string {
  return Array.from(typed.toUpperCase())
    .filter((character) => /[0-9A-Z]/.test(character))
    .map((character) => MISREAD[character] ?? character)
    .join("");
}

/** Says what is wrong with a normalised code, or nothing when it may be one. */
export function codeProblem(code: string): string {
  if (code === "") return "Type the code from the big screen. It has six letters and digits.";
  const foreign = Array.from(code).find((character) => !ALPHABET.includes(character));
  if (foreign !== undefined) return `“${foreign}” is never part of a code. Look at the big screen once more.`;
  if (code.length !== CODE_LENGTH && code.length !== LONG_CODE) {
    return `The code has six letters and digits; you typed ${code.length}. Look at the big screen once more.`;
  }
  return "";
}
