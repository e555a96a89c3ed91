import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
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
  const run = { diagnostics, writeOnlyAllowed, hideValues: false };
  validateObject(schema.attributes, config, [], run);
  const { attributes, validators = [] } = schema;
  runValidators({ type: objectTypeOf(attributes), validators }, config, [], run);
}

function validateObject(attributes: Attributes, config: Value, path: Path, run: Run): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    validateAttribute(attribute, attributeOf(config, name), [...path, name], run);
  }
}

function validateAttribute(attribute: Attribute, value: Value, path: Path, run: Run): void {
  const name = JSON.stringify(path.at(-1));
  if (value === null) {
    if (attribute.required !== true) return;
    run.diagnostics.error("Missing attribute", `${name} must be set.`, path);
  } else if (isReadOnly(attribute)) {
    run.diagnostics.error(
      "Read-only attribute",
      `${name} is set by the provider; remove it.`,
      path,
    );
  } else {
    if (attribute.deprecation !== undefined) {
      run.diagnostics.warn("Deprecated attribute", attribute.deprecation, path);
    }
    if (!isUnknown(value)) validateKnown(attribute, value, path, run);
  }
}

function isReadOnly({ required, optional, default: preset }: Attribute): boolean {
  return required !== true && optional !== true && preset === undefined;
}

function validateKnown(attribute: Attribute, value: Value, path: Path, run: Run): void {
  const nulls = nullElements(attribute.type, value, path);
  for (const at of nulls) {
    run.diagnostics.error("Null element", "Elements of lists, sets and maps must not be null.", at);
  }
  if (nulls.length > 0) return;
  const inside = isSecret(attribute) ? { ...run, hideValues: true } : run;
  runValidators(attribute, value, path, inside);
  const nested = attribute.nested;
  if (nested === undefined) return;
  for (const [key, element] of elementsOf(nested.nesting, value)) {
    if (!isRecord(element)) continue;
    validateObject(nested.attributes, element, key === undefined ? path : [...path, key], inside);
  }
}

function isSecret({ sensitive, writeOnly }: Attribute): boolean {
  return sensitive === true || writeOnly === true;
}

/** Where a list, set or map directly in this attribute's type has a null element. */
function nullElements(type: Type, value: Value, path: Path): Path[] {
  if (type.kind !== "list" && type.kind !== "set" && type.kind !== "map") return [];
  const entries: (readonly [string | number, Value])[] = isList(value)
    ? value.map((element, index) => [index, element])
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, element]) =>
    element === null ? [[...path, key]] : nullElements(type.element, element, [...path, key]),
  );
}
