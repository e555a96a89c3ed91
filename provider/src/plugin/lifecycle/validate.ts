import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import { isConfigurable, type Attribute, type Attributes } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { traitsOf } from "../schema/traits";
import { attributeOf, elementsOf } from "../schema/walk";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { isList, isRecord, type Value } from "../values/value";
import { runValidators, type Run } from "./run-validators";

/** Holds a configuration against the rules of its schema. Unknown values pass: they are checked again when known. */
export function validateConfig(
  schema: Schema,
  config: Value,
  diagnostics: Diagnostics,
  writeOnlyAllowed = false,
): void {
  const { attributes, validators = [], deprecation } = schema;
  const run = { diagnostics, writeOnlyAllowed, isSecret: false };
  if (deprecation !== undefined) diagnostics.warn("Deprecated", deprecation);
  validateObject(attributes, config, [], run);
  if (validators.length === 0) return;
  const ruled = { type: objectTypeOf(attributes), validators, attributes };
  runValidators(ruled, config, [], run);
}

function validateObject(attributes: Attributes, config: Value, path: Path, run: Run): void {
  for (const [name, attribute] of traitsOf(attributes).all) {
    validateAttribute(attribute, attributeOf(config, name), [...path, name], run);
  }
}

function validateAttribute(attribute: Attribute, value: Value, path: Path, run: Run): void {
  const name = JSON.stringify(path.at(-1));
  if (attribute.block !== undefined) {
    validateBlock(attribute, value, path, run);
  } else if (value === null) {
    if (attribute.required !== true) return;
    run.diagnostics.error("Missing attribute", `${name} must be set.`, path);
  } else if (!isConfigurable(attribute)) {
    run.diagnostics.error(
      "Read-only attribute",
      `${name} is set by the provider; remove it.`,
      path,
    );
  } else {
    warnOfDeprecation("Deprecated attribute", attribute, path, run);
    if (!isUnknown(value)) validateKnown(attribute, value, path, run);
  }
}

/** Terraform counts blocks too, but not those that a JSON configuration or a `dynamic` block makes of a list. */
function validateBlock(attribute: Attribute, value: Value, path: Path, run: Run): void {
  const { nested, block } = attribute;
  if (isUnknown(value) || nested === undefined || block === undefined) return;
  const count = elementsOf(nested.nesting, value).length;
  const { minItems, maxItems } = block;
  if (count < minItems || (maxItems > 0 && count > maxItems)) {
    const most = maxItems === 0 ? "" : ` and at most ${maxItems}`;
    const rule = `at least ${minItems}${most} blocks ${JSON.stringify(path.at(-1))}`;
    run.diagnostics.error("Wrong number of blocks", `There must be ${rule}; now: ${count}.`, path);
  }
  if (count === 0) return;
  warnOfDeprecation("Deprecated block", attribute, path, run);
  validateKnown(attribute, value, path, run);
}

function warnOfDeprecation(
  summary: string,
  { deprecation }: Attribute,
  path: Path,
  run: Run,
): void {
  if (deprecation !== undefined) run.diagnostics.warn(summary, deprecation, path);
}

function validateKnown(attribute: Attribute, value: Value, path: Path, run: Run): void {
  const { nested, type, validators = [] } = attribute;
  const nulls = nullElements(type, value, path);
  for (const at of nulls) {
    run.diagnostics.error("Null element", "Elements of lists, sets and maps must not be null.", at);
  }
  if (nulls.length > 0) return;
  const isSecret = run.isSecret || attribute.sensitive === true || attribute.writeOnly === true;
  const inside = { ...run, isSecret };
  const attributes = nested?.nesting === "single" ? nested.attributes : undefined;
  const isWhole = nested !== undefined;
  if (!isWhole || validators.length > 0) {
    runValidators({ type, validators, attributes, isWhole }, value, path, inside);
  }
  if (nested !== undefined) validateNested(nested, value, path, inside);
}

function validateNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  value: Value,
  path: Path,
  run: Run,
): void {
  for (const [key, element] of elementsOf(nesting, value)) {
    if (!isRecord(element)) continue;
    validateObject(attributes, element, key === undefined ? path : [...path, key], run);
  }
}

/** Where a list, set or map directly in this attribute's type has a null element. */
function nullElements(type: Type, value: Value, path: Path): Path[] {
  if (type.kind !== "list" && type.kind !== "set" && type.kind !== "map") return [];
  const { element } = type;
  if (isList(value))
    return value.flatMap((of, index) => nullElement(element, of, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, of]) => nullElement(element, of, [...path, key]));
}

function nullElement(element: Type, value: Value, path: Path): Path[] {
  return value === null ? [path] : nullElements(element, value, path);
}
