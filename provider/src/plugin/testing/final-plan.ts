import { applyViolations, type Violation } from "../lifecycle/contract";
import { unknownPaths } from "../lifecycle/conform";
import type { Attributes } from "../schema/attribute";
import { formatPath } from "../diagnostics/path";
import type { Value } from "../values/value";

/**
 * Core's rule for the plan made again while applying: what the first plan knew must be the same, what it left open may
 * become known or stay open (objchange.AssertObjectCompatible).
 */
export function finalPlanViolations(
  attributes: Attributes,
  first: Value,
  second: Value,
): Violation[] {
  const openBefore = new Set(unknownPaths(first).map(formatPath));
  return applyViolations(attributes, first, second).filter(
    ({ path, rule }) => !(rule === "still unknown after apply" && isWithin(path, openBefore)),
  );
}

/** Whether the path, or what it lies in, was left open. */
function isWithin(path: Violation["path"], open: ReadonlySet<string>): boolean {
  return path.some((_step, index) => open.has(formatPath(path.slice(0, index + 1))));
}
