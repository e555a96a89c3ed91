/**
 * Terraform core's rules for what a provider answers (objchange/plan_valid.go, objchange/compatible.go), checked on our
 * side, so that a violation names the attribute and the rule instead of ending in "this is a bug in the provider".
 */
import { formatPath, type Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import { attributeOf, elementsOf, type Element } from "../schema/walk";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, type Value } from "../values/value";
import { same } from "../values/same-value";
import { unknownPaths } from "./conform";

export interface Violation {
  readonly path: Path;
  readonly rule: string;
}

/** Rules for a plan that creates or updates. `prior` is null when it creates. */
export function planViolations(
  attributes: Attributes,
  prior: Value,
  config: Value,
  planned: Value,
): Violation[] {
  if (planned === null)
    return [{ path: [], rule: "a plan that does not destroy must not be null" }];
  return objectViolations(attributes, { prior, config, planned }, []);
}

/** Rules for what an apply returned, given what was planned. */
export function applyViolations(
  attributes: Attributes,
  planned: Value,
  applied: Value,
): Violation[] {
  if (planned === null) {
    return applied === null ? [] : [{ path: [], rule: "a deleted resource must be null" }];
  }
  return incompatibilities(objectTypeOf(attributes), planned, applied, []);
}

export function formatViolations(violations: readonly Violation[]): string {
  return violations
    .map(({ path, rule }) => `- ${path.length === 0 ? "the resource" : formatPath(path)}: ${rule}`)
    .join("\n");
}

interface Triple {
  readonly prior: Value;
  readonly config: Value;
  readonly planned: Value;
}

function objectViolations(attributes: Attributes, values: Triple, path: Path): Violation[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const own = {
      prior: attributeOf(values.prior, name),
      config: attributeOf(values.config, name),
      planned: attributeOf(values.planned, name),
    };
    return attributeViolations(attribute, own, [...path, name]);
  });
}

function attributeViolations(attribute: Attribute, values: Triple, path: Path): Violation[] {
  const { prior, config, planned } = values;
  if (attribute.writeOnly === true) {
    return planned === null ? [] : [{ path, rule: "a write-only attribute must be planned null" }];
  }
  const computed = attribute.computed === true || attribute.default !== undefined;
  if (config === null) {
    return computed || planned === null
      ? []
      : [{ path, rule: "planned, though it is not configured and not computed" }];
  }
  if (same(planned, config) || (prior !== null && same(planned, prior))) return [];
  if (attribute.nested === undefined || isUnknown(config)) {
    return [{ path, rule: "planned neither as configured nor as it was" }];
  }
  return nestedViolations(attribute.nested, values, path);
}

function nestedViolations(
  nested: NonNullable<Attribute["nested"]>,
  { prior, config, planned }: Triple,
  path: Path,
): Violation[] {
  if (planned === null || isUnknown(planned)) {
    return [{ path, rule: "configured, but planned null or unknown as a whole" }];
  }
  const wanted = elementsOf(nested.nesting, config);
  const found = elementsOf(nested.nesting, planned);
  if (wanted.length !== found.length) {
    return [{ path, rule: `${wanted.length} elements configured, ${found.length} planned` }];
  }
  if (nested.nesting === "set") return [];
  const before = elementsOf(nested.nesting, prior);
  return wanted.flatMap(([key, element]) => {
    const at = key === undefined ? path : [...path, key];
    const match = find(found, key);
    if (match === undefined) return [{ path: at, rule: "configured, but not planned" }];
    if (isUnknown(element)) return [];
    return objectViolations(
      nested.attributes,
      { prior: find(before, key) ?? null, config: element, planned: match },
      at,
    );
  });
}

function find(elements: readonly Element[], key: Element[0]): Value | undefined {
  return elements.find(([other]) => other === key)?.[1];
}

function incompatibilities(type: Type, planned: Value, applied: Value, path: Path): Violation[] {
  if (isUnknown(applied)) return [{ path, rule: "still unknown after apply" }];
  if (isUnknown(planned)) return unknownInside(applied, path);
  if (isList(planned) && isList(applied)) {
    return type.kind === "set"
      ? setIncompatibilities(type.element, planned, applied, path)
      : listIncompatibilities(type, planned, applied, path);
  }
  if (isRecord(planned) && isRecord(applied)) {
    const keys = new Set([...Object.keys(planned), ...Object.keys(applied)]);
    return [...keys].flatMap((key) =>
      Object.hasOwn(planned, key) && Object.hasOwn(applied, key)
        ? incompatibilities(partType(type, key), entryOf(planned, key), entryOf(applied, key), [
            ...path,
            key,
          ])
        : [{ path: [...path, key], rule: "an element appeared or vanished" }],
    );
  }
  return same(planned, applied)
    ? []
    : [{ path, rule: `planned ${show(planned)}, but after apply it is ${show(applied)}` }];
}

function unknownInside(applied: Value, path: Path): Violation[] {
  return unknownPaths(applied, path).map((at) => ({ path: at, rule: "still unknown after apply" }));
}

function listIncompatibilities(
  type: Type,
  planned: readonly Value[],
  applied: readonly Value[],
  path: Path,
): Violation[] {
  if (planned.length !== applied.length) {
    return [{ path, rule: `${planned.length} elements planned, ${applied.length} after apply` }];
  }
  return planned.flatMap((element, index) =>
    incompatibilities(partType(type, index), element, applied[index] ?? null, [...path, index]),
  );
}

/** Elements have no place: each planned one must fit some applied one, and the other way round. */
function setIncompatibilities(
  element: Type,
  planned: readonly Value[],
  applied: readonly Value[],
  path: Path,
): Violation[] {
  const fits = (one: Value, other: Value): boolean =>
    incompatibilities(element, one, other, path).length === 0;
  const lost = planned.some((one) => !applied.some((other) => fits(one, other)));
  const extra = applied.some((other) => !planned.some((one) => fits(one, other)));
  if (!lost && !extra && applied.length <= planned.length) return [];
  return [{ path, rule: `the set has ${lost ? "lost" : "gained"} elements` }];
}

function partType(type: Type, key: string | number): Type {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return type.element;
    case "tuple":
      return type.elements[Number(key)] ?? { kind: "dynamic" };
    case "object":
      return type.attributes[key] ?? { kind: "dynamic" };
    default:
      return { kind: "dynamic" };
  }
}

/** Only the kind of value: it may be sensitive. */
function show(value: Value): string {
  if (value === null) return "null";
  return isList(value) ? "a list" : isRecord(value) ? "an object" : `a different ${typeof value}`;
}
