import fc from "fast-check";
import { Decimal } from "../values/decimal";
import { keeps, refine, unknown, type Promised } from "../values/refinement";
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from "../values/type";
import { Unknown, UNKNOWN } from "../values/unknown";
import type { Value } from "../values/value";
import { CodecError } from "./codec-error";
import { decodeMsgpack, encodeMsgpack } from "./msgpack";

const LIST: Type = { kind: "list", element: STRING };

function bytes(...of: number[]): Uint8Array {
  return Uint8Array.from(of);
}

function extension(...body: number[]): Uint8Array {
  return bytes(0xc7, body.length, 12, ...body);
}

function decoded(type: Type, of: Uint8Array): Unknown {
  const value = decodeMsgpack(type, of);
  if (!(value instanceof Unknown)) throw new Error("not unknown");
  return value;
}

describe("what is promised about an unknown", () => {
  it.each<[string, Type, Promised, number[]]>([
    ["not null", BOOL, { notNull: true }, [0x81, 1, 0xc2]],
    ["a prefix", STRING, { prefix: "a:" }, [0x81, 2, 0xa2, 0x61, 0x3a]],
    ["a least number", NUMBER, { min: 5 }, [0x81, 3, 0x92, 5, 0xc3]],
    ["a bound left out", NUMBER, { max: { value: 7, inclusive: false } }, [0x81, 4, 0x92, 7, 0xc2]],
    ["a length", LIST, { minLength: 1, maxLength: 3 }, [0x82, 5, 1, 6, 3]],
  ])("is written as go-cty does: %s", (_what, type, promised, body) => {
    const written = encodeMsgpack(type, unknown(promised));
    expect([...written.subarray(-body.length)]).toEqual(body);
    expect(decoded(type, written).refinement).toEqual(unknown(promised).refinement);
  });

  it("is echoed byte for byte, with promises of a kind not known yet", () => {
    const newer = extension(0x82, 1, 0xc2, 9, 0x92, 1, 0x81, 0xa1, 0x61, 0xc0);
    const value = decoded(STRING, newer);
    expect(value.refinement).toEqual({ notNull: true });
    expect(Uint8Array.from(encodeMsgpack(STRING, value))).toEqual(newer);
  });

  it.each<[string, Type, Uint8Array]>([
    ["a prefix of a number", NUMBER, extension(0x81, 2, 0xa1, 0x61)],
    ["a bound of a string", STRING, extension(0x81, 3, 0x92, 5, 0xc3)],
    ["a length of a bool", BOOL, extension(0x81, 5, 1)],
    ["a key that is no integer", STRING, extension(0x81, 0xa1, 0x61, 1)],
    ["a bound that is no pair", NUMBER, extension(0x81, 3, 5)],
    [
      "more than a kilobyte",
      STRING,
      bytes(0xc8, 0x04, 0x01, 12, ...new Array<number>(1025).fill(0)),
    ],
    ["another extension", STRING, bytes(0xc7, 2, 7, 0, 0)],
  ])("is refused: %s", (_what, type, of) => {
    expect(() => decodeMsgpack(type, of)).toThrow(CodecError);
  });

  it("of a dynamic value is passed over, and no extension of one byte says anything", () => {
    expect(decoded(DYNAMIC, extension(0x81, 2, 0xa1, 0x61)).refinement).toEqual({});
    expect(decodeMsgpack(STRING, bytes(0xd4, 12, 0))).toBe(UNKNOWN);
  });

  it("is left out where the type cannot keep it, and a long prefix is cut", () => {
    expect([...encodeMsgpack(DYNAMIC, unknown({ notNull: true }))]).toEqual([0xd4, 0, 0]);
    expect([...encodeMsgpack(BOOL, unknown({ prefix: "a" }))]).toEqual([0xd4, 0, 0]);
    const long = decoded(STRING, encodeMsgpack(STRING, unknown({ prefix: "é".repeat(400) })));
    const prefix = long.refinement?.prefix ?? "";
    expect(Buffer.byteLength(prefix)).toBeLessThan(256);
    expect("é".repeat(400).startsWith(prefix)).toBe(true);
  });

  it("comes back whatever it is", () => {
    const bound = fc.oneof(
      fc.integer(),
      fc.bigInt().map((of) => new Decimal(of)),
    );
    fc.assert(
      fc.property(bound, fc.boolean(), fc.nat(99), fc.nat(99), (value, inclusive, least, more) => {
        const numbers = unknown({
          notNull: true,
          min: typeof value === "number" ? { value, inclusive } : value,
        });
        expect(decoded(NUMBER, encodeMsgpack(NUMBER, numbers)).refinement).toEqual(
          numbers.refinement,
        );
        const lists = unknown({ minLength: least + 1, maxLength: least + 1 + more });
        expect(decoded(LIST, encodeMsgpack(LIST, lists)).refinement).toEqual(lists.refinement);
      }),
    );
  });
});

describe("a promise", () => {
  it.each<[Promised, Value, boolean]>([
    [{ notNull: true }, null, false],
    [{ prefix: "a" }, null, true],
    [{ prefix: "ab" }, "abc", true],
    [{ prefix: "ab" }, "xabc", false],
    [{ min: 5, max: 6 }, 5, true],
    [{ min: { value: 5, inclusive: false } }, 5, false],
    [{ max: new Decimal("9007199254740993") }, new Decimal("9007199254740994"), false],
    [{ minLength: 1, maxLength: 2 }, [], false],
    [{ minLength: 1, maxLength: 2 }, { a: "x" }, true],
    [{ prefix: "ab" }, unknown({ prefix: "a" }), true],
    [{ prefix: "ab" }, unknown({ prefix: "b" }), false],
    [{ min: 5 }, unknown({ max: 4 }), false],
  ])("%j of %j is kept: %s", (promised, value, holds) => {
    expect(keeps(unknown(promised).refinement ?? {}, value)).toBe(holds);
  });

  it("can only become tighter, and is refused when nothing could keep it", () => {
    const wide = unknown({ prefix: "a", min: 1, max: 9, minLength: 1 });
    expect(refine(wide, { prefix: "ab", min: 0, max: 5, minLength: 3 }).refinement).toEqual({
      prefix: "ab",
      min: { value: 1, inclusive: true },
      max: { value: 5, inclusive: true },
      minLength: 3,
    });
    expect(() => refine(wide, { min: 10 })).toThrow(RangeError);
    expect(() => refine(wide, { prefix: "b" })).toThrow(RangeError);
    expect(() => unknown({ minLength: 2, maxLength: 1 })).toThrow(RangeError);
  });
});
