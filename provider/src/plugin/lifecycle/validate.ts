import type { Diagnostics } from "../diagnostics/diagnostics";
import { PluginError } from "../diagnostics/plugin-error";
import type { Path } from "../diagnostics/path";
import { isConfigurable, type Attribute, type Attributes } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { traitsOf } from "../schema/traits";
import { problemsOf, type Problem, type Validator } from "../schema/validator";
import { attributeOf, elementsOf } from "../schema/walk";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { isList, isRecord, type Value } from "../values/value";
import { toModel } from "./model";

/** Holds a configuration against the rules of its schema. Unknown values pass: they are checked again when known. */
export function validateConfig(schema: Schema, config: Value, diagnostics: Diagnostics): void {
  const { attributes, validators = [], deprecation } = schema;
  if (deprecation !== undefined) diagnostics.warn("Deprecated", deprecation);
  validateObject(attributes, config, [], diagnostics);
  if (validators.length === 0) return;
  const whole = { value: config, path: [], isSecret: false, isWhole: true };
  const checked = { type: objectTypeOf(attributes), ...whole };
  runValidators(validators, checked, diagnostics, traitsOf(attributes).blocks);
}

function validateObject(
  attributes: Attributes,
  config: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  for (const [name, attribute] of traitsOf(attributes).all) {
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
  if (attribute.block !== undefined) {
    validateBlock(attribute, value, path, diagnostics);
  } else if (value === null) {
    if (attribute.required !== true) return;
    diagnostics.error("Missing attribute", `${name} must be set.`, path);
  } else if (!isConfigurable(attribute)) {
    diagnostics.error("Read-only attribute", `${name} is set by the provider; remove it.`, path);
  } else {
    warnOfDeprecation("Deprecated attribute", attribute, path, diagnostics);
    if (!isUnknown(value)) validateKnown(attribute, value, path, diagnostics);
  }
}

/** Terraform counts blocks too, but not those that a JSON configuration or a `dynamic` block makes of a list. */
function validateBlock(
  attribute: Attribute,
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  const { nested, block } = attribute;
  if (isUnknown(value) || nested === undefined || block === undefined) return;
  const count = elementsOf(nested.nesting, value).length;
  const { minItems, maxItems } = block;
  if (count < minItems || (maxItems > 0 && count > maxItems)) {
    const most = maxItems === 0 ? "" : ` and at most ${maxItems}`;
    const rule = `at least ${minItems}${most} blocks ${JSON.stringify(path.at(-1))}`;
    diagnostics.error("Wrong number of blocks", `There must be ${rule}; now: ${count}.`, path);
  }
  if (count === 0) return;
  warnOfDeprecation("Deprecated block", attribute, path, diagnostics);
  validateKnown(attribute, value, path, diagnostics);
}

function warnOfDeprecation(
  summary: string,
  { deprecation }: Attribute,
  path: Path,
  diagnostics: Diagnostics,
): void {
  if (deprecation !== undefined) diagnostics.warn(summary, deprecation, path);
}

function validateKnown(
  attribute: Attribute,
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  const { nested, type, validators = [] } = attribute;
  const nulls = nullElements(type, value, path);
  for (const at of nulls) {
    diagnostics.error("Null element", "Elements of lists, sets and maps must not be null.", at);
  }
  if (nulls.length > 0) return;
  const isSecret = attribute.sensitive === true || attribute.writeOnly === true;
  const blocks = nested?.nesting === "single" ? traitsOf(nested.attributes).blocks : undefined;
  const checked = { type, value, path, isSecret, isWhole: nested !== undefined };
  if (!checked.isWhole || validators.length > 0) {
    runValidators(validators, checked, diagnostics, blocks);
  }
  if (nested !== undefined) validateNested(nested, value, path, diagnostics);
}

function validateNested(
  { nesting, attributes }: NonNullable<Attribute["nested"]>,
  value: Value,
  path: Path,
  diagnostics: Diagnostics,
): void {
  for (const [key, element] of elementsOf(nesting, value)) {
    if (!isRecord(element)) continue;
    validateObject(attributes, element, key === undefined ? path : [...path, key], diagnostics);
  }
}

interface Checked {
  readonly type: Type;
  readonly value: Value;
  readonly path: Path;
  /** The value must not be repeated in a message. */
  readonly isSecret: boolean;
  /** An object whose attributes are validated one by one too, and so tell what does not fit at its own place. */
  readonly isWhole: boolean;
}

/** Also tells of numbers that the attribute's form cannot hold. */
function runValidators(
  validators: readonly Validator<never>[],
  checked: Checked,
  diagnostics: Diagnostics,
  blocks?: ReadonlySet<string>,
): void {
  try {
    const model = toModel(checked.type, checked.value, checked.path) as never;
    for (const validator of validators) {
      for (const found of problemsOf(validator, model, blocks)) {
        report(found, validator.description, checked, diagnostics);
      }
    }
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    if (checked.isWhole) return;
    const detail = checked.isSecret ? "The number has a form that is not possible." : error.detail;
    diagnostics.error(error.summary, detail, error.path);
  }
}

function report(
  { problem, path = [], rule, severity }: Problem,
  description: string,
  checked: Checked,
  diagnostics: Diagnostics,
): void {
  const what = checked.isSecret ? "" : `: ${problem}`;
  const detail = `Must be ${rule ?? description}${what}.`;
  const at = [...checked.path, ...path];
  if (severity === "warning") diagnostics.warn("Not recommended", detail, at);
  else diagnostics.error("Invalid value", detail, at);
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
