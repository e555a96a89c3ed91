/** What is promised about an unknown, as go-cty writes it (cty/msgpack/unknown.go): a map from small integers. */
import type { Type } from "../values/type";
import type { Bound, Refinement } from "../values/unknown";
import { CodecError } from "./codec-error";
import { MsgpackReader } from "./msgpack-reader";
import { MsgpackWriter } from "./msgpack-writer";

export const REFINED_EXTENSION = 12;

/** go-cty refuses more; so large a promise is no promise but an attempt to fill the memory. */
const MAX_BYTES = 1024;
/** go-cty cuts longer prefixes, so that all promises together stay within the limit. */
const MAX_PREFIX_BYTES = 256;

const KEY = { nullness: 1, prefix: 2, min: 3, max: 4, minLength: 5, maxLength: 6 } as const;

/** Undefined when nothing is promised that a value of this type can keep. */
export function encodeRefinement(type: Type, given: Refinement | undefined): Buffer | undefined {
  if (given === undefined || type.kind === "dynamic") return undefined;
  const entries = writersFor(type, given);
  if (entries.length === 0) return undefined;
  const writer = new MsgpackWriter();
  writer.mapHeader(entries.length);
  for (const [key, write] of entries) {
    writer.number(key);
    write(writer);
  }
  return writer.finish();
}

type Entry = readonly [key: number, write: (writer: MsgpackWriter) => void];

function writersFor(type: Type, given: Refinement): readonly Entry[] {
  const entries: Entry[] = [];
  if (given.notNull === true)
    entries.push([
      KEY.nullness,
      (writer) => {
        writer.bool(false);
      },
    ]);
  if (type.kind === "string" && given.prefix !== undefined) {
    const prefix = cut(given.prefix);
    if (prefix !== "")
      entries.push([
        KEY.prefix,
        (writer) => {
          writer.string(prefix);
        },
      ]);
  }
  if (type.kind === "number") entries.push(...boundWriters(given));
  if ("element" in type) entries.push(...lengthWriters(given));
  return entries;
}

function boundWriters({ min, max }: Refinement): readonly Entry[] {
  const write =
    ({ value, inclusive }: Bound) =>
    (writer: MsgpackWriter): void => {
      writer.arrayHeader(2);
      writer.number(value);
      writer.bool(inclusive);
    };
  return [
    ...(min === undefined || min.value === -Infinity ? [] : [[KEY.min, write(min)] as const]),
    ...(max === undefined || max.value === Infinity ? [] : [[KEY.max, write(max)] as const]),
  ];
}

function lengthWriters({ minLength = 0, maxLength = Infinity }: Refinement): readonly Entry[] {
  const write =
    (length: number) =>
    (writer: MsgpackWriter): void => {
      writer.number(length);
    };
  return [
    ...(minLength > 0 ? [[KEY.minLength, write(minLength)] as const] : []),
    ...(maxLength < Infinity ? [[KEY.maxLength, write(maxLength)] as const] : []),
  ];
}

/** A prefix that fits, without the last character that remains: what was cut off might have joined it. */
function cut(prefix: string): string {
  if (Buffer.byteLength(prefix) <= MAX_PREFIX_BYTES) return prefix;
  const whole = [...new Intl.Segmenter().segment(prefix)].map(({ segment }) => segment);
  while (Buffer.byteLength(whole.join("")) >= MAX_PREFIX_BYTES) whole.pop();
  return whole.slice(0, -1).join("");
}

/**
 * Promises of a kind that is not known here are passed over, as are those about a value of open type. Throws `CodecError`
 * on what go-cty refuses.
 */
export function decodeRefinement(type: Type, bytes: Uint8Array): Refinement {
  if (bytes.length > MAX_BYTES) {
    throw new CodecError(`a refinement of ${bytes.length} bytes, more than ${MAX_BYTES}`);
  }
  const reader = new MsgpackReader(bytes);
  const found: Mutable<Refinement> = {};
  for (let count = reader.mapHeader(); count > 0; count -= 1) {
    const key = reader.number();
    if (typeof key !== "number" || !Number.isInteger(key))
      throw new CodecError("a refinement without integer key");
    if (type.kind === "dynamic" || !read(reader, key, type, found)) reader.skip();
  }
  return found;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** False when the key is not known. */
function read(reader: MsgpackReader, key: number, type: Type, into: Mutable<Refinement>): boolean {
  switch (key) {
    case KEY.nullness:
      if (!reader.bool()) into.notNull = true;
      return true;
    case KEY.prefix:
      belongs(type.kind === "string", "prefix", type);
      into.prefix = reader.string();
      return true;
    case KEY.min:
    case KEY.max:
      belongs(type.kind === "number", "bound", type);
      into[key === KEY.min ? "min" : "max"] = readBound(reader);
      return true;
    case KEY.minLength:
    case KEY.maxLength:
      belongs("element" in type, "length", type);
      into[key === KEY.minLength ? "minLength" : "maxLength"] = readLength(reader);
      return true;
    default:
      return false;
  }
}

function readBound(reader: MsgpackReader): Bound {
  if (reader.arrayHeader() !== 2) throw new CodecError("a bound that is no [number, bool]");
  return { value: reader.number(), inclusive: reader.bool() };
}

function readLength(reader: MsgpackReader): number {
  const length = reader.number();
  if (typeof length === "number" && Number.isInteger(length)) return length;
  throw new CodecError("a length that is no integer");
}

function belongs(holds: boolean, what: string, type: Type): void {
  if (!holds) throw new CodecError(`a ${what} is promised of a ${type.kind}`);
}
