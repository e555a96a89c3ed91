import { formatPath, type Path } from "../../diagnostics/path";
import type { Attributes } from "../../schema/attribute";
import { objectTypeOf } from "../../schema/attributes";
import type { Type } from "../../values/type";
import type { Violation } from "./violation";

/** A path that demands a replacement must lead to an attribute of the schema. Steps into sets cannot be checked. */
export function replacePathViolations(attributes: Attributes, paths: readonly Path[]): Violation[] {
  return paths
    .filter((path) => !exists(objectTypeOf(attributes), path))
    .map((path) => ({
      path,
      rule: `replacement is required for ${formatPath(path)}, which the schema does not have`,
    }));
}

function exists(root: Type, path: Path): boolean {
  let type: Type | undefined = root;
  for (const step of path) {
    if (type.kind === "dynamic" || type.kind === "set") return true;
    type = partOf(type, step);
    if (type === undefined) return false;
  }
  return path.length > 0;
}

function partOf(type: Type, step: string | number): Type | undefined {
  if (type.kind === "map") return typeof step === "string" ? type.element : undefined;
  if (type.kind === "list") return typeof step === "number" ? type.element : undefined;
  if (type.kind === "tuple") return typeof step === "number" ? type.elements[step] : undefined;
  if (type.kind !== "object" || typeof step !== "string") return undefined;
  return Object.hasOwn(type.attributes, step) ? type.attributes[step] : undefined;
}
