import { typeContains } from "../values/type";
import { isComputed, isConfigurable, type Attribute, type Attributes } from "./attribute";
import type { Schema } from "./schema";
import { traitsOf } from "./traits";
import type { Validator } from "./validator";

/** Whose schema it is. Data sources and ephemeral resources count as resources; `meta` is that of `provider_meta`. */
export type SchemaOf = "resource" | "provider" | "meta";

/**
 * Names that Terraform keeps for itself at the root. Sources: internal/configs/resource.go and provider.go of Terraform,
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
 * Mistakes in a schema that Terraform would refuse (configschema/internal_validate.go), that its planning has no answer to,
 * or that could never work, as sentences. Empty when it is sound.
 */
export function schemaProblems(name: string, schema: Schema, of: SchemaOf = "resource"): string[] {
  const { attributes, validators = [] } = schema;
  const taken = Object.keys(attributes)
    .filter((attribute) => RESERVED[of].includes(attribute))
    .map((attribute) => `${name}.${attribute}: Terraform reserves this name`);
  return [
    ...taken,
    ...misspelt(validators, attributes, name),
    ...attributesProblems(attributes, name, { inSet: false, inBlock: true }),
  ];
}

/** What is wrong with a name in Terraform's language, or undefined. */
export function nameProblem(name: string): string | undefined {
  return /^[a-z_][a-z0-9_]*$/u.test(name)
    ? undefined
    : "names consist of a-z, 0-9 and _, and do not begin with a digit";
}

interface Place {
  readonly inSet: boolean;
  /** Blocks may stand in a schema or a block, not in a nested attribute. */
  readonly inBlock: boolean;
}

function attributesProblems(attributes: Attributes, path: string, place: Place): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const at = `${path}.${name}`;
    return [
      ...[nameProblem(name)].filter((rule) => rule !== undefined).map((rule) => `${at}: ${rule}`),
      ...(attribute.block === undefined
        ? flagProblems(attribute, at, place)
        : blockProblems(attribute, at, place)),
      ...typeProblems(attribute, at),
      ...nestedProblems(attribute, at, place),
    ];
  });
}

function flagProblems(attribute: Attribute, path: string, { inSet }: Place): string[] {
  const { required, optional, computed, writeOnly, planModifiers = [] } = attribute;
  const hasDefault = attribute.default !== undefined;
  const isEither = isConfigurable(attribute) || computed === true;
  return broken(path, {
    "one of required, optional, computed, default must be set": isEither,
    "required and optional exclude each other": required !== true || optional !== true,
    "required and computed exclude each other": required !== true || computed !== true,
    "a required attribute cannot have a default": required !== true || !hasDefault,
    "a default makes an attribute optional; leave computed out or add optional":
      !hasDefault || computed !== true || optional === true,
    "a default of null is none; leave it out": attribute.default !== null,
    "write-only cannot be computed": writeOnly !== true || computed !== true,
    "write-only cannot have a default": writeOnly !== true || !hasDefault,
    "write-only is not possible inside a set": writeOnly !== true || !inSet,
    "write-only is null in every plan, so plan modifiers do nothing":
      writeOnly !== true || planModifiers.length === 0,
  });
}

function blockProblems({ block, nested }: Attribute, path: string, { inBlock }: Place): string[] {
  const { minItems = 0, maxItems = 0 } = block ?? {};
  return broken(path, {
    "blocks are not possible inside nested attributes": inBlock,
    "numbers of blocks are whole and not negative": [minItems, maxItems].every(
      (count) => Number.isSafeInteger(count) && count >= 0,
    ),
    "minItems must not exceed maxItems": maxItems === 0 || minItems <= maxItems,
    "blocks in a map cannot be counted": nested?.nesting !== "map" || minItems + maxItems === 0,
    "a single block is there once or not": nested?.nesting !== "single" || maxItems <= 1,
  });
}

/** In a collection all elements have one type, so none of them can bring its own. Terraform itself allows some of it. */
function typeProblems({ type }: Attribute, path: string): string[] {
  const collection = "element" in type && typeContains(type.element, "dynamic");
  return broken(path, { "dynamic is not possible inside a list, set or map": !collection });
}

function nestedProblems(attribute: Attribute, path: string, place: Place): string[] {
  const { nested, block, writeOnly, validators = [] } = attribute;
  if (nested === undefined) return [];
  const { nesting, attributes } = nested;
  return [
    ...broken(path, {
      // Of one object, that it is there may be all it says: `local = {}`.
      "needs an attribute inside":
        Object.keys(attributes).length > 0 || block !== undefined || nesting === "single",
      "attributes inside a write-only one must be write-only too":
        writeOnly !== true || allWriteOnly(attributes),
      "what the provider may set cannot have write-only attributes inside":
        !isComputed(attribute) || traitsOf(attributes).writeOnly.length === 0,
    }),
    ...(nesting === "single" ? misspelt(validators, attributes, path) : []),
    ...attributesProblems(attributes, path, {
      inSet: place.inSet || nesting === "set",
      inBlock: block !== undefined,
    }),
  ];
}

function allWriteOnly(attributes: Attributes): boolean {
  return Object.values(attributes).every(
    ({ writeOnly, nested }) =>
      writeOnly === true && (nested === undefined || allWriteOnly(nested.attributes)),
  );
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

function broken(path: string, rules: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(rules)
    .filter(([, holds]) => !holds)
    .map(([rule]) => `${path}: ${rule}`);
}
