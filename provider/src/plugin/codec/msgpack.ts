/**
 * Values as go-cty writes them in MessagePack: the type, known from the schema, says how to read. Extension 0 is an
 * unknown, extension 12 an unknown about which something is promised.
 */
import type { Decimal } from "../values/decimal";
import { MAX_DEPTH, typeFromJson, typeToJson, type Type } from "../values/type";
import { isUnknown, UNKNOWN, Unknown } from "../values/unknown";
import {
  Dynamic,
  entryOf,
  isList,
  isRecord,
  setOf,
  type Value,
  type ValueRecord,
} from "../values/value";
import { CodecError } from "./codec-error";
import { MsgpackReader } from "./msgpack-reader";
import { MsgpackWriter } from "./msgpack-writer";

const UNKNOWN_EXTENSION = 0;
const REFINED_EXTENSION = 12;
const UNKNOWN_DATA = new Uint8Array([0]);

/** Throws `CodecError` when the bytes are not exactly one value of this type. */
export function decodeMsgpack(type: Type, bytes: Uint8Array): Value {
  const decoder = new Decoder(new MsgpackReader(bytes));
  const value = decoder.value(type);
  if (!decoder.atEnd) throw new CodecError("bytes are left after the value");
  return value;
}

/** `value` must conform to `type` (see `conform`); throws `CodecError` where it does not. */
export function encodeMsgpack(type: Type, value: Value): Buffer {
  const writer = new MsgpackWriter();
  write(writer, type, value);
  return writer.finish();
}

class Decoder {
  private readonly path: (string | number)[] = [];

  constructor(private readonly reader: MsgpackReader) {}

  get atEnd(): boolean {
    return this.reader.atEnd;
  }

  value(type: Type): Value {
    if (this.path.length > MAX_DEPTH) throw new CodecError(`nested deeper than ${MAX_DEPTH}`);
    try {
      const value = this.nullOrUnknown();
      return value === undefined ? this.known(type) : value;
    } catch (error) {
      if (error instanceof CodecError && error.path.length === 0 && this.path.length > 0) {
        throw new CodecError(error.message, [...this.path]);
      }
      throw error;
    }
  }

  /** Undefined when the value is known. */
  private nullOrUnknown(): Value | undefined {
    if (this.reader.nil()) return null;
    const extension = this.reader.extension();
    if (extension === undefined) return undefined;
    return extension.type === REFINED_EXTENSION ? new Unknown(extension.data) : UNKNOWN;
  }

  private known(type: Type): Value {
    switch (type.kind) {
      case "string":
        return this.reader.string();
      case "number":
        return this.reader.number();
      case "bool":
        return this.reader.bool();
      case "list":
        return this.elements(this.reader.arrayHeader(), () => type.element);
      case "set":
        return setOf(this.elements(this.reader.arrayHeader(), () => type.element));
      case "map":
        return this.entries(() => type.element);
      case "object":
        return this.object(type.attributes);
      case "tuple":
        return this.tuple(type.elements);
      case "dynamic":
        return this.dynamic();
    }
  }

  private elements(count: number, typeAt: (index: number) => Type): Value[] {
    const elements: Value[] = [];
    for (let index = 0; index < count; index += 1) {
      elements.push(this.inside(index, typeAt(index)));
    }
    return elements;
  }

  private entries(typeOf: (key: string) => Type): ValueRecord {
    const entries: [string, Value][] = [];
    for (let count = this.reader.mapHeader(); count > 0; count -= 1) {
      const key = this.reader.string();
      entries.push([key, this.inside(key, typeOf(key))]);
    }
    return Object.fromEntries(entries);
  }

  private object(attributes: Readonly<Record<string, Type>>): ValueRecord {
    const given = this.entries((key) => {
      const type = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
      if (type === undefined) throw new CodecError(`no attribute ${JSON.stringify(key)} here`);
      return type;
    });
    return Object.fromEntries(Object.keys(attributes).map((name) => [name, entryOf(given, name)]));
  }

  private tuple(elements: readonly Type[]): Value {
    const count = this.reader.arrayHeader();
    if (count !== elements.length) {
      throw new CodecError(`expected ${elements.length} elements, found ${count}`);
    }
    return this.elements(count, (index) => elements[index] ?? { kind: "dynamic" });
  }

  private dynamic(): Value {
    if (this.reader.arrayHeader() !== 2) throw new CodecError("expected a type and a value");
    const type = parseType(this.reader.binary());
    return new Dynamic(type, this.inside(1, type));
  }

  private inside(step: string | number, type: Type): Value {
    this.path.push(step);
    const value = this.value(type);
    this.path.pop();
    return value;
  }
}

function parseType(bytes: Uint8Array): Type {
  try {
    return typeFromJson(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (error) {
    throw new CodecError(`bad type of a dynamic value: ${(error as Error).message}`);
  }
}

function write(writer: MsgpackWriter, type: Type, value: Value): void {
  if (value === null) writer.nil();
  else if (isUnknown(value)) writeUnknown(writer, value);
  else writeKnown(writer, type, value);
}

function writeUnknown(writer: MsgpackWriter, value: Unknown): void {
  if (value.refinement === undefined) writer.extension(UNKNOWN_EXTENSION, UNKNOWN_DATA);
  else writer.extension(REFINED_EXTENSION, value.refinement);
}

function writeKnown(writer: MsgpackWriter, type: Type, value: Value): void {
  switch (type.kind) {
    case "string":
      writer.string(expect(typeof value === "string", value as string, type));
      return;
    case "number":
      writer.number(expect(isNumber(value), value as number | Decimal, type));
      return;
    case "bool":
      writer.bool(expect(typeof value === "boolean", value as boolean, type));
      return;
    case "dynamic":
      writeDynamic(writer, expect(value instanceof Dynamic, value as Dynamic, type));
      return;
    case "list":
    case "set":
      writeElements(
        writer,
        expect(isList(value), value as readonly Value[], type),
        () => type.element,
      );
      return;
    case "tuple":
      writeElements(
        writer,
        expect(
          isList(value) && value.length === type.elements.length,
          value as readonly Value[],
          type,
        ),
        (index) => type.elements[index] ?? { kind: "dynamic" },
      );
      return;
    case "map":
      writeEntries(writer, expect(isRecord(value), value as ValueRecord, type), () => type.element);
      return;
    case "object":
      writeObject(writer, expect(isRecord(value), value as ValueRecord, type), type.attributes);
      return;
  }
}

function writeDynamic(writer: MsgpackWriter, value: Dynamic): void {
  writer.arrayHeader(2);
  writer.binary(Buffer.from(JSON.stringify(typeToJson(value.type))));
  write(writer, value.type, value.value);
}

function writeElements(
  writer: MsgpackWriter,
  elements: readonly Value[],
  typeAt: (index: number) => Type,
): void {
  writer.arrayHeader(elements.length);
  elements.forEach((element, index) => {
    write(writer, typeAt(index), element);
  });
}

function writeEntries(writer: MsgpackWriter, record: ValueRecord, typeOf: () => Type): void {
  const entries = Object.entries(record);
  writer.mapHeader(entries.length);
  for (const [key, value] of entries) {
    writer.string(key);
    write(writer, typeOf(), value);
  }
}

function writeObject(
  writer: MsgpackWriter,
  record: ValueRecord,
  attributes: Readonly<Record<string, Type>>,
): void {
  const names = Object.entries(attributes);
  writer.mapHeader(names.length);
  for (const [name, type] of names) {
    writer.string(name);
    write(writer, type, entryOf(record, name));
  }
}

function isNumber(value: Value): boolean {
  return (
    typeof value === "number" ||
    (typeof value === "object" && !isRecord(value) && !isList(value) && !(value instanceof Dynamic))
  );
}

function expect<T>(holds: boolean, value: T, type: Type): T {
  if (!holds) throw new CodecError(`expected a ${type.kind}, found ${typeof value}`);
  return value;
}
