/**
 * Any value of any type comes back, and whatever bytes come, the answer is a value or a `CodecError`. By hand, for long:
 * `COVEY_FUZZ_RUNS=1000000 nice npx jest --selectProjects unit --testPathPatterns fuzz`.
 */
import { isDeepStrictEqual } from "node:util";
import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import {
  arbitraryType,
  arbitraryTyped,
  arbitraryValue,
  damaged,
  meaning,
  runs,
} from "../../../test/plugin/arbitrary";
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from "../values/type";
import { UNKNOWN } from "../values/unknown";
import type { Value } from "../values/value";
import { CodecError } from "./codec-error";
import { decodeJson, encodeJson } from "./json";
import { decodeMsgpack, encodeMsgpack } from "./msgpack";

jest.setTimeout(12 * 3_600_000);

/** The value, or undefined when it was refused; anything else that is thrown is a bug. */
function decoded(decoding: () => Value): Value | undefined {
  try {
    return decoding();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

function expectSame(actual: Value, expected: Value): void {
  const [left, right] = [meaning(actual), meaning(expected)];
  if (!isDeepStrictEqual(left, right)) expect(left).toStrictEqual(right);
}

/** What a decoder took for a value must be one, which can be written and read again. */
function expectSound(type: Type, value: Value | undefined): void {
  if (value === undefined) return;
  expectSame(decodeMsgpack(type, encodeMsgpack(type, value)), value);
}

describe("MessagePack", () => {
  it("brings back any value of any type, and the same bytes for it", () => {
    fc.assert(
      fc.property(arbitraryTyped({ unknowns: true }), ([type, value]) => {
        const bytes = encodeMsgpack(type, value);
        const back = decodeMsgpack(type, bytes);
        expectSame(back, value);
        if (!bytes.equals(encodeMsgpack(type, back))) {
          expect(encodeMsgpack(type, back)).toEqual(bytes);
        }
      }),
      runs(500),
    );
  });

  it("is written and read as by another implementation", () => {
    const plain = arbitraryType()
      .filter((type) => !/"(dynamic|set|number)"|__proto__/u.test(JSON.stringify(type)))
      .chain((type) => fc.tuple(fc.constant(type), arbitraryValue(type, { unknowns: false })))
      .filter(([, value]) => !JSON.stringify(value).includes("__proto__"));
    fc.assert(
      fc.property(plain, ([type, value]) => {
        expectSame(decode(encodeMsgpack(type, value)) as Value, value);
        expectSame(decodeMsgpack(type, encode(value)), value);
      }),
      runs(300),
    );
  });

  it("has numbers that another implementation reads as the same", () => {
    const number = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(number, (given) => {
        const number = given + 0;
        const theirs = decodeMsgpack(NUMBER, encode(number));
        expect(Number(encodeJson(NUMBER, theirs))).toBe(number);
        expect(Number(decode(encodeMsgpack(NUMBER, number)))).toBe(number);
      }),
      runs(300),
    );
  });

  it("gives a value or a CodecError for any bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes, arbitraryType(), (given, type) => {
        expectSound(
          type,
          decoded(() => decodeMsgpack(type, given)),
        );
      }),
      runs(500),
    );
  });

  it("gives a value or a CodecError for damaged values", () => {
    const given = arbitraryTyped({ unknowns: true }).chain(([type, value]) =>
      fc.tuple(fc.constant(type), damaged(fc.constant(encodeMsgpack(type, value)))),
    );
    fc.assert(
      fc.property(given, ([type, bytes]) => {
        expectSound(
          type,
          decoded(() => decodeMsgpack(type, bytes)),
        );
      }),
      runs(500),
    );
  });

  it("gives a value or a CodecError when it is read as another type", () => {
    fc.assert(
      fc.property(arbitraryTyped({ unknowns: true }), arbitraryType(), ([type, value], other) => {
        const bytes = encodeMsgpack(type, value);
        expectSound(
          other,
          decoded(() => decodeMsgpack(other, bytes)),
        );
      }),
      runs(500),
    );
  });
});

describe("JSON", () => {
  it("brings back any value of any type", () => {
    fc.assert(
      fc.property(arbitraryTyped({ unknowns: false }), ([type, value]) => {
        expectSame(decodeJson(type, encodeJson(type, value)), value);
      }),
      runs(500),
    );
  });

  it("never takes text for a number, however it is written", () => {
    const list: Type = { kind: "list", element: STRING };
    const text = String.raw`["\u0064ecimal:1","decimal:~1","1e400",null]`;
    const forced = text.replace("null", '"12345678901234567890"');
    expect(decodeJson(list, forced)).toEqual([
      "decimal:1",
      "decimal:~1",
      "1e400",
      "12345678901234567890",
    ]);
  });

  it("gives a value or a CodecError for any JSON, and for what is none", () => {
    const text = fc.oneof(fc.json(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(text, arbitraryType(), (given, type) => {
        expectSound(
          type,
          decoded(() => decodeJson(type, given)),
        );
      }),
      runs(500),
    );
  });

  it("gives a value or a CodecError for damaged values", () => {
    const given = arbitraryTyped({ unknowns: false }).chain(([type, value]) =>
      fc.tuple(fc.constant(type), damaged(fc.constant(Buffer.from(encodeJson(type, value))))),
    );
    fc.assert(
      fc.property(given, ([type, bytes]) => {
        const text = Buffer.from(bytes).toString("utf8");
        expectSound(
          type,
          decoded(() => decodeJson(type, text)),
        );
      }),
      runs(500),
    );
  });
});

describe("sets", () => {
  const set = (element: Type): Type => ({ kind: "set", element });

  it.each<[string, Type, unknown[], number]>([
    ["1, 1.0 and the text of it", NUMBER, [1, "1", "1.0", "10e-1", "0.01e2"], 1],
    ["0 and -0", NUMBER, [0, "-0", "0.0", -0], 1],
    ["decimals of 40 digits", NUMBER, [`0.${"1".repeat(40)}`, `0.${"1".repeat(40)}0`], 1],
    ["what differs in the 40th digit", NUMBER, [`0.${"1".repeat(40)}`, `0.${"1".repeat(39)}2`], 2],
    ["true and true", BOOL, [true, true, false], 2],
    ["text that looks like a number", STRING, ["1", "1.0"], 2],
    [
      "lists of equal numbers",
      { kind: "list", element: NUMBER },
      [
        [1, "2"],
        ["1.0", 2],
      ],
      1,
    ],
    [
      "maps in another order",
      { kind: "map", element: NUMBER },
      [
        { a: 1, b: 2 },
        { b: 2, a: "1" },
      ],
      1,
    ],
    ["null and null", STRING, [null, null], 1],
  ])("hold %s as often as cty does", (_name, element, given, size) => {
    expect(decodeMsgpack(set(element), encode(given))).toHaveLength(size);
    expect(decodeJson(set(element), JSON.stringify(given))).toHaveLength(size);
  });

  it("keep unknown elements apart, which may turn out different", () => {
    const bytes = encodeMsgpack(set(STRING), [UNKNOWN, "a", UNKNOWN]);
    expect(decodeMsgpack(set(STRING), bytes)).toHaveLength(3);
  });

  it("are the same whatever the order of their elements", () => {
    fc.assert(
      fc.property(arbitraryType(2), fc.context(), (element, log) => {
        const values = fc.sample(arbitraryValue(element, { unknowns: false }), 4);
        log.log(JSON.stringify(values));
        const list: Type = { kind: "list", element };
        const one = decodeMsgpack(set(element), encodeMsgpack(list, values));
        const other = decodeMsgpack(set(element), encodeMsgpack(list, [...values].reverse()));
        expectSame(other, one);
      }),
      runs(100),
    );
  });
});

describe("nesting", () => {
  const dynamicLayer = Buffer.concat([Buffer.from([0x92, 0xc4, 9]), Buffer.from('"dynamic"')]);

  it.each<[string, Type, Buffer]>([
    ["dynamic in dynamic", DYNAMIC, dynamicLayer],
    ["lists in lists, the type too", deepList(5000), Buffer.from([0x91])],
  ])("of %s ends in a CodecError", (_name, type, layer) => {
    const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => layer));
    expect(() => decodeMsgpack(type, bytes)).toThrow(CodecError);
  });

  it.each([
    ["lists", `{"type":"dynamic","value":${"[".repeat(1e5)}${"]".repeat(1e5)}}`],
    ["types", `{"type":${'["list",'.repeat(1e4)}"string"${"]".repeat(1e4)},"value":null}`],
    ["an unknown kind of type", `{"type":["x",${"[".repeat(1e5)}${"]".repeat(1e5)}],"value":1}`],
    ["numbers that need a second look", `${"[".repeat(1e5)}1e400${"]".repeat(1e5)}`],
    ["objects", `${'{"value":'.repeat(1e5)}1${"}".repeat(1e5)}`],
  ])("of %s in JSON ends in a CodecError", (_name, text) => {
    expect(() => decodeJson(DYNAMIC, text)).toThrow(CodecError);
    expect(() => decodeJson(NUMBER, text)).toThrow(CodecError);
    expect(() => decodeJson(STRING, text)).toThrow(CodecError);
  });
});

function deepList(depth: number): Type {
  let type: Type = STRING;
  for (let layer = 0; layer < depth; layer += 1) type = { kind: "list", element: type };
  return type;
}
