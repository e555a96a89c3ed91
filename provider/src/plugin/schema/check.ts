import { type Type } from "../values/type";
import type { Attribute, Attributes } from "./attribute";
import type { Schema } from "./schema";
import type { Validator } from "./validators";

/** Whose schema it is: Terraform gives some names of its root attributes a meaning of their own. */
export type SchemaOf = "resource" | "provider" | "meta";

/**
 * Root names that Terraform takes for itself. Sources: internal/configs/resource.go and provider.go of Terraform,
 * internal/fwschema/attribute_name_validation.go of terraform-plugin-framework.
 */
const RESERVED: Readonly<Record<SchemaOf, readonly string[]>> = {
  resource: [
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
  ],
  provider: ["alias", "count", "depends_on", "for_each", "source", "version"],
  meta: [],
};

/**
 * Mistakes in a schema that Terraform would refuse (internal/configs/configschema/internal_validate.go), or that could
 * never work, as sentences. Empty when it is sound.
 */
export function schemaProblems(name: string, schema: Schema, of: SchemaOf = "resource"): string[] {
  const reserved = Object.keys(schema.attributes)
    .filter((attribute) => RESERVED[of].includes(attribute))
    .map((attribute) => `${name}.${attribute}: Terraform reserves this name`);
  return [
    ...reserved,
    ...misspelt(schema.validators ?? [], schema.attributes, name),
    ...attributesProblems(schema.attributes, name, false),
  ];
}

/** The rule that names in Terraform's language follow here, or what is wrong with this one. */
export function nameProblem(name: string): string | undefined {
  return /^[a-z_][a-z0-9_]*$/u.test(name)
    ? undefined
    : "names consist of a-z, 0-9 and _, and do not begin with a digit";
}

function attributesProblems(attributes: Attributes, path: string, inSet: boolean): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const at = `${path}.${name}`;
    return [
      ...[nameProblem(name), ...flagRules(attribute), ...typeRules(attribute, inSet)]
        .filter((rule) => rule !== undefined)
        .map((rule) => `${at}: ${rule}`),
      ...nestedProblems(attribute, at, inSet),
    ];
  });
}

function nestedProblems({ nested, validators }: Attribute, path: string, inSet: boolean): string[] {
  if (nested === undefined) return [];
  const { nesting, attributes } = nested;
  const ownRules = nesting === "single" ? misspelt(validators ?? [], attributes, path) : [];
  const none = Object.keys(attributes).length === 0 ? [`${path}: needs an attribute inside`] : [];
  return [
    ...none,
    ...ownRules,
    ...attributesProblems(attributes, path, inSet || nesting === "set"),
  ];
}

/** Combinations of flags that contradict each other; undefined where a rule holds. */
function flagRules(attribute: Attribute): (string | undefined)[] {
  const { required, optional, computed, writeOnly, planModifiers = [] } = attribute;
  const preset = attribute.default !== undefined;
  const broken = (breaks: boolean, rule: string): string | undefined => (breaks ? rule : undefined);
  const any = required === true || optional === true || computed === true || preset;
  return [
    broken(!any, "one of required, optional, computed, default must be set"),
    broken(required === true && optional === true, "required and optional exclude each other"),
    broken(required === true && computed === true, "required and computed exclude each other"),
    broken(required === true && preset, "a required attribute cannot have a default"),
    broken(
      preset && optional !== true && computed === true,
      "a default makes an attribute optional; leave computed out or add optional",
    ),
    broken(writeOnly === true && computed === true, "write-only cannot be computed"),
    broken(writeOnly === true && preset, "write-only cannot have a default"),
    broken(
      writeOnly === true && planModifiers.length > 0,
      "write-only is null in every plan, so plan modifiers do nothing",
    ),
    broken(attribute.default === null, "a default of null is none; leave it out"),
  ];
}

function typeRules(attribute: Attribute, inSet: boolean): (string | undefined)[] {
  const { type, nested, writeOnly } = attribute;
  const stored = attribute.computed === true || attribute.default !== undefined;
  const dynamicInSet = nested === undefined && (inSet ? hasDynamic(type) : hasDynamicSet(type));
  const collectionOfDynamic = type.kind !== "set" && hasDynamicElement(type);
  return [
    dynamicInSet
      ? "a set cannot hold dynamic values: Terraform must know what to compare"
      : undefined,
    collectionOfDynamic && nested === undefined
      ? "elements of a list or map are of one type, so they cannot be dynamic; make the whole attribute dynamic"
      : undefined,
    writeOnly === true && inSet ? "write-only is not possible inside a set" : undefined,
    writeOnly === true && nested !== undefined && !allWriteOnly(nested.attributes)
      ? "attributes inside a write-only one must be write-only too"
      : undefined,
    stored && nested !== undefined && someWriteOnly(nested.attributes)
      ? "what the provider may set cannot have write-only attributes inside"
      : undefined,
  ];
}

function allWriteOnly(attributes: Attributes): boolean {
  return Object.values(attributes).every(
    ({ writeOnly, nested }) =>
      writeOnly === true && (nested === undefined || allWriteOnly(nested.attributes)),
  );
}

function someWriteOnly(attributes: Attributes): boolean {
  return Object.values(attributes).some(
    ({ writeOnly, nested }) =>
      writeOnly === true || (nested !== undefined && someWriteOnly(nested.attributes)),
  );
}

function hasDynamic(type: Type): boolean {
  if (type.kind === "dynamic") return true;
  if ("element" in type) return hasDynamic(type.element);
  if (type.kind === "tuple") return type.elements.some(hasDynamic);
  return type.kind === "object" && Object.values(type.attributes).some(hasDynamic);
}

/** Whether a set anywhere in the type has something dynamic in it. */
function hasDynamicSet(type: Type): boolean {
  if (type.kind === "set") return hasDynamic(type.element);
  if ("element" in type) return hasDynamicSet(type.element);
  if (type.kind === "tuple") return type.elements.some(hasDynamicSet);
  return type.kind === "object" && Object.values(type.attributes).some(hasDynamicSet);
}

/** Whether a list or map anywhere in the type has elements with something dynamic in them. */
function hasDynamicElement(type: Type): boolean {
  if (type.kind === "list" || type.kind === "map") return hasDynamic(type.element);
  if (type.kind === "set") return hasDynamicElement(type.element);
  if (type.kind === "tuple") return type.elements.some(hasDynamicElement);
  return type.kind === "object" && Object.values(type.attributes).some(hasDynamicElement);
}

/** Attributes that a rule names but the object does not have: such a rule would never be kept, or never be broken. */
function misspelt(
  validators: readonly Validator<never>[],
  attributes: Attributes,
  path: string,
): string[] {
  const names = new Set(validators.flatMap((validator) => validator.names ?? []));
  return [...names]
    .filter((name) => !exists(attributes, name.split(".")))
    .map((name) => `${path}: a rule names "${name}", which is no attribute here`);
}

function exists(attributes: Attributes, [name = "", ...rest]: readonly string[]): boolean {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (attribute === undefined || rest.length === 0) return attribute !== undefined;
  return attribute.nested?.nesting === "single" && exists(attribute.nested.attributes, rest);
}
