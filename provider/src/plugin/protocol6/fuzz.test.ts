/** Any message comes back, and whatever bytes come, the answer is a message or a `RangeError`. See codec/fuzz.test.ts. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { damaged, runs } from "../../../test/plugin/arbitrary";
import { METHODS } from "./calls";
import type { Message } from "./protobuf";
import { ProtoReader, ProtoWriter } from "./wire";

jest.setTimeout(12 * 3_600_000);

const MIB = 1024 * 1024;
const MESSAGES = Object.entries(METHODS).flatMap(([name, { request, response }]) => [
  [`${name}.Request`, request as Message<object>] as const,
  [`${name}.Response`, response as Message<object>] as const,
]);

/** Bytes in the form of Protocol Buffers, with the field numbers that protocol 6 uses; mostly messages in messages. */
function wireForm(depth: number): fc.Arbitrary<Uint8Array> {
  const content = fc.oneof(
    fc.string({ unit: "binary", maxLength: 10 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 10 }),
    ...(depth === 0 ? [] : [{ arbitrary: wireForm(depth - 1), weight: 4 }]),
  );
  const value = fc.oneof(fc.oneof(fc.nat(3), fc.integer(), fc.maxSafeInteger()), {
    arbitrary: content,
    weight: 4,
  });
  const number = fc.oneof({ arbitrary: fc.integer({ min: 1, max: 12 }), weight: 20 }, fc.nat(2000));
  return fc.array(fc.tuple(number, value), { maxLength: 6 }).map((fields) => {
    const writer = new ProtoWriter();
    for (const [field, of] of fields) {
      if (typeof of === "number") writer.varint(field, of);
      else writer.bytes(field, of);
    }
    return writer.finish();
  });
}

function decoded(message: Message<object>, bytes: Uint8Array): object | undefined {
  try {
    return message.decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function expectSound(message: Message<object>, bytes: Uint8Array): void {
  const value = decoded(message, bytes);
  if (value === undefined) return;
  const back = message.decode(message.encode(value));
  if (!isDeepStrictEqual(plain(back), plain(value))) expect(back).toStrictEqual(value);
}

/** Byte arrays compare by what is in them, not by where they lie. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return plain([...(value as ReadonlyMap<string, unknown>)]);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)]));
}

describe("messages of protocol 6", () => {
  const message = fc.constantFrom(...MESSAGES);

  it("come back as they were", () => {
    let messages = 0;
    fc.assert(
      fc.property(message, wireForm(4), ([, of], bytes) => {
        if (decoded(of, bytes) !== undefined) messages += 1;
        expectSound(of, bytes);
      }),
      runs(2000),
    );
    expect(messages).toBeGreaterThan(runs(2000).numRuns / 20);
  });

  it("are messages or RangeErrors when they are damaged", () => {
    fc.assert(
      fc.property(message, damaged(wireForm(4)), ([, of], bytes) => {
        expectSound(of, bytes);
      }),
      runs(1000),
    );
  });

  it("are messages or RangeErrors whatever the bytes", () => {
    fc.assert(
      fc.property(message, fc.uint8Array({ maxLength: 100 }), ([, of], bytes) => {
        expectSound(of, bytes);
      }),
      runs(1000),
    );
  });

  it.each([
    ["a varint that does not end", Buffer.alloc(11, 0xff)],
    ["a varint that is cut", Buffer.from([0x08, 0x80])],
    ["a length beyond the end", Buffer.from("0affffffff0f00", "hex")],
    ["a length below zero", Buffer.from("0affffffffffffffffff01", "hex")],
    ["a group, which nobody uses", Buffer.from("0b0c", "hex")],
  ])("are refused for %s", (_what, bytes) => {
    for (const [, of] of MESSAGES) expect(() => of.decode(bytes)).toThrow(RangeError);
  });

  it("keep the sign of the largest numbers", () => {
    const writer = new ProtoWriter();
    for (const value of [2 ** 63, -(2 ** 63), 2 ** 53 - 1, -1]) writer.varint(1, value);
    const reader = new ProtoReader(writer.finish());
    const read: number[] = [];
    while (!reader.atEnd) {
      reader.varint();
      read.push(reader.varint());
    }
    expect(read).toEqual([2 ** 63, -(2 ** 63), 2 ** 53 - 1, -1]);
  });

  it("are answered soon and within bounds when they are long", () => {
    const request = METHODS.CallFunction.request as Message<object>;
    const before = process.cpuUsage();
    const argument = Buffer.from([(2 << 3) | 2, 0]);
    expect(() => request.decode(Buffer.alloc(64 * MIB, argument))).toThrow(/more than 1000000/u);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(60_000_000);
  });

  it("are answered soon when they are deep", () => {
    const before = process.cpuUsage();
    for (let field = 1; field <= 12; field += 1) {
      const bytes = nested(field, 5000);
      for (const [, of] of MESSAGES) decoded(of, bytes);
    }
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(60_000_000);
  });
});

/** A message in a message in a message, all as the same field. */
function nested(field: number, depth: number): Uint8Array {
  const layers: Buffer[] = [];
  let size = 0;
  for (let layer = 0; layer < depth; layer += 1) {
    const length = new ProtoWriter();
    length.varint(0, size);
    const header = Buffer.from([(field << 3) | 2, ...length.finish().subarray(1)]);
    layers.push(header);
    size += header.length;
  }
  return Buffer.concat(layers.reverse());
}
