// Draws the modules of a QR code as one SVG path.

/** Modules of light around a code, after ISO/IEC 18004: without them phones do not find it. */
export const QUIET_ZONE = 4;

/** Returns the path that covers the dark modules, in modules, the quiet zone left free. */
export function qrPath(rows: string[]): string {
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => stretch(run.index, y, run[0].length)))
    .join("");
}

/** Returns the side of the code with its quiet zone, in modules. */
export function qrSide(rows: string[]): number {
  return rows.length + 2 * QUIET_ZONE;
}

function stretch(x: number, y: number, length: number): string {
  return `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`;
}
