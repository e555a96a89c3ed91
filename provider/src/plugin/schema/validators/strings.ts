import { custom, type Validator } from "../validator";
import { count, quoted, range } from "./wording";

const CHARACTERS = ["character long", "characters long"] as const;
const BYTES = ["byte long", "bytes long"] as const;

/** `what` names the form in words: "a duration such as 30s". */
export function stringMatches(pattern: RegExp, what: string): Validator<string> {
  // Without g and y, which make a pattern remember where it last matched.
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/gu, ""));
  return custom(what, (value) =>
    stateless.test(value) ? undefined : `${quoted(value)} is not ${what}`,
  );
}

/** Counts characters (code points), not bytes. */
export function lengthBetween(min: number, max: number): Validator<string> {
  return custom(range(min, max, CHARACTERS), (value) => {
    const { length } = Array.from(value);
    return length >= min && length <= max ? undefined : `it is ${count(length, CHARACTERS)}`;
  });
}

export function lengthAtLeast(min: number): Validator<string> {
  return lengthBetween(min, Infinity);
}

export function lengthAtMost(max: number): Validator<string> {
  return lengthBetween(0, max);
}

/** Counts the bytes of the text in UTF-8, as systems with a limit in bytes do. */
export function bytesBetween(min: number, max: number): Validator<string> {
  return custom(`${range(min, max, BYTES)} in UTF-8`, (value) => {
    const length = Buffer.byteLength(value);
    return length >= min && length <= max ? undefined : `it is ${count(length, BYTES)}`;
  });
}
