import type { Path } from "../diagnostics/path";
import type { Type } from "../values/type";

/**
 * A rule for one configured value. It sees known values only (of collections and objects: known as a whole, parts may be
 * unknown) and answers what is wrong, or nothing. What may still turn out right once it is known is no violation.
 */
export interface Validator<T> {
  /** The rule as a phrase for the docs: "one of a, b, c". */
  readonly description: string;
  /** Of a rule over several attributes: those it names, so that the schema's self-check finds a misspelt one. */
  readonly names?: readonly string[];
  check(value: T, context: ValidationContext): Outcome;
}

/** What a rule may ask besides the value. */
export interface ValidationContext {
  /** The type of the value: tells a list from a set, whose elements Terraform cannot point at. */
  readonly type: Type;
  /** Of an object: those of its attributes that are nested blocks, which are empty where others are null. */
  readonly blocks?: ReadonlySet<string>;
  /** Whether the Terraform that asks knows write-only attributes (1.11 and later). */
  readonly writeOnlyAllowed: boolean;
}

/** A string is the problem in one sentence without its full stop, at the value itself. */
export type Outcome = string | Problem | readonly Problem[] | undefined;

export interface Problem {
  /** What was found, without a full stop: `it is 7`. Not shown of sensitive attributes, so it may quote the value. */
  readonly problem: string;
  /** The rule as the start of a sentence; "Must be DESCRIPTION" unless given. Never quotes the value. */
  readonly rule?: string;
  /** From the value down to the part it is about: `[0]` in a list, `["key"]` in a map. */
  readonly path?: Path;
  /** A warning is shown but does not stop anything. */
  readonly severity?: "error" | "warning";
  /** The diagnostic's headline; "Invalid value", or of a warning "Questionable value", unless given. */
  readonly summary?: string;
}

/** A rule of one's own: `check` answers the problem in one sentence, or undefined. */
export function custom<T>(
  description: string,
  check: (value: T, context: ValidationContext) => Outcome,
): Validator<T> {
  return { description, check };
}

/** What `rule` finds, with everything a `Problem` may leave out filled in. */
export function problemsOf<T>(
  rule: Validator<T>,
  value: T,
  context: ValidationContext,
): readonly Required<Problem>[] {
  const outcome = rule.check(value, context);
  if (outcome === undefined) return [];
  if (typeof outcome === "string") return [complete({ problem: outcome }, rule.description)];
  const problems = isProblems(outcome) ? outcome : [outcome];
  return problems.map((problem) => complete(problem, rule.description));
}

function complete(problem: Problem, description: string): Required<Problem> {
  const warning = problem.severity === "warning";
  return {
    rule: `Must be ${description}`,
    path: [],
    severity: "error",
    summary: warning ? "Questionable value" : "Invalid value",
    ...problem,
  };
}

function isProblems(outcome: Problem | readonly Problem[]): outcome is readonly Problem[] {
  return Array.isArray(outcome);
}
