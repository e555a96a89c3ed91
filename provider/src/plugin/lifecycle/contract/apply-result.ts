import type { Attributes } from "../../schema/attribute";
import type { Value } from "../../values/value";
import { incompatibilities } from "./compatible";
import { stateViolations } from "./state";
import type { Violation } from "./violation";

/** Rules for what an apply without errors returned, given what was planned. `planned` is null when it deletes. */
export function applyViolations(
  attributes: Attributes,
  planned: Value,
  applied: Value,
): Violation[] {
  if (planned === null) {
    return applied === null ? [] : [{ path: [], rule: "a deleted resource must be null" }];
  }
  if (applied === null) return [{ path: [], rule: "what was created or updated must not be null" }];
  return [
    ...stateViolations(attributes, applied, "apply"),
    ...incompatibilities(attributes, planned, applied),
  ];
}
