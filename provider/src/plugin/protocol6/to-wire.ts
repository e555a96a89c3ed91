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
  type SchemaMessageValue,
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
 * The schema says what a step is: an attribute, a map key or a list index. The path ends where the schema does, and at a
 * set, whose elements have no address.
 */
export function pathToWire(schema: Schema, path: Path): AttributePathMessage {
  const steps: {
    attribute_name?: string;
    element_key_string?: string;
    element_key_int?: number;
  }[] = [];
  let type: Type | undefined = objectTypeOf(schema.attributes);
  for (const step of path) {
    if (
      type?.kind === "object" &&
      typeof step === "string" &&
      Object.hasOwn(type.attributes, step)
    ) {
      steps.push({ attribute_name: step });
      type = type.attributes[step];
    } else if (type?.kind === "map") {
      steps.push({ element_key_string: String(step) });
      type = type.element;
    } else if (type?.kind === "list" && typeof step === "number") {
      steps.push({ element_key_int: step });
      type = type.element;
    } else {
      break;
    }
  }
  return { steps };
}

export function schemaToWire(schema: Schema, version = 0): SchemaMessageValue {
  return {
    version,
    block: {
      version,
      attributes: attributesToWire(schema.attributes),
      description: schema.description ?? "",
      description_kind: MARKDOWN,
      deprecated: schema.deprecation !== undefined,
    },
  };
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
