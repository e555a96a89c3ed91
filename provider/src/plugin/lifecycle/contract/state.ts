import type { Path } from "../../diagnostics/path";
import { PluginError } from "../../diagnostics/plugin-error";
import type { Attributes } from "../../schema/attribute";
import { objectTypeOf } from "../../schema/attributes";
import { traitsOf } from "../../schema/traits";
import { attributeOf, elementsOf } from "../../schema/walk";
import type { Value } from "../../values/value";
import { conform, unknownPaths } from "../conform";
import type { Violation } from "./violation";

/** Whose answer is looked at. Only a read and an upgrade may answer that there is nothing. */
export type StateSource =
  "apply" | "read" | "upgrade" | "import" | "data source" | "ephemeral resource";

/** Rules for a state or result that a provider answers: of the schema's type, wholly known, nothing write-only in it. */
export function stateViolations(
  attributes: Attributes,
  state: Value,
  what: StateSource,
): Violation[] {
  if (state === null) {
    return what === "read" || what === "upgrade"
      ? []
      : [{ path: [], rule: `the result of ${what} must not be null` }];
  }
  const misfit = typeViolation(attributes, state);
  if (misfit !== undefined) return [misfit];
  return [
    ...unknownPaths(state).map((path) => ({ path, rule: `unknown after ${what}` })),
    ...attributeViolations(attributes, state, []),
  ];
}

/** `conform` finds the first place where a value is not of its type. */
function typeViolation(attributes: Attributes, state: Value): Violation | undefined {
  try {
    conform(objectTypeOf(attributes), state);
    return undefined;
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    return { path: error.path, rule: error.detail };
  }
}

function attributeViolations(attributes: Attributes, value: Value, path: Path): Violation[] {
  return traitsOf(attributes).all.flatMap(([name, { writeOnly, nested, block }]) => {
    const own = attributeOf(value, name);
    const at = [...path, name];
    if (own === null) {
      return block === undefined || nested?.nesting === "single"
        ? []
        : [{ path: at, rule: "blocks must be empty where there are none, not null" }];
    }
    if (writeOnly === true) return [{ path: at, rule: "a write-only attribute must be null" }];
    if (nested === undefined) return [];
    return elementsOf(nested.nesting, own).flatMap(([key, element]) =>
      attributeViolations(nested.attributes, element, key === undefined ? at : [...at, key]),
    );
  });
}
