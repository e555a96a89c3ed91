/**
 * Large input costs time and memory in proportion, or is refused. With COVEY_FUZZ_RUNS set it is larger, and 64 MiB of
 * everything.
 */
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from "../values/type";
import { CodecError } from "./codec-error";
import { decodeJson } from "./json";
import { decodeMsgpack } from "./msgpack";

jest.setTimeout(300_000);

const MIB = 1024 * 1024;
const LONG = process.env["COVEY_FUZZ_RUNS"] !== undefined;
const SMALL = LONG ? MIB : MIB / 8;

/** CPU time, because others may be busy on the machine. A refusal is an answer too. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of some times: collecting garbage adds to some of them, by as much again where most of it is still in use. */
function leastCpuMs(times: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: times }, () => cpuMs(work)));
}

/** Half of what it would be if time grew with the square of size. */
function expectInProportion(fewMs: number, manyMs: number): void {
  expect(manyMs).toBeLessThan((Math.max(fewMs, 20) * 16 * 16) / 2);
}

/** An array, map or string header with a length of 32 bits. */
function header(code: number, length: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = code;
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** One thing of `size` bytes behind its header. */
function one(code: number, byte: number): (size: number) => Uint8Array {
  return (size) => Buffer.concat([header(code, size), Buffer.alloc(size, byte)]);
}

/** As many of the element as make up `size` bytes, as an array or map. */
function many(hex: string, code = 0xdd): (size: number) => Uint8Array {
  const element = Buffer.from(hex, "hex");
  return (size) => {
    const count = Math.floor(size / element.length);
    return Buffer.concat([header(code, count), Buffer.alloc(count * element.length, element)]);
  };
}

const list = (element: Type): Type => ({ kind: "list", element });
const set = (element: Type): Type => ({ kind: "set", element });
const map = (element: Type): Type => ({ kind: "map", element });
const wide: Type = {
  kind: "object",
  attributes: Object.fromEntries(
    Array.from({ length: 20 }, (_of, index) => [`a${index}`, STRING] as const),
  ),
};
const BOOL_IN_DYNAMIC = `92c406${Buffer.from('"bool"').toString("hex")}c3`;

/** Every kind of thing that there can be much of, as its type and its bytes of about `size`. */
const MUCH: readonly (readonly [string, Type, (size: number) => Uint8Array])[] = [
  ["one string", STRING, one(0xdb, 0x61)],
  ["one string that is no UTF-8", STRING, one(0xdb, 0xff)],
  ["one number", NUMBER, one(0xdb, 0x39)],
  ["one extension", STRING, one(0xc9, 12)],
  ["one type", DYNAMIC, (size) => Buffer.concat([Buffer.from([0x92]), one(0xc6, 0x5b)(size)])],
  ["numbers of many digits", list(NUMBER), many(`d9fe${"39".repeat(254)}`)],
  ["strings", list(STRING), many(`bf${"61".repeat(31)}`)],
  ["empty strings", list(STRING), many("a0")],
  ["nulls", list(STRING), many("c0")],
  ["unknowns", list(STRING), many("d40000")],
  ["promises", list(STRING), many("c7030c8101c2")],
  ["equal elements of a set", set(STRING), many("a161")],
  ["elements of a set of sets", set(set(BOOL)), many("91c3")],
  ["empty lists", list(list(STRING)), many("90")],
  ["empty maps", list(map(STRING)), many("80")],
  ["objects without their attributes", list(wide), many("80")],
  ["equal keys", map(BOOL), many("a26161c3", 0xdf)],
  ["dynamic values", list(DYNAMIC), many(BOOL_IN_DYNAMIC)],
];

describe("MessagePack", () => {
  it.each(MUCH)(
    "with much of %s takes 16 times as long for 16 times as much",
    (_name, type, make) => {
      const [small, large] = [make(SMALL), make(16 * SMALL)];
      const once = (bytes: Uint8Array) => () => decodeMsgpack(type, bytes);
      expectInProportion(leastCpuMs(3, once(small)), leastCpuMs(2, once(large)));
    },
  );

  it.each(MUCH.filter(([name]) => LONG || /^(one|nulls|equal keys)/u.test(name)))(
    "of 64 MiB of %s is answered, with no more memory than there is",
    (_name, type, make) => {
      const bytes = make(64 * MIB);
      cpuMs(() => decodeMsgpack(type, bytes));
      expect(process.memoryUsage().heapUsed).toBeLessThan(1024 * MIB);
    },
  );
});

const TEXTS: readonly (readonly [string, Type, (size: number) => string])[] = [
  ["one string", STRING, (size) => `"${"a".repeat(size)}"`],
  ["escapes", STRING, (size) => `"${'\\"'.repeat(size / 2)}1234567890123456"`],
  ["digits", NUMBER, (size) => "9".repeat(size)],
  ["numbers", list(NUMBER), (size) => `[${"12345678901234567890,".repeat(size / 21)}1]`],
  ["empty strings", list(STRING), (size) => `[${'"",'.repeat(size / 3)}""]`],
  ["commas in a string", list(STRING), (size) => `["${",".repeat(size)}"]`],
  ["empty lists", list(list(STRING)), (size) => `[${"[],".repeat(size / 3)}[]]`],
  ["empty objects", list(wide), (size) => `[${"{},".repeat(size / 3)}{}]`],
  [
    "text that looks like a mark",
    STRING,
    (size) => `"${"decimal:".repeat(size / 8)}1234567890123456"`,
  ],
  ["tildes after a mark", list(STRING), (size) => `["decimal:${"~".repeat(size)}", 1e400]`],
  ["no JSON", STRING, (size) => '"a" '.repeat(size / 4)],
];

describe("JSON", () => {
  it.each(TEXTS)(
    "with much of %s takes 16 times as long for 16 times as much",
    (_name, type, make) => {
      const [small, large] = [make(SMALL), make(16 * SMALL)];
      const once = (text: string) => () => decodeJson(type, text);
      expectInProportion(leastCpuMs(3, once(small)), leastCpuMs(2, once(large)));
    },
  );
});
