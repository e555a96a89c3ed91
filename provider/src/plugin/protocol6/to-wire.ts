/** From the framework's values to messages of protocol 6. */
import { encodeMsgpack } from "../codec/msgpack";
import type { Diagnostic } from "../diagnostics/diagnostics";
import type { Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { typeToJson, type Type } from "../values/type";
import type { Value } from "../values/value";
import {
  MARKDOWN,
  NESTING,
  SEVERITY,
  type AttributePathMessage,
  type DiagnosticMessage,
  type DynamicValueMessage,
  type SchemaAttribute,
  type SchemaBlock,
  type SchemaMessageValue,
  type SchemaNestedBlock,
} from "./messages";

export function dynamicToWire(schema: Schema, value: Value): DynamicValueMessage {
  return valueToWire(objectTypeOf(schema.attributes), value);
}

/** As `dynamicToWire`, of any type. */
export function valueToWire(type: Type, value: Value): DynamicValueMessage {
  return { msgpack: encodeMsgpack(type, value) };
}

export function diagnosticsToWire(
  diagnostics: readonly Diagnostic[],
  schema: Schema | undefined,
): DiagnosticMessage[] {
  return diagnostics.map(({ severity, summary, detail, path }) => {
    const attribute = schema === undefined ? undefined : pathToWire(schema, path);
    return {
      severity: SEVERITY[severity],
      summary,
      detail,
      ...(attribute?.steps?.length ? { attribute } : {}),
    };
  });
}

/**
 * The schema says what a step is: an attribute, a map key or an index. The path ends where the schema does, and at a
 * set, whose elements have no address.
 */
export function pathToWire(schema: Schema, path: Path): AttributePathMessage {
  const steps: PathStep[] = [];
  let type: Type | undefined = objectTypeOf(schema.attributes);
  for (const step of path) {
    const next: readonly [PathStep, Type | undefined] | undefined = type && stepInto(type, step);
    if (next === undefined) break;
    steps.push(next[0]);
    type = next[1];
  }
  return { steps };
}

type PathStep = Partial<NonNullable<AttributePathMessage["steps"]>[number]>;

/** The step as a message and the type it leads to; undefined where there is no such step. */
function stepInto(
  type: Type,
  step: string | number,
): readonly [PathStep, Type | undefined] | undefined {
  if (type.kind === "map") return [{ element_key_string: String(step) }, type.element];
  if (typeof step === "number") {
    if (type.kind === "list") return [{ element_key_int: step }, type.element];
    return type.kind === "tuple" ? [{ element_key_int: step }, type.elements[step]] : undefined;
  }
  return type.kind === "object" && Object.hasOwn(type.attributes, step)
    ? [{ attribute_name: step }, type.attributes[step]]
    : undefined;
}

export function schemaToWire(schema: Schema, version = 0): SchemaMessageValue {
  return {
    version,
    block: { version, ...blockToWire(schema) },
  };
}

/** A block as such, be it the root or nested. */
function blockToWire({
  attributes,
  description = "",
  deprecation,
}: Pick<Schema, "attributes" | "description" | "deprecation">): Partial<SchemaBlock> {
  const entries = Object.entries(attributes);
  return {
    attributes: entries
      .filter(([, { block }]) => block === undefined)
      .map(([name, attribute]) => attributeToWire(name, attribute)),
    block_types: entries.flatMap(([name, attribute]) => nestedBlockToWire(name, attribute)),
    description,
    description_kind: MARKDOWN,
    deprecated: deprecation !== undefined,
  };
}

function nestedBlockToWire(name: string, attribute: Attribute): Partial<SchemaNestedBlock>[] {
  const { block, nested, description, deprecation } = attribute;
  if (block === undefined || nested === undefined) return [];
  const texts = {
    ...(description === undefined ? {} : { description }),
    ...(deprecation === undefined ? {} : { deprecation }),
  };
  return [
    {
      type_name: name,
      block: blockToWire({ attributes: nested.attributes, ...texts }),
      nesting: NESTING[nested.nesting],
      min_items: block.minItems,
      max_items: block.maxItems,
    },
  ];
}

function attributesToWire(attributes: Attributes): Partial<SchemaAttribute>[] {
  return Object.entries(attributes).map(([name, attribute]) => attributeToWire(name, attribute));
}

function attributeToWire(name: string, attribute: Attribute): Partial<SchemaAttribute> {
  const hasDefault = attribute.default !== undefined;
  const { nested } = attribute;
  return {
    name,
    description: attribute.description ?? "",
    description_kind: MARKDOWN,
    required: attribute.required === true,
    optional: attribute.optional === true || hasDefault,
    computed: attribute.computed === true || hasDefault,
    sensitive: attribute.sensitive === true,
    deprecated: attribute.deprecation !== undefined,
    write_only: attribute.writeOnly === true,
    ...(nested === undefined
      ? { type: Buffer.from(JSON.stringify(typeToJson(attribute.type))) }
      : {
          nested_type: {
            attributes: attributesToWire(nested.attributes),
            nesting: NESTING[nested.nesting],
          },
        }),
  };
}
