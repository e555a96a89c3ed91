import { custom, range, type Validator } from "../validator";

/** `what` names the form in words: "a duration such as 30s". */
export function stringMatches(pattern: RegExp, what: string): Validator<string> {
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/gu, ""));
  return custom(what, (value) =>
    stateless.test(value) ? undefined : `${JSON.stringify(value)} is not ${what}`,
  );
}

/** Counts characters (code points), not bytes. */
export function lengthBetween(min: number, max: number): Validator<string> {
  return custom(range(min, max, "characters long"), (value) => {
    const length = Array.from(value).length;
    return length >= min && length <= max ? undefined : `it is ${length} characters long`;
  });
}

export function lengthAtLeast(min: number): Validator<string> {
  return lengthBetween(min, Infinity);
}

export function lengthAtMost(max: number): Validator<string> {
  return lengthBetween(0, max);
}

/** Counts the bytes of the text in UTF-8, which is what most systems have room for. */
export function bytesBetween(min: number, max: number): Validator<string> {
  return custom(range(min, max, "bytes long"), (value) => {
    const length = Buffer.byteLength(value);
    return length >= min && length <= max ? undefined : `it is ${length} bytes long`;
  });
}

/** For strings and numbers. */
export function oneOf<const T extends string | number | bigint>(
  ...allowed: readonly T[]
): Validator<T> {
  const list = listed(allowed);
  return custom(`one of ${list}`, (value) =>
    allowed.includes(value) ? undefined : `${shown(value)} is not one of ${list}`,
  );
}

export function oneOfIgnoringCase(...allowed: readonly string[]): Validator<string> {
  const list = listed(allowed);
  const folded = allowed.map((value) => value.toLowerCase());
  return custom(`one of ${list}, in any case`, (value) =>
    folded.includes(value.toLowerCase()) ? undefined : `${shown(value)} is not one of ${list}`,
  );
}

/** For strings and numbers. */
export function noneOf<const T extends string | number | bigint>(
  ...refused: readonly T[]
): Validator<T> {
  return custom(`none of ${listed(refused)}`, (value) =>
    refused.includes(value) ? `${shown(value)} is not possible` : undefined,
  );
}

function listed(values: readonly (string | number | bigint)[]): string {
  return values.map(shown).join(", ");
}

function shown(value: string | number | bigint): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
