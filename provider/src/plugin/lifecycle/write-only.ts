import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import type { Attributes } from "../schema/attribute";
import { attributeOf, elementsOf } from "../schema/walk";
import type { Value } from "../values/value";

/**
 * Refuses configured write-only attributes: a Terraform that does not know of them (before 1.11) would store them in the
 * state like any other.
 */
export function refuseWriteOnly(
  attributes: Attributes,
  config: Value,
  diagnostics: Diagnostics,
): void {
  for (const path of configuredWriteOnly(attributes, config, [])) {
    diagnostics.error(
      "Write-only attribute not allowed",
      "Write-only attributes need Terraform 1.11 or newer. Use a newer Terraform, or leave the attribute out.",
      path,
    );
  }
}

function configuredWriteOnly(attributes: Attributes, config: Value, path: Path): Path[] {
  return Object.entries(attributes).flatMap(([name, { writeOnly, nested }]) => {
    const value = attributeOf(config, name);
    const at = [...path, name];
    if (writeOnly === true) return value === null ? [] : [at];
    if (nested === undefined) return [];
    return elementsOf(nested.nesting, value).flatMap(([key, element]) =>
      configuredWriteOnly(nested.attributes, element, key === undefined ? at : [...at, key]),
    );
  });
}
