import type { Path } from "../diagnostics/path";

/**
 * A rule for one configured value. It sees known values only (of collections and objects: known as a whole, parts may be
 * unknown) and answers the problem in one sentence, several of them, or nothing.
 */
export interface Validator<T> {
  /** The rule as a phrase that follows "must be", for messages and docs: "one of a, b, c". */
  readonly description: string;
  /** `blocks` names the fields of `value` that are nested blocks: those are empty where others are null. */
  check(value: T, blocks?: ReadonlySet<string>): string | readonly Problem[] | undefined;
}

/** One problem of a value, when a sentence does not say all. */
export interface Problem {
  readonly problem: string;
  /** The part of the value that it is about, such as one element. Default: the value itself. */
  readonly path?: Path;
  /** What that part must be. Default: the validator's description. */
  readonly rule?: string;
  /** A warning lets the configuration pass. Default: error. */
  readonly severity?: "error" | "warning";
}

/** A rule of one's own: `check` answers the problem in one sentence, or undefined. */
export function custom<T>(description: string, check: Validator<T>["check"]): Validator<T> {
  return { description, check };
}

/** The problems in their long form. */
export function problemsOf<T>(
  rule: Validator<T>,
  value: T,
  blocks?: ReadonlySet<string>,
): readonly Problem[] {
  const found = rule.check(value, blocks);
  if (found === undefined) return [];
  return typeof found === "string" ? [{ problem: found }] : found;
}

/** Bounds as a phrase: "1 to 5 elements", "at least 1 elements". */
export function range(min: unknown, max: unknown, unit: string): string {
  const bounds =
    max === Infinity
      ? `at least ${String(min)}`
      : min === -Infinity || (min === 0 && unit !== "")
        ? `at most ${String(max)}`
        : `${String(min)} to ${String(max)}`;
  return unit === "" ? bounds : `${bounds} ${unit}`;
}
