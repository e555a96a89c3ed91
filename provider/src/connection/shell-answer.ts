import { randomBytes } from "node:crypto";

/** How several byte strings come back in one answer: each followed by a boundary that was made up for it. */

/** Occurs in no file: it is made up for this one answer. */
export function newBoundary(): string {
  return randomBytes(16).toString("hex");
}

export function splitAt(bytes: Buffer, boundary: string): readonly Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (;;) {
    const at = bytes.indexOf(boundary, from);
    parts.push(bytes.subarray(from, at === -1 ? undefined : at));
    if (at === -1) return parts;
    from = at + boundary.length;
  }
}
