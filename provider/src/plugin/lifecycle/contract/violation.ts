import { formatPath, type Path } from "../../diagnostics/path";
import { Decimal } from "../../values/decimal";
import { isUnknown } from "../../values/unknown";
import { Dynamic, isList, type Value } from "../../values/value";

/** One rule that an answer breaks, and where. */
export interface Violation {
  readonly path: Path;
  readonly rule: string;
}

export function formatViolations(violations: readonly Violation[]): string {
  return violations
    .map(({ path, rule }) => `- ${path.length === 0 ? "the resource" : formatPath(path)}: ${rule}`)
    .join("\n");
}

/** Only the kind of value: it may be sensitive. */
export function kindOf(value: Value): string {
  if (value === null) return "null";
  if (isUnknown(value)) return "unknown";
  if (typeof value === "number" || value instanceof Decimal) return "a number";
  if (typeof value !== "object") return typeof value === "string" ? "a string" : "a bool";
  if (value instanceof Dynamic) return `a dynamic ${value.type.kind}`;
  return isList(value) ? "a collection" : "an object";
}
