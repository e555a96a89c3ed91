import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import fc from "fast-check";
import { canonicalDecimal, Decimal, numeric } from "../values/decimal";
import {
  BOOL,
  DECIMAL,
  DYNAMIC,
  INTEGER,
  NUMBER,
  STRING,
  typeFromJson,
  typeToJson,
  type Type,
} from "../values/type";
import { UNKNOWN, Unknown } from "../values/unknown";
import { containsUnknown, Dynamic, setOf, type Value } from "../values/value";
import { CodecError } from "./codec-error";
import { decodeJson, encodeJson } from "./json";
import { decodeMsgpack, encodeMsgpack } from "./msgpack";

const LIST: Type = { kind: "list", element: STRING };
const OBJECT: Type = { kind: "object", attributes: { a: STRING, b: NUMBER } };

describe("MessagePack values", () => {
  it("come back as they were, whatever their type", () => {
    fc.assert(
      fc.property(typedValue(true), ([type, value]) => {
        expect(decodeMsgpack(type, encodeMsgpack(type, value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it("are read by an independent implementation", () => {
    const value = { a: "é".repeat(40), b: 70_000 };
    expect(decode(encodeMsgpack(OBJECT, value))).toEqual(value);
    expect(decodeMsgpack(OBJECT, encode(value))).toEqual(value);
  });

  it.each([
    ["small", 5, [0x05]],
    ["negative", -1, [0xff]],
    ["beyond 2^53", numeric("9007199254740993"), [0xcf, 0, 0x20, 0, 0, 0, 0, 0, 1]],
    ["decimal", 0.1, [0xa3, 0x30, 0x2e, 0x31]],
  ])("write a %s number exactly", (_name, number, bytes) => {
    expect([...encodeMsgpack(NUMBER, number)]).toEqual(bytes);
  });

  it("keep the exact value of a float that has no short decimal text", () => {
    const bytes = encode(0.1, { forceIntegerToFloat: true });
    expect(decodeMsgpack(NUMBER, bytes)).toEqual(
      new Decimal("0.1000000000000000055511151231257827021181583404541015625"),
    );
    expect(decodeMsgpack(NUMBER, encode(1.5))).toBe(1.5);
  });

  it("take a float for plain only where its text is its exact value, which toFixed spells out", () => {
    const parts = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 40 }), (whole, power) => {
        const float = whole / 2 ** power;
        const read = decodeMsgpack(NUMBER, encode(float, { forceIntegerToFloat: true }));
        expect(canonicalDecimal(`${read as number}`)).toBe(canonicalDecimal(float.toFixed(power)));
      }),
    );
  });

  it("echo what Terraform promised about an unknown", () => {
    const bytes = Uint8Array.from([0xc7, 0x03, 0x0c, 0x81, 0x01, 0xc2]);
    const value = decodeMsgpack(STRING, bytes);
    expect(value).toBeInstanceOf(Unknown);
    expect(Uint8Array.from(encodeMsgpack(STRING, value))).toEqual(bytes);
    expect([...encodeMsgpack(STRING, UNKNOWN)]).toEqual([0xd4, 0, 0]);
  });

  it("write unknowns that others understand", () => {
    const extensions = new ExtensionCodec();
    extensions.register({ type: 0, encode: () => null, decode: () => "unknown" });
    const bytes = encodeMsgpack(LIST, [UNKNOWN, "x"]);
    expect(decode(bytes, { extensionCodec: extensions })).toEqual(["unknown", "x"]);
  });

  it("fill missing attributes with null and refuse attributes that do not exist", () => {
    expect(decodeMsgpack(OBJECT, encode({ a: "x" }))).toEqual({ a: "x", b: null });
    expect(() => decodeMsgpack(OBJECT, encode({ c: 1 }))).toThrow(/no attribute "c"/u);
  });

  it("name the place of what does not fit", () => {
    const type: Type = { kind: "object", attributes: { nodes: LIST } };
    expect(() => decodeMsgpack(type, encode({ nodes: ["a", 1] }))).toThrow(
      /^nodes\[1\]: expected/u,
    );
  });

  it("never crash, hang or allocate on garbage", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), arbitraryType(3), (bytes, type) => {
        try {
          decodeMsgpack(type, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError);
        }
      }),
      { numRuns: 500 },
    );
    const bomb = Uint8Array.from([0xdd, 0xff, 0xff, 0xff, 0xff]);
    expect(() => decodeMsgpack(LIST, bomb)).toThrow(/4294967295 elements announced/u);
  });

  it("cannot exhaust the stack by nesting", () => {
    const layer = Buffer.concat([Buffer.from([0x92, 0xc4, 0x09]), Buffer.from('"dynamic"')]);
    const bytes = Buffer.concat(Array.from({ length: 50_000 }, () => layer));
    expect(() => decodeMsgpack(DYNAMIC, bytes)).toThrow(/nested deeper than 200/u);
  });
});

describe("JSON values", () => {
  it("come back as they were, whatever their type", () => {
    fc.assert(
      fc.property(typedValue(false), ([type, value]) => {
        expect(decodeJson(type, encodeJson(type, value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it("keep numbers that JavaScript would round, and leave strings alone", () => {
    const text = '{"a":"123456789012345678901 1e400","b":123456789012345678901}';
    expect(decodeJson(OBJECT, text)).toEqual({
      a: "123456789012345678901 1e400",
      b: new Decimal("123456789012345678901"),
    });
  });

  it("take dynamic values in the form of state files", () => {
    expect(decodeJson(DYNAMIC, '{"type":["list","string"],"value":["x"]}')).toEqual(
      new Dynamic(LIST, ["x"]),
    );
  });

  it("drop attributes of older schemas, and refuse what is no JSON", () => {
    expect(decodeJson(OBJECT, '{"a":"x","gone":1}')).toEqual({ a: "x", b: null });
    expect(() => decodeJson(OBJECT, "{")).toThrow(CodecError);
  });
});

describe("numbers", () => {
  it.each([
    ["1.50", "1.5"],
    ["15e-1", "1.5"],
    ["-0", "0"],
    ["1e3", "1000"],
    ["0.00012", "0.00012"],
    ["1e100000", "1e100000"],
  ])("have one text: %s is %s", (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical);
  });

  it("are plain wherever a plain number is exact", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(numeric(String(number))).toBe(number === 0 ? 0 : number);
      }),
    );
    expect(numeric("9007199254740993")).toBeInstanceOf(Decimal);
  });
});

it("types keep their JSON spelling", () => {
  fc.assert(
    fc.property(arbitraryType(3), (type) => {
      const spelled = typeToJson(type);
      expect(typeToJson(typeFromJson(JSON.parse(JSON.stringify(spelled))))).toEqual(spelled);
    }),
  );
});

function arbitraryType(depth: number): fc.Arbitrary<Type> {
  const leaf = fc.constantFrom(STRING, NUMBER, INTEGER, DECIMAL, BOOL);
  if (depth === 0) return leaf;
  const inner = arbitraryType(depth - 1);
  return fc.oneof(
    leaf,
    fc.constant(DYNAMIC),
    fc.record({
      kind: fc.constantFrom("list" as const, "set" as const, "map" as const),
      element: inner,
    }),
    fc.record({ kind: fc.constant("tuple" as const), elements: fc.array(inner, { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant("object" as const),
      attributes: fc.dictionary(key(), inner, { maxKeys: 3, noNullPrototype: true }),
    }),
  );
}

function typedValue(unknowns: boolean): fc.Arbitrary<readonly [Type, Value]> {
  return arbitraryType(3).chain((type) =>
    fc.tuple(fc.constant(type), arbitraryValue(type, unknowns)),
  );
}

function arbitraryValue(type: Type, unknowns: boolean): fc.Arbitrary<Value> {
  const known = knownValue(type, unknowns);
  const special = unknowns ? [fc.constant(null), fc.constant(UNKNOWN)] : [fc.constant(null)];
  return fc.oneof({ arbitrary: known, weight: 8 }, ...special);
}

function knownValue(type: Type, unknowns: boolean): fc.Arbitrary<Value> {
  const of = (inner: Type): fc.Arbitrary<Value> => arbitraryValue(inner, unknowns);
  switch (type.kind) {
    case "string":
      return fc.string({ unit: "binary" });
    case "bool":
      return fc.boolean();
    case "number":
      return fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        fc.bigInt().map((n) => numeric(String(n))),
      );
    case "list":
      return fc.array(of(type.element), { maxLength: 4 });
    case "set":
      return fc.array(of(type.element), { maxLength: 4 }).map(setOf);
    case "map":
      return fc.dictionary(key(), of(type.element), { maxKeys: 4, noNullPrototype: true });
    case "tuple":
      return fc.tuple(...type.elements.map(of));
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(type.attributes).map(([name, inner]) => [name, of(inner)]),
        ),
        { noNullPrototype: true },
      );
    case "dynamic":
      return arbitraryType(1)
        .filter((inner) => inner.kind !== "dynamic")
        .map((inner) => typeFromJson(typeToJson(inner)))
        .chain((inner) => of(inner).map((value) => new Dynamic(inner, value)));
  }
}

/** Without "__proto__", with which the generators cannot build records. */
function key(): fc.Arbitrary<string> {
  return fc.string({ maxLength: 6 }).filter((text) => text !== "__proto__");
}

it("a set has each element once, in an order of its own, as cty counts them", () => {
  const [one, text] = [numeric("1.0"), "1"];
  expect(setOf([one, 1, text, null, null, new Decimal("1.00")])).toHaveLength(3);
  expect(setOf([new Dynamic(NUMBER, 1), new Dynamic(STRING, "1")])).toHaveLength(2);
  expect(
    setOf([
      { a: 1, b: null },
      { b: null, a: 1 },
    ]),
  ).toHaveLength(1);
  expect(setOf(["b", "a", "b"])).toEqual(["a", "b"]);
  expect(setOf([UNKNOWN, "a", UNKNOWN])).toHaveLength(3);
  expect(containsUnknown([{ a: UNKNOWN }])).toBe(true);
});
