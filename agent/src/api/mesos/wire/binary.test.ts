import { MesosCodecError } from "../codec-error";
import { readBinary } from "./binary-reader";
import { writeBinary } from "./binary-writer";
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
    repeated uint32 numbers = 13;
    repeated Mode modes = 14;
    map<string, Inner> named = 15;
  }`,
])("Root");

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const read = (text: string): Record<string, unknown> => readBinary(shape, hex(text));

describe("a message in bytes", () => {
  it.each<[string, object, string]>([
    ["a double", { ratio: 1.5 }, "09 000000000000f83f"],
    ["an infinite double", { ratio: Infinity }, "09 000000000000f07f"],
    ["a negative int32, of ten bytes", { small: -1 }, "10 ffffffffffffffffff01"],
    ["the greatest uint32", { natural: 2 ** 32 - 1 }, "18 ffffffff0f"],
    ["a negative int64", { large: -2 }, "20 feffffffffffffffff01"],
    ["2^53 - 1", { count: Number.MAX_SAFE_INTEGER }, "28 ffffffffffffff0f"],
    ["a boolean", { flag: true }, "30 01"],
    ["a string", { text: "é" }, "3a 02 c3a9"],
    ["no bytes", { data: "" }, "42 00"],
    ["bytes", { data: "AP8=" }, "42 02 00ff"],
    ["an enum", { mode: "OFF" }, "48 02"],
    ["a message", { inner: { value: "a", mode: "UNKNOWN" } }, "52 05 0a0161 1000"],
    ["lists, not packed", { texts: ["", "a"], numbers: [1, 2] }, "6200 620161 6801 6802"],
    ["a map", { named: { k: { value: "v" } } }, "7a 08 0a016b 1203 0a0176"],
  ])("is read and written: %s", (_what, message, bytes) => {
    expect(read(bytes)).toStrictEqual(message);
    expect(writeBinary(shape, message)).toEqual(hex(bytes));
  });

  it.each<[string, string, object]>([
    ["fields that are not known are dropped", "a00601 a2060161 a50600000000 a306 0801 a406", {}],
    ["so are known ones of another wire type", "3801 0a0161 500a", {}],
    ["the last of several values counts", "3a0161 3a0162", { text: "b" }],
    ["a message in parts is merged", "52021001 52030a0161", { inner: { value: "a", mode: "ON" } }],
    ["lists may be packed", "6a03 01ac02 7202 0102", { numbers: [1, 300], modes: ["ON", "OFF"] }],
    ["an enum's unknown number is absent", "4863 7063 7001", { modes: ["ON"] }],
    [
      "the last of a map's values counts",
      "7a080a016b12030a0161 7a080a016b12030a0162",
      { named: { k: { value: "b" } } },
    ],
    ["a map's key may be absent", "7a05 1203 0a0161", { named: { "": { value: "a" } } }],
    [
      "the greatest 64 bits become 2^53 - 1",
      "28 ffffffffffffffffff01 20 ffffffffffffffff7f",
      { count: Number.MAX_SAFE_INTEGER, large: Number.MAX_SAFE_INTEGER },
    ],
    ["the least become -(2^53 - 1)", "20 80808080808080808001", { large: Number.MIN_SAFE_INTEGER }],
  ])("follows proto2: %s", (_rule, bytes, message) => {
    expect(read(bytes)).toStrictEqual(message);
  });

  it("keeps a map's key __proto__ as a key", () => {
    const message = read("7a10 0a095f5f70726f746f5f5f 1203 0a0161");
    expect(Object.entries(message["named"] as object)).toEqual([["__proto__", { value: "a" }]]);
    expect(writeBinary(shape, message)).toEqual(hex("7a10 0a095f5f70726f746f5f5f 1203 0a0161"));
  });

  it.each<[string, string, string]>([
    ["a number that is none", "09 000000000000f87f", "ratio is NaN: it must be a number"],
    ["a string that is not UTF-8", "3a 02 ff61", 'text is "\ufffda": it must be UTF-8'],
    ["a key that is not UTF-8", "7a08 0a01ff 1203 0a0161", 'named is "\ufffd": it must be UTF-8'],
    ["a required field missing", "52 00", "inner.value is missing: it is required"],
    ["a required one in a map", "7a03 0a0161", "named.a.value is missing: it is required"],
    ["an enum's unknown number, required", "5a02 0863", "strict.mode is missing: it is required"],
    ["a string that is cut", "52 04 0a0561", "inner cannot be read: its bytes end too early"],
    ["a length beyond the end", "3a ffffffff0f 61", "text cannot be read: its bytes end too early"],
    ["a varint that is cut", "28 ffffff", "the body cannot be read: its bytes end too early"],
    ["a packed one that is cut", "6a 01 80", "numbers[0] cannot be read: its bytes end too early"],
    [
      "a varint without an end",
      `28 ${"ff".repeat(11)}`,
      "count cannot be read: invalid varint encoding",
    ],
    ["a field of number 0", "00 00", "the body cannot be read: it has a field of number 0"],
    ["no wire type", "a706", "the body cannot be read: invalid wire type 7 at offset 2"],
    ["an end of nothing", "a406", "the body cannot be read: invalid wire type 4 at offset 2"],
    ["a group without an end", "a306 0801", "the body cannot be read: its bytes end too early"],
    [
      "groups as deep as the bytes are long",
      "a306".repeat(100_000),
      "the body cannot be read: maximum nesting depth exceeded",
    ],
  ])("names what is wrong: %s", (_what, bytes, message) => {
    const reading = (): unknown => read(bytes);
    expect(reading).toThrow(MesosCodecError);
    expect(reading).toThrow(message);
  });

  it.each<[object, string]>([
    [{ unknown: 1 }, "Root has no field unknown"],
    [{ inner: {} }, "Inner lacks value"],
    [{ mode: "ASKEW" }, "an enum has no value ASKEW"],
  ])("is not written where the other side would read another: %j", (message, complaint) => {
    expect(() => writeBinary(shape, message)).toThrow(complaint);
  });
});
