import type { Diagnostics } from "../diagnostics/diagnostics";
import { PluginError } from "../diagnostics/plugin-error";
import type { Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import type { Schema } from "../schema/schema";
import type { Validator } from "../schema/validators";
import { attributeOf, elementsOf } from "../schema/walk";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { isList, isRecord, type Value } from "../values/value";
import { toModel } from "./conform";

/** Holds a configuration against the rules of its schema. Unknown values pass: they are checked again when known. */
export function validateConfig(schema: Schema, config: Value, diagnostics: Diagnostics): void {
  validateObject(schema.attributes, config, [], diagnostics);
  runValidators(schema.validators ?? [], config, [], diagnostics);
}

function validateObject(
  attributes: Attributes,
  config: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    validateAttribute(attribute, attributeOf(config, name), [...path, name], diagnostics);
  }
}

function validateAttribute(
  attribute: Attribute,
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  const name = JSON.stringify(path.at(-1));
  if (value === null) {
    if (attribute.required !== true) return;
    diagnostics.error("Missing attribute", `${name} must be set.`, path);
  } else if (isReadOnly(attribute)) {
    diagnostics.error("Read-only attribute", `${name} is set by the provider; remove it.`, path);
  } else {
    if (attribute.deprecation !== undefined) {
      diagnostics.warn("Deprecated attribute", attribute.deprecation, path);
    }
    if (!isUnknown(value)) validateKnown(attribute, value, path, diagnostics);
  }
}

function isReadOnly({ required, optional, default: preset }: Attribute): boolean {
  return required !== true && optional !== true && preset === undefined;
}

function validateKnown(
  attribute: Attribute,
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  const nulls = nullElements(attribute.type, value, path);
  for (const at of nulls) {
    diagnostics.error("Null element", "Elements of lists, sets and maps must not be null.", at);
  }
  if (nulls.length > 0) return;
  runValidators(attribute.validators ?? [], value, path, diagnostics);
  const nested = attribute.nested;
  if (nested === undefined) return;
  for (const [key, element] of elementsOf(nested.nesting, value)) {
    if (!isRecord(element)) continue;
    validateObject(
      nested.attributes,
      element,
      key === undefined ? path : [...path, key],
      diagnostics,
    );
  }
}

function runValidators(
  validators: readonly Validator<never>[],
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  if (validators.length === 0) return;
  try {
    const model = toModel(value, path) as never;
    for (const validator of validators) {
      const problem = validator.check(model);
      if (problem === undefined) continue;
      diagnostics.error("Invalid value", `Must be ${validator.description}: ${problem}.`, path);
    }
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    diagnostics.error(error.summary, error.detail, error.path);
  }
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
