import { isUnknown } from "../values/unknown";

/**
 * A rule for one configured value. It sees known values only (of collections and objects: known as a whole, parts may be
 * unknown) and answers the problem in one sentence, or nothing.
 */
export interface Validator<T> {
  /** The rule as a phrase for the docs: "one of a, b, c". */
  readonly description: string;
  check(value: T): string | undefined;
}

type Sized = string | readonly unknown[] | Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, unknown>>;

/** `what` names the form in words: "a duration such as 30s". */
export function stringMatches(pattern: RegExp, what: string): Validator<string> {
  return custom(what, (value) =>
    new RegExp(pattern.source, pattern.flags.replace(/[gy]/gu, "")).test(value)
      ? undefined
      : `${JSON.stringify(value)} is not ${what}`,
  );
}

/** Counts characters (code points), not bytes. */
export function lengthBetween(min: number, max: number): Validator<string> {
  return custom(range(min, max, "characters long"), (value) => {
    const length = Array.from(value).length;
    return within(length, min, max) ? undefined : `it is ${length} characters long`;
  });
}

export function numberBetween(min: number, max: number): Validator<number> {
  return custom(range(min, max, ""), (value) =>
    within(value, min, max) ? undefined : `it is ${value}`,
  );
}

export function wholeNumber(): Validator<number> {
  return custom("a whole number", (value) =>
    Number.isInteger(value) ? undefined : `${value} is not a whole number`,
  );
}

export function oneOf<const T extends string | number>(...allowed: readonly T[]): Validator<T> {
  const list = allowed.map((value) => JSON.stringify(value)).join(", ");
  return custom(`one of ${list}`, (value) =>
    allowed.includes(value) ? undefined : `${JSON.stringify(value)} is not one of ${list}`,
  );
}

/** For lists, sets and maps. */
export function sizeBetween(min: number, max: number): Validator<Exclude<Sized, string>> {
  return custom(range(min, max, "elements"), (value) => {
    const size = Array.isArray(value) ? value.length : Object.keys(value).length;
    return within(size, min, max) ? undefined : `it has ${size} elements`;
  });
}

/** Holds every known element of a list or set, or value of a map, against `rule`. */
export function eachElement<T>(
  rule: Validator<T>,
): Validator<readonly T[] | Readonly<Record<string, T>>> {
  return custom(`each element: ${rule.description}`, (value) => {
    const elements = new Map<string, T>(Object.entries(value));
    for (const [key, element] of elements) {
      const problem = isUnknown(element) ? undefined : rule.check(element);
      if (problem !== undefined) return `element ${JSON.stringify(key)}: ${problem}`;
    }
    return undefined;
  });
}

/** Of a schema or nested object: exactly one of these attributes is set. */
export function exactlyOneOf(...names: readonly string[]): Validator<Fields> {
  return counted(names, "exactly one of", (least, most) => most < 1 || least > 1);
}

/** Of a schema or nested object: at least one of these attributes is set. */
export function atLeastOneOf(...names: readonly string[]): Validator<Fields> {
  return counted(names, "at least one of", (_least, most) => most < 1);
}

/** Of a schema or nested object: no two of these attributes are set. */
export function conflicting(...names: readonly string[]): Validator<Fields> {
  return counted(names, "at most one of", (least) => least > 1);
}

/** Of a schema or nested object: all of these attributes are set, or none. */
export function requiredTogether(...names: readonly string[]): Validator<Fields> {
  return counted(names, "all or none of", (least, most) => least > 0 && most < names.length);
}

/** A rule of one's own: `check` answers the problem in one sentence, or undefined. */
export function custom<T>(
  description: string,
  check: (value: T) => string | undefined,
): Validator<T> {
  return { description, check };
}

/** An unknown attribute may turn out set or absent, so only what holds either way is a violation. */
function counted(
  names: readonly string[],
  rule: string,
  violated: (least: number, most: number) => boolean,
): Validator<Fields> {
  const description = `${rule} ${names.join(", ")}`;
  return custom(description, (fields) => {
    const set = names.filter((name) => isSet(fields[name]) && !isUnknown(fields[name]));
    const unknown = names.filter((name) => isUnknown(fields[name]));
    if (!violated(set.length, set.length + unknown.length)) return undefined;
    return `set ${description}; now set: ${set.length === 0 ? "none" : set.join(", ")}`;
  });
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function within(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

function range(min: number, max: number, unit: string): string {
  const bounds =
    max === Infinity
      ? `at least ${min}`
      : min === -Infinity
        ? `at most ${max}`
        : `${min} to ${max}`;
  return unit === "" ? bounds : `${bounds} ${unit}`;
}
