import { typeContains } from "../values/type";
import { isConfigurable, type Attribute, type Attributes } from "./attribute";
import type { Schema } from "./schema";

/** Names that Terraform keeps for itself at the root of a resource, data source or provider. */
const RESERVED = {
  resource: [
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
  ],
  provider: ["alias", "version"],
} as const;

/**
 * Mistakes in a schema that Terraform would refuse (configschema/internal_validate.go) or that its planning has no answer
 * to, as sentences. Empty when it is sound. Data sources and ephemeral resources count as resources.
 */
export function schemaProblems(
  name: string,
  schema: Schema,
  kind: keyof typeof RESERVED = name === "provider" ? "provider" : "resource",
): string[] {
  const reserved: readonly string[] = RESERVED[kind];
  const taken = Object.keys(schema.attributes)
    .filter((attribute) => reserved.includes(attribute))
    .map((attribute) => `${name}.${attribute}: Terraform reserves this name`);
  return [
    ...taken,
    ...attributesProblems(schema.attributes, name, { inSet: false, inBlock: true }),
  ];
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
      ...broken(at, { "names consist of a-z, 0-9 and _": /^[a-z_][a-z0-9_]*$/u.test(name) }),
      ...(attribute.block === undefined
        ? flagProblems(attribute, at, place)
        : blockProblems(attribute, at, place)),
      ...typeProblems(attribute, at),
      ...nestedProblems(attribute, at, place),
    ];
  });
}

function flagProblems(attribute: Attribute, path: string, { inSet }: Place): string[] {
  const { required, optional, computed, writeOnly } = attribute;
  const hasDefault = attribute.default !== undefined;
  const isEither = isConfigurable(attribute) || computed === true;
  return broken(path, {
    "one of required, optional, computed, default must be set": isEither,
    "required and optional exclude each other": required !== true || optional !== true,
    "required and computed exclude each other": required !== true || computed !== true,
    "a required attribute cannot have a default": required !== true || !hasDefault,
    "write-only cannot be computed": writeOnly !== true || (computed !== true && !hasDefault),
    "write-only is not possible inside a set": writeOnly !== true || !inSet,
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

function nestedProblems(
  { nested, block, writeOnly }: Attribute,
  path: string,
  place: Place,
): string[] {
  if (nested === undefined) return [];
  return [
    ...broken(path, {
      "what is inside a write-only attribute must be write-only":
        writeOnly !== true ||
        Object.values(nested.attributes).every((attribute) => attribute.writeOnly === true),
    }),
    ...attributesProblems(nested.attributes, path, {
      inSet: place.inSet || nested.nesting === "set",
      inBlock: block !== undefined,
    }),
  ];
}

function broken(path: string, rules: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(rules)
    .filter(([, holds]) => !holds)
    .map(([rule]) => `${path}: ${rule}`);
}
