import { Reader } from "protobufjs";
import { MesosCodecError } from "../codec-error";
import { requireComplete } from "./complete";
import { Place } from "./place";
import { scalars } from "./scalar";
import { entry } from "./shape";
import type { Content, Field, Message, Shape } from "./shape";

const lengthDelimited = 2;

/**
 * Reads a message from Protocol Buffers' bytes by proto2's rules: fields that `shape` does not have, or has with another wire
 * type, are dropped; the last of several values counts, a message that comes in parts is merged, a list may be packed; an enum's
 * number that is not known is absent. Strings must be UTF-8.
 *
 * Throws MesosCodecError.
 */
export function readBinary(shape: Shape, body: Buffer): Message {
  const place = new Place();
  const message: Message = {};
  try {
    readInto(message, shape, Reader.create(body), place);
  } catch (error) {
    throw explained(error, place);
  }
  requireComplete(shape, message, place);
  return message;
}

/** protobufjs' reader throws RangeErrors at the end of its bytes, and Errors that say what they are of. */
function explained(error: unknown, place: Place): unknown {
  if (error instanceof MesosCodecError || !(error instanceof Error)) return error;
  if (error instanceof RangeError) return place.unreadable("its bytes end too early");
  return error.constructor === Error ? place.unreadable(error.message) : error;
}

function readInto(message: Message, shape: Shape, reader: Reader, place: Place): void {
  place.begin();
  readFields(reader, place, (number, wireType) => {
    const field = shape.byNumber.get(number);
    if (field === undefined) return false;
    const isPacked = wireType === lengthDelimited && mayBePacked(field);
    if (!isPacked && wireType !== wireTypeOf(field.of)) return false;
    place.enter(field.name);
    if (isPacked) withinLength(reader, () => readPacked(message, field, reader, place));
    else readField(message, field, reader, place);
    place.leave();
    return true;
  });
}

/** `read` returns whether it read the field's value; else it is skipped. */
function readFields(
  reader: Reader,
  place: Place,
  read: (number: number, wireType: number) => boolean,
): void {
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const number = tag >>> 3;
    const wireType = tag & 7;
    if (number === 0) throw place.unreadable("it has a field of number 0");
    if (!read(number, wireType)) reader.skipType(wireType);
  }
  requireWithin(reader);
}

/** A length, and what `read` reads of so many bytes, beyond which the reader does not go. */
function withinLength(reader: Reader, read: () => void): void {
  const end = reader.uint32() + reader.pos;
  const outer = reader.len;
  if (end > outer) throw new RangeError();
  reader.len = end;
  read();
  reader.len = outer;
}

/** A varint of 64 bits that is cut short is read by protobufjs as if it were whole. */
function requireWithin(reader: Reader): void {
  if (reader.pos > reader.len) throw new RangeError();
}

function mayBePacked({ rule, of }: Field): boolean {
  return rule === "repeated" && wireTypeOf(of) !== lengthDelimited;
}

function wireTypeOf(of: Content): number {
  if (of.kind === "message") return lengthDelimited;
  return of.kind === "enum" ? 0 : scalars[of.type].wireType;
}

function readPacked(message: Message, field: Field, reader: Reader, place: Place): void {
  while (reader.pos < reader.len) readField(message, field, reader, place);
  requireWithin(reader);
}

function readField(message: Message, field: Field, reader: Reader, place: Place): void {
  const { name, rule, of } = field;
  if (rule === "repeated") {
    const list = (message[name] ??= []) as unknown[];
    place.enter(list.length);
    const element = readContent(of, reader, place);
    if (element !== undefined) list.push(element);
    place.leave();
  } else if (rule === "map") {
    const map = (message[name] ??= {}) as Message;
    withinLength(reader, () => readEntry(map, of, reader, place));
  } else {
    const value = readContent(of, reader, place, message[name]);
    if (value !== undefined) message[name] = value;
  }
}

/** undefined: the value of an enum, but not one that is known. `before`: what came of it earlier. */
function readContent(of: Content, reader: Reader, place: Place, before: unknown = {}): unknown {
  switch (of.kind) {
    case "message":
      withinLength(reader, () => readInto(before as Message, of.shape, reader, place));
      return before;
    case "enum":
      return of.names.get(reader.int32());
    case "scalar":
      return scalars[of.type].read(reader, place);
  }
}

function readEntry(map: Message, of: Content, reader: Reader, place: Place): void {
  let key = "";
  let value: unknown = {};
  readFields(reader, place, (number, wireType) => {
    if (wireType !== lengthDelimited) return false;
    if (number === entry.key) key = scalars.string.read(reader, place) as string;
    else if (number === entry.value) value = readContent(of, reader, place, value);
    else return false;
    return true;
  });
  // Not by assignment, which would take the key __proto__ for the prototype.
  Object.defineProperty(map, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
