import type { Attributes } from "../../schema/attribute";
import { same } from "../../values/same-value";
import type { Value } from "../../values/value";
import { incompatibilities } from "./compatible";
import type { Violation } from "./violation";

/** A plan for one resource as far as its kind of action depends on it. */
interface Plan {
  readonly planned: Value;
  /** Whether the change cannot be done in place. */
  readonly replaces: boolean;
}

/**
 * Rules for the plan that is made again while applying, when more is known: it must keep to the first one. The action stays
 * the same, except that an update may turn out to change nothing; what was known stays, and what was unknown may become
 * known within what was promised of it.
 */
export function finalPlanViolations(
  attributes: Attributes,
  prior: Value,
  first: Plan,
  second: Plan,
): Violation[] {
  const before = actionOf(prior, first);
  const after = actionOf(prior, second);
  if (before !== after && !(before === "update" && after === "no-op")) {
    return [{ path: [], rule: `planned as ${before}, but in the final plan as ${after}` }];
  }
  if (first.planned === null) return [];
  return incompatibilities(attributes, first.planned, second.planned);
}

function actionOf(prior: Value, { planned, replaces }: Plan): string {
  if (planned === null) return prior === null ? "no-op" : "delete";
  if (prior === null) return "create";
  if (same(prior, planned)) return "no-op";
  return replaces ? "replace" : "update";
}
