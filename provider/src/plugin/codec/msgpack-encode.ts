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

type Known = Exclude<Value, null | Unknown>;

function writeKnown(writer: MsgpackWriter, type: Type, value: Known): void {
  const fits = isList(value)
    ? writeSequence(writer, type, value)
    : isRecord(value)
      ? writeRecord(writer, type, value)
      : writeScalar(writer, type, value);
  if (!fits) throw new CodecError(`expected a ${type.kind}, found ${typeof value}`);
}

/** As the other two: false when the value is not of the type. */
function writeScalar(writer: MsgpackWriter, { kind }: Type, value: Known): boolean {
  if (kind === "string" && typeof value === "string") writer.string(value);
  else if (kind === "bool" && typeof value === "boolean") writer.bool(value);
  else if (kind === "dynamic" && value instanceof Dynamic) writeDynamic(writer, value);
  else if (kind === "number" && (typeof value === "number" || value instanceof Decimal)) {
    writer.number(value);
  } else return false;
  return true;
}

function writeSequence(writer: MsgpackWriter, type: Type, values: readonly Value[]): boolean {
  if (type.kind === "list" || type.kind === "set") writeList(writer, type.element, values);
  else if (type.kind === "tuple" && values.length === type.elements.length) {
    writeTuple(writer, type.elements, values);
  } else return false;
  return true;
}

function writeRecord(writer: MsgpackWriter, type: Type, record: ValueRecord): boolean {
  if (type.kind === "object") writeObject(writer, type.attributes, record);
  else if (type.kind === "map") writeMap(writer, type.element, record);
  else return false;
  return true;
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
