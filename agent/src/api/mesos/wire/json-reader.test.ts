import { MesosCodecError } from "../codec-error";
import { readJson } from "./json-reader";
import { parseShapes } from "./parse-shapes";

const shape = parseShapes([
  `syntax = "proto2";
  message Root {
    enum Mode { UNKNOWN = 0; ON = 1; OFF = 2; }
    message Inner { required string value = 1; optional Mode mode = 2; }
    message Strict { required Mode mode = 1; }
    optional double ratio = 1;
    optional int32 small = 2;
    optional uint32 natural = 3;
    optional int64 large = 4;
    optional uint64 count = 5;
    optional bool flag = 6;
    optional string text = 7;
    optional bytes data = 8;
    optional Mode mode = 9;
    optional Inner inner = 10;
    optional Strict strict = 11;
    repeated string texts = 12;
    repeated Inner inners = 13;
    repeated Mode modes = 14;
    map<string, Inner> named = 15;
  }`,
])("Root");

const read = (json: unknown): unknown => readJson(shape, Buffer.from(JSON.stringify(json)));

function refusal(body: Buffer): string {
  try {
    readJson(shape, body);
  } catch (error) {
    expect(error).toBeInstanceOf(MesosCodecError);
    return (error as Error).message;
  }
  throw new Error("it was read");
}

const refused = (json: unknown): string => refusal(Buffer.from(JSON.stringify(json)));

describe("a message in JSON", () => {
  it.each<[string, object, object]>([
    ["null is absent", { text: null, inner: null, texts: null, named: null }, {}],
    [
      "null in a list or map is absent",
      { texts: [null, "a"], named: { a: null } },
      { texts: ["a"] },
    ],
    ["an empty list or map is absent", { texts: [], named: {} }, {}],
    [
      "an unknown field is dropped",
      { none: [{}], inner: { value: "", x: 1 } },
      { inner: { value: "" } },
    ],
    [
      "one value stands for a list of one",
      { texts: "a", inners: { value: "b" } },
      { texts: ["a"], inners: [{ value: "b" }] },
    ],
    [
      "an unknown value of an enum is absent",
      { mode: "ASKEW", modes: ["ON", "ASKEW"] },
      { modes: ["ON"] },
    ],
    [
      "numbers may be strings",
      { ratio: "-1.5e2", small: " 7 ", count: "9" },
      { ratio: -150, small: 7, count: 9 },
    ],
    ["doubles may be infinite", { ratio: "Infinity" }, { ratio: Infinity }],
    ["and less than all", { ratio: "-Infinity" }, { ratio: -Infinity }],
    [
      "fractions of whole numbers are cut off",
      { large: 1100000000.0000002, small: -0.5 },
      { large: 1100000000, small: 0 },
    ],
    ["booleans may be strings", { flag: "false" }, { flag: false }],
    ["base64 may lack its padding and hold white space", { data: "AQ\n I" }, { data: "AQI=" }],
  ])("is liberal as Mesos is: %s", (_rule, json, message) => {
    expect(read(json)).toStrictEqual(message);
  });

  it.each<[string, number]>([
    ["9223372036854775807", Number.MAX_SAFE_INTEGER],
    ["-9223372036854775808", Number.MIN_SAFE_INTEGER],
  ])("makes of a 64-bit %s the nearest number that is exact", (sent, large) => {
    expect(readJson(shape, Buffer.from(`{"large":${sent}}`))).toStrictEqual({ large });
    expect(read({ large: sent })).toStrictEqual({ large });
  });

  it("keeps a map's key __proto__ as a key, and takes it for no field", () => {
    const message = readJson(
      shape,
      Buffer.from('{"__proto__":{"text":"x"},"named":{"__proto__":{"value":"y"}}}'),
    );
    expect(message["text"]).toBeUndefined();
    expect(Object.entries(message["named"] as object)).toEqual([["__proto__", { value: "y" }]]);
  });

  it.each<[object, string]>([
    [{ ratio: "abc" }, 'ratio is "abc": it must be a number'],
    [{ ratio: true }, "ratio is true: it must be a number"],
    [{ ratio: "NaN" }, 'ratio is "NaN": it must be a number'],
    [{ small: 2 ** 31 }, "small is 2147483648: it must be a whole number, of 32 bits"],
    [{ natural: -1 }, "natural is -1: it must be a whole number, of 32 bits and not negative"],
    [{ count: -1 }, "count is -1: it must be a whole number, of 64 bits and not negative"],
    [{ large: "Infinity" }, 'large is "Infinity": it must be a whole number, of 64 bits'],
    [{ flag: 1 }, "flag is 1: it must be a boolean"],
    [{ text: 5 }, "text is 5: it must be a string"],
    [{ text: ["a"] }, "text is a list: it must be a string"],
    [{ data: "a*" }, 'data is "a*": it must be bytes in base64'],
    [{ mode: 1 }, "mode is 1: it must be a name of its enum"],
    [{ inner: "x" }, 'inner is "x": it must be an object'],
    [{ inner: [] }, "inner is a list: it must be an object"],
    [
      { inners: [{ value: "a" }, { value: {} }] },
      "inners[1].value is an object: it must be a string",
    ],
    [{ named: { a: { value: 1 } } }, "named.a.value is 1: it must be a string"],
    [{ inner: {} }, "inner.value is missing: it is required"],
    [{ inner: { value: null } }, "inner.value is missing: it is required"],
    [{ inners: [{ value: "a" }, {}] }, "inners[1].value is missing: it is required"],
    [{ named: { a: {} } }, "named.a.value is missing: it is required"],
    [{ strict: { mode: "ASKEW" } }, 'strict.mode is "ASKEW": it must be one of UNKNOWN, ON, OFF'],
    [{ text: "\ud800" }, 'text is "\\ud800": it must be Unicode'],
    [{ inner: "x".repeat(1000) }, `inner is "${"x".repeat(60)}...": it must be an object`],
    [[], "the body is a list: it must be an object"],
  ])("names field, value and rule: %j", (json, message) => {
    expect(refused(json)).toBe(message);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["half of an object", Buffer.from('{"text":')],
    ["two objects", Buffer.from("{}{}")],
    ["no UTF-8", Buffer.from('{"text":"\xff"}', "latin1")],
    ["lists without an end", Buffer.from("[".repeat(100_000))],
  ])("is refused where the body is %s", (_what, body) => {
    expect(refusal(body)).toMatch(/^the body is no JSON: /u);
  });

  it("is done soon with lists as deep as the body is long", () => {
    const deep = 100_000;
    const body = Buffer.from(`{"none":${"[".repeat(deep)}${"]".repeat(deep)},"text":"a"}`);
    expect(readJson(shape, body)).toEqual({ text: "a" });
  });
});
