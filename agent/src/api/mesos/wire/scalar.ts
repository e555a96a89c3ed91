import { isUtf8 } from "node:buffer";
import type { Reader, Writer } from "protobufjs";
import { base64From, booleanFrom, doubleFrom, textFrom, wholeFrom } from "./json-scalar";
import type { Place } from "./place";
import type { ScalarType } from "./shape";

/** One type of the values that are no messages: in JSON and in bytes. */
export interface Scalar {
  /** What stands in the low bits of its field's tag: a varint, eight bytes, or a length and so many bytes. */
  readonly wireType: 0 | 1 | 2;
  /** Throws MesosCodecError. */
  readonly fromJson: (value: unknown, place: Place) => unknown;
  /** Throws MesosCodecError, and what the reader throws where the bytes end. */
  readonly read: (reader: Reader, place: Place) => unknown;
  readonly write: (writer: Writer, value: never) => unknown;
}

export const scalars: Readonly<Record<ScalarType, Scalar>> = {
  double: {
    wireType: 1,
    fromJson: doubleFrom,
    read: (reader, place) => {
      const value = reader.double();
      if (Number.isNaN(value)) throw place.refusal(value, "must be a number");
      return value;
    },
    write: (writer, value: number) => writer.double(value),
  },
  int32: {
    wireType: 0,
    fromJson: wholeFrom("of 32 bits", -(2 ** 31), 2 ** 31 - 1),
    read: (reader) => reader.int32(),
    write: (writer, value: number) => writer.int32(value),
  },
  uint32: {
    wireType: 0,
    fromJson: wholeFrom("of 32 bits and not negative", 0, 2 ** 32 - 1),
    read: (reader) => reader.uint32(),
    write: (writer, value: number) => writer.uint32(value),
  },
  int64: {
    wireType: 0,
    fromJson: wholeFrom("of 64 bits", -(2 ** 63), 2 ** 63),
    read: (reader) => safe(reader.int64()),
    write: (writer, value: number) => writer.int64(value),
  },
  uint64: {
    wireType: 0,
    fromJson: wholeFrom("of 64 bits and not negative", 0, 2 ** 64),
    read: (reader) => safe(reader.uint64()),
    write: (writer, value: number) => writer.uint64(value),
  },
  bool: {
    wireType: 0,
    fromJson: booleanFrom,
    read: (reader) => reader.bool(),
    write: (writer, value: boolean) => writer.bool(value),
  },
  string: {
    wireType: 2,
    fromJson: textFrom,
    read: (reader, place) => {
      const { buffer, start, end } = nextBytes(reader);
      const text = buffer.toString("utf8", start, end);
      // This character stands where bytes are no UTF-8, or is itself one that was sent.
      if (text.includes("\ufffd") && !isUtf8(buffer.subarray(start, end)))
        throw place.refusal(text, "must be UTF-8");
      return text;
    },
    write: (writer, value: string) => writer.string(value),
  },
  bytes: {
    wireType: 2,
    fromJson: base64From,
    read: (reader) => {
      const { buffer, start, end } = nextBytes(reader);
      return buffer.toString("base64", start, end);
    },
    write: (writer, value: string) => writer.bytes(Buffer.from(value, "base64")),
  },
};

/** A Long as a rule, but a number where protobufjs finds no `long`. */
function safe(value: unknown): number {
  const number = typeof value === "number" ? value : (value as { toNumber(): number }).toNumber();
  return Math.min(Math.max(number, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

/** A length and so many bytes: where they lie. */
function nextBytes(reader: Reader): { buffer: Buffer; start: number; end: number } {
  const length = reader.uint32();
  const start = reader.pos;
  reader.skip(length);
  return { buffer: reader.buf as Buffer, start, end: reader.pos };
}
