import { Decimal } from "../values/decimal";
import { typeToJson, type Type } from "../values/type";
import { isUnknown, type Unknown } from "../values/unknown";
import { Dynamic, entryOf, isList, isRecord, type Value, type ValueRecord } from "../values/value";
import { CodecError } from "./codec-error";
import { layoutOf } from "./layout";
import { MsgpackWriter } from "./msgpack-writer";
import { encodeRefinement, REFINED_EXTENSION } from "./refinement";

const UNKNOWN_EXTENSION = 0;
const UNKNOWN_DATA = new Uint8Array([0]);

/** `value` must conform to `type` (see `conform`); throws `CodecError` where it does not. */
export function encodeMsgpack(type: Type, value: Value): Buffer {
  const writer = new MsgpackWriter();
  write(writer, type, value);
  return writer.finish();
}

function write(writer: MsgpackWriter, type: Type, value: Value): void {
  if (value === null) writer.nil();
  else if (isUnknown(value)) writeUnknown(writer, type, value);
  else writeKnown(writer, type, value);
}

function writeUnknown(writer: MsgpackWriter, type: Type, value: Unknown): void {
  const data = value.encoded ?? encodeRefinement(type, value.refinement);
  if (data === undefined) writer.extension(UNKNOWN_EXTENSION, UNKNOWN_DATA);
  else writer.extension(REFINED_EXTENSION, data);
}

function writeKnown(
  writer: MsgpackWriter,
  type: Type,
  value: Exclude<Value, null | Unknown>,
): void {
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? writer.string(value) : mismatch(type, value);
    case "bool":
      return typeof value === "boolean" ? writer.bool(value) : mismatch(type, value);
    case "number":
      return typeof value === "number" || value instanceof Decimal
        ? writer.number(value)
        : mismatch(type, value);
    case "dynamic":
      return value instanceof Dynamic ? writeDynamic(writer, value) : mismatch(type, value);
    case "list":
    case "set":
      return isList(value) ? writeList(writer, type.element, value) : mismatch(type, value);
    case "tuple":
      return isList(value) && value.length === type.elements.length
        ? writeTuple(writer, type.elements, value)
        : mismatch(type, value);
    case "map":
      return isRecord(value) ? writeMap(writer, type.element, value) : mismatch(type, value);
    case "object":
      return isRecord(value) ? writeObject(writer, type.attributes, value) : mismatch(type, value);
  }
}

function writeDynamic(writer: MsgpackWriter, value: Dynamic): void {
  writer.arrayHeader(2);
  writer.binary(Buffer.from(JSON.stringify(typeToJson(value.type))));
  write(writer, value.type, value.value);
}

function writeList(writer: MsgpackWriter, element: Type, values: readonly Value[]): void {
  writer.arrayHeader(values.length);
  for (const value of values) write(writer, element, value);
}

function writeTuple(writer: MsgpackWriter, types: readonly Type[], values: readonly Value[]): void {
  writer.arrayHeader(types.length);
  types.forEach((type, index) => {
    write(writer, type, values[index] ?? null);
  });
}

function writeMap(writer: MsgpackWriter, element: Type, record: ValueRecord): void {
  const keys = Object.keys(record);
  writer.mapHeader(keys.length);
  for (const key of keys) {
    writer.string(key);
    write(writer, element, entryOf(record, key));
  }
}

function writeObject(
  writer: MsgpackWriter,
  attributes: Readonly<Record<string, Type>>,
  record: ValueRecord,
): void {
  const { members } = layoutOf(attributes);
  writer.mapHeader(members.length);
  for (const { name, type, token } of members) {
    writer.raw(token);
    write(writer, type, entryOf(record, name));
  }
}

function mismatch(type: Type, value: Value): never {
  throw new CodecError(`expected a ${type.kind}, found ${typeof value}`);
}
