/**
 * The part of Protocol Buffers that protocol 6 uses, as values that describe messages: from one description come the
 * TypeScript type, the encoder and the decoder. Unknown fields are skipped, so newer peers are understood.
 */
import { ProtoReader, ProtoWriter } from "./wire";

export interface Field<T> {
  readonly number: number;
  /** The value of a field that did not come. */
  readonly absent: () => T;
  /** Takes one occurrence off the wire; `before` is what earlier occurrences gave. */
  read(reader: ProtoReader, wireType: number, before: T): T;
  write(writer: ProtoWriter, number: number, value: T): void;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type FieldValue<F> = F extends { readonly absent: () => infer T } ? T : never;

export interface Message<T> {
  /** `depth` is how many messages this one lies in; more than a hundred are refused, as in other implementations. */
  decode(bytes: Uint8Array, depth?: number): T;
  /** Fields not given are left out, which means their default. */
  encode(value: Partial<T>): Buffer;
}

export type MessageOf<M> = M extends Message<infer T> ? T : never;

export function message<const F extends Fields>(
  fields: F,
): Message<{ readonly [N in keyof F]: FieldValue<F[N]> }> {
  const list = Object.entries(fields);
  const byNumber = new Map(list.map(([name, field]) => [field.number, { name, field }]));
  return {
    decode: (bytes, depth = 0) => {
      if (depth > MAX_DEPTH) throw new RangeError(`messages nested deeper than ${MAX_DEPTH}`);
      const value: Record<string, unknown> = {};
      for (const [name, field] of list) value[name] = field.absent();
      const reader = new ProtoReader(bytes, depth);
      while (!reader.atEnd) {
        const tag = reader.varint();
        const known = byNumber.get(tag >>> 3);
        if (known === undefined) reader.skip(tag & 7);
        else value[known.name] = known.field.read(reader, tag & 7, value[known.name]);
      }
      return value as { readonly [N in keyof F]: FieldValue<F[N]> };
    },
    encode: (value) => {
      const writer = new ProtoWriter();
      for (const [name, field] of list) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given !== undefined) field.write(writer, field.number, given);
      }
      return writer.finish();
    },
  };
}

const MAX_DEPTH = 100;
const VARINT = 0;
const BYTES = 2;
const NOTHING = new Uint8Array(0);
/** Far more than any list in protocol 6 has. An empty element is two bytes on the wire and a hundred in memory. */
const MAX_REPEATED = 1_000_000;

/** A scalar, and how to write it even when it is the default. */
export interface Scalar<T> extends Field<T> {
  always(writer: ProtoWriter, number: number, value: T): void;
}

export const string = (number: number): Scalar<string> =>
  scalar(number, "", {
    read: (reader, wireType) => reader.expect(wireType, BYTES).text(),
    always: (writer, at, value) => {
      writer.bytes(at, Buffer.from(value));
    },
  });

export const bytes = (number: number): Scalar<Uint8Array> =>
  scalar(number, NOTHING, {
    read: (reader, wireType) => reader.expect(wireType, BYTES).bytes(),
    always: (writer, at, value) => {
      writer.bytes(at, value);
    },
  });

export const bool = (number: number): Scalar<boolean> =>
  scalar(number, false, {
    read: (reader, wireType) => reader.expect(wireType, VARINT).varint() !== 0,
    always: (writer, at, value) => {
      writer.varint(at, value ? 1 : 0);
    },
  });

/** Enumerations and integers. 64-bit values beyond what a number holds exactly are rounded. */
export const int = (number: number): Scalar<number> =>
  scalar(number, 0, {
    read: (reader, wireType) => reader.expect(wireType, VARINT).varint(),
    always: (writer, at, value) => {
      writer.varint(at, value);
    },
  });

/** A member of a oneof, or an `optional` scalar: written even when it is the default, undefined when it did not come. */
export function present<T>(field: Scalar<T>): Field<T | undefined> {
  return {
    number: field.number,
    absent: () => undefined,
    read: (reader, wireType) => field.read(reader, wireType, field.absent()),
    write: (writer, at, value) => {
      if (value !== undefined) field.always(writer, at, value);
    },
  };
}

/** `of` is a function because messages may contain themselves. */
export function nested<T>(number: number, of: () => Message<T>): Field<Partial<T> | undefined> {
  return {
    number,
    absent: () => undefined,
    read: (reader, wireType) =>
      of().decode(reader.expect(wireType, BYTES).bytes(), reader.depth + 1),
    write: (writer, at, value) => {
      if (value !== undefined) writer.bytes(at, of().encode(value));
    },
  };
}

export function repeated<T>(number: number, of: () => Message<T>): Field<readonly Partial<T>[]> {
  return {
    number,
    absent: () => [],
    read: (reader, wireType, before) => {
      if (before.length >= MAX_REPEATED) {
        throw new RangeError(`more than ${MAX_REPEATED} in a list`);
      }
      (before as Partial<T>[]).push(
        of().decode(reader.expect(wireType, BYTES).bytes(), reader.depth + 1),
      );
      return before;
    },
    write: (writer, at, value) => {
      for (const one of value) writer.bytes(at, of().encode(one));
    },
  };
}

/** `map<string, T>`: on the wire a repeated message of key 1 and value 2. */
export function map<T>(
  number: number,
  of: () => Message<T>,
): Field<ReadonlyMap<string, Partial<T>>> {
  const entry = message({ key: string(1), value: nested(2, of) });
  return {
    number,
    absent: () => new Map<string, Partial<T>>(),
    read: (reader, wireType, before) => {
      const { key, value } = entry.decode(reader.expect(wireType, BYTES).bytes(), reader.depth + 1);
      if (before.size >= MAX_REPEATED) throw new RangeError(`more than ${MAX_REPEATED} in a map`);
      (before as Map<string, Partial<T>>).set(key, value ?? of().decode(NOTHING));
      return before;
    },
    write: (writer, at, value) => {
      for (const [key, one] of value) writer.bytes(at, entry.encode({ key, value: one }));
    },
  };
}

function scalar<T extends string | number | boolean | Uint8Array>(
  number: number,
  absent: T,
  io: Pick<Scalar<T>, "read" | "always">,
): Scalar<T> {
  return {
    ...io,
    number,
    absent: () => absent,
    write: (writer, at, value) => {
      const isDefault = value instanceof Uint8Array ? value.length === 0 : value === absent;
      if (!isDefault) io.always(writer, at, value);
    },
  };
}
