import { randomUUID } from "node:crypto";
import { numeric } from "../values/decimal";
import { MAX_VALUES } from "../values/type";
import { CodecError } from "./codec-error";

/** As JSON.parse, but numbers that JavaScript would round become `Decimal`. */
export function parseExact(text: string): unknown {
  if (text.length > MAX_VALUES * 2) refuseTooMany(text);
  try {
    // Also refuses what is no JSON, so that what follows may take it to be some.
    const rounded: unknown = JSON.parse(text);
    if (!/\d{16}|\d[eE]/u.test(text)) return rounded;
    // No text can be made to begin with it, neither plainly nor in escapes.
    const marker = `decimal:${randomUUID()}:`;
    const marked = markDecimals(text, marker);
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === "string" && value.startsWith(marker)
        ? numeric(value.slice(marker.length))
        : value,
    );
  } catch (error) {
    throw new CodecError(`not JSON: ${(error as Error).message}`);
  }
}

/** The text with every number that JavaScript would round as a string that begins with `marker`. */
function markDecimals(text: string, marker: string): string {
  const parts: string[] = [];
  let done = 0;
  const token = /"|-?\d[\d.eE+-]*/gu;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [start] = found;
    if (start === '"') token.lastIndex = endOfString(text, token.lastIndex);
    else if (typeof numeric(start) !== "number") {
      parts.push(text.slice(done, found.index), `"${marker}${start}"`);
      done = token.lastIndex;
    }
  }
  return parts.join("") + text.slice(done);
}

/** Behind the quote that ends the string in which `at` is: one with an even number of backslashes before it. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0;
    while (text[quote - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Parsed values take many times the memory of their text, so they are counted before: what stands outside strings. */
function refuseTooMany(text: string): void {
  let values = 1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === "," || character === "[" || character === "{"))
      values += 1;
  }
  if (values > MAX_VALUES) throw new CodecError(`more than ${MAX_VALUES} values`);
}
