/** What a provider offers besides blocks of configuration, as messages: functions and identities. */
import type { FunctionDefinition, Parameter } from "../lifecycle/function";
import type { IdentityDefinition } from "../lifecycle/identity";
import { typeToJson, type Type } from "../values/type";
import {
  MARKDOWN,
  type FunctionMessageValue,
  type IdentitySchemaMessage,
  type ParameterMessage,
  type TimestampMessage,
} from "./messages";

export function functionToWire(definition: FunctionDefinition): FunctionMessageValue {
  const { parameters, variadic } = definition;
  return {
    parameters: Object.entries(parameters).map(([name, of]) => parameterToWire(name, of)),
    ...(variadic === undefined
      ? {}
      : { variadic_parameter: parameterToWire(variadic.name, variadic) }),
    return: { type: typeToWire(definition.returns.type) },
    summary: definition.summary ?? "",
    description: definition.description ?? "",
    description_kind: MARKDOWN,
    deprecation_message: definition.deprecation ?? "",
  };
}

export function identitySchemaToWire(definition: IdentityDefinition): IdentitySchemaMessage {
  return {
    version: definition.version ?? 0,
    identity_attributes: Object.entries(definition.attributes).map(([name, attribute]) => ({
      name,
      type: typeToWire(attribute.type.type),
      required_for_import: attribute.optionalForImport !== true,
      optional_for_import: attribute.optionalForImport === true,
      description: attribute.description ?? "",
    })),
  };
}

export function timeToWire(time: Date): TimestampMessage {
  const seconds = Math.floor(time.getTime() / 1000);
  return { seconds, nanos: (time.getTime() - seconds * 1000) * 1e6 };
}

function parameterToWire(name: string, parameter: Parameter): ParameterMessage {
  return {
    name,
    type: typeToWire(parameter.type.type),
    allow_null_value: parameter.nullable === true,
    allow_unknown_values: parameter.allowUnknown === true,
    description: parameter.description ?? "",
    description_kind: MARKDOWN,
  };
}

function typeToWire(type: Type): Uint8Array {
  return Buffer.from(JSON.stringify(typeToJson(type)));
}
