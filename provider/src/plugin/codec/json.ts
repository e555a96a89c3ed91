/** Values as Terraform writes them in state files: JSON, numbers of any length, dynamic values as {type, value}. */
import { Decimal } from "../values/decimal";
import { typeToJson, type Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { Dynamic, entryOf, isList, type Value } from "../values/value";
import { CodecError } from "./codec-error";

export { decodeJson } from "./json-decode";
export { parseExact } from "./json-parse";

/** Throws `CodecError` when something is unknown, which JSON cannot say. */
export function encodeJson(type: Type, value: Value): string {
  return stringify(type, value);
}

function stringify(type: Type, value: Value): string {
  if (value === null) return "null";
  if (isUnknown(value)) throw new CodecError("an unknown value has no JSON");
  if (value instanceof Decimal) return value.text;
  if (value instanceof Dynamic) {
    const of = JSON.stringify(typeToJson(value.type));
    return `{"type":${of},"value":${stringify(value.type, value.value)}}`;
  }
  if (isList(value)) {
    return `[${value.map((element, index) => stringify(elementType(type, index), element)).join(",")}]`;
  }
  if (typeof value !== "object") return JSON.stringify(value);
  const entries =
    type.kind === "object"
      ? Object.entries(type.attributes).map(
          ([name, of]) => [name, of, entryOf(value, name)] as const,
        )
      : Object.entries(value).map(([key, of]) => [key, elementType(type, 0), of] as const);
  const members = entries.map(
    ([key, of, member]) => `${JSON.stringify(key)}:${stringify(of, member)}`,
  );
  return `{${members.join(",")}}`;
}

function elementType(type: Type, index: number): Type {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") return type.element;
  const of = type.kind === "tuple" ? type.elements[index] : undefined;
  if (of === undefined) throw new CodecError(`a ${type.kind} has no element ${index}`);
  return of;
}
