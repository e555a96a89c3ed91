import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { METHODS } from "../protocol6/calls";
import { ProtoReader } from "../protocol6/wire";
import { BOOL, DYNAMIC, NUMBER, STRING, type Type } from "../values/type";
import { CodecError } from "./codec-error";
import { decodeJson } from "./json";
import { decodeMsgpack, encodeMsgpack } from "./msgpack";

const MANY: Type = {
  kind: "object",
  attributes: {
    text: STRING,
    count: NUMBER,
    flag: BOOL,
    any: DYNAMIC,
    list: { kind: "list", element: STRING },
    set: { kind: "set", element: NUMBER },
    map: { kind: "map", element: BOOL },
  },
};
const VALUE = {
  text: "é",
  count: 3,
  flag: true,
  any: null,
  list: ["a"],
  set: [1, 2],
  map: { k: true },
};

/** Enough on a machine with much else to do, and far below what a loop over an announced length would take. */
const SOON_MS = 5000;
const MEBIBYTE = 1024 * 1024;

function refused(type: Type, bytes: Uint8Array): void {
  try {
    decodeMsgpack(type, bytes);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
}

function soon(work: () => void): void {
  const start = performance.now();
  work();
  expect(performance.now() - start).toBeLessThan(SOON_MS);
}

describe("the MessagePack decoder", () => {
  it("reads plain data as a second implementation does", () => {
    const data = fc.record({
      text: fc.string({ unit: "grapheme" }),
      count: fc.integer(),
      flag: fc.boolean(),
      list: fc.array(fc.string()),
      map: fc.dictionary(
        fc.string().filter((key) => key !== "__proto__"),
        fc.boolean(),
        {
          noNullPrototype: true,
        },
      ),
    });
    fc.assert(
      fc.property(data, (given) => {
        const read = decodeMsgpack(MANY, encode(given));
        expect(read).toEqual({ ...given, any: null, set: null });
        expect(decode(encodeMsgpack(MANY, read))).toEqual(read);
      }),
    );
  });

  it("survives every truncation and every flipped bit of a message", () => {
    const whole = encodeMsgpack(MANY, VALUE);
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => decodeMsgpack(MANY, whole.subarray(0, length))).toThrow(CodecError);
    }
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Uint8Array.from(whole);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      refused(MANY, flipped);
    }
  });

  it.each<[string, Type, number[]]>([
    ["a string", STRING, [0xdb]],
    ["a list", { kind: "list", element: STRING }, [0xdd]],
    ["a map", { kind: "map", element: STRING }, [0xdf]],
    ["an object", MANY, [0xdf]],
    ["an extension", STRING, [0xc9]],
    ["the type of a dynamic value", DYNAMIC, [0x92, 0xc6]],
  ])("takes no memory for the length that %s announces", (_what, type, head) => {
    const before = process.memoryUsage().rss;
    const bomb = Uint8Array.from([...head, 0xff, 0xff, 0xff, 0xff, 0xc0]);
    soon(() => {
      expect(() => decodeMsgpack(type, bomb)).toThrow(CodecError);
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEBIBYTE);
  });

  it("is done with 64 MiB of anything soon", () => {
    const size = 64 * MEBIBYTE;
    const head = (code: number, length: number): Buffer => {
      const bytes = Buffer.alloc(5);
      bytes.writeUInt32BE(length, 1);
      bytes[0] = code;
      return bytes;
    };
    soon(() => {
      const text = Buffer.concat([head(0xdb, size), Buffer.alloc(size, "a")]);
      expect(decodeMsgpack(STRING, text)).toHaveLength(size);
    });
    soon(() => {
      const nulls = Buffer.concat([head(0xdd, size), Buffer.alloc(size, 0xc0)]);
      refused({ kind: "tuple", elements: [] }, nulls);
    });
    soon(() => {
      const keys = Buffer.concat([head(0xdf, size / 2), Buffer.alloc(size, 0xc0)]);
      refused({ kind: "map", element: BOOL }, keys);
    });
  }, 60_000);

  it("does not count long in sets of many elements", () => {
    const elements = Array.from({ length: 100_000 }, (_of, index) => index % 50_000);
    const bytes = encode(elements);
    soon(() => {
      expect(decodeMsgpack({ kind: "set", element: NUMBER }, bytes)).toHaveLength(50_000);
    });
  }, 30_000);

  it("gives no key a meaning of its own", () => {
    const map: Type = { kind: "map", element: STRING };
    const bytes = Buffer.concat([
      Buffer.from([0x81, 0xa9]),
      Buffer.from("__proto__"),
      Buffer.from([0xa1, 0x78]),
    ]);
    const value = decodeMsgpack(map, bytes);
    expect(Object.entries(value as object)).toEqual([["__proto__", "x"]]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(encodeMsgpack(map, value)).toEqual(bytes);
  });
});

describe("the JSON decoder", () => {
  it.each([
    ["quotes without an end", `"${'\\"'.repeat(MEBIBYTE)}1234567890123456`],
    ["deep nesting", "[".repeat(MEBIBYTE)],
    ["a number without an end", "9".repeat(MEBIBYTE)],
    ["a huge exponent", "1e999999999"],
    ["no JSON", "{"],
  ])("is done with %s soon", (_what, text) => {
    soon(() => {
      try {
        decodeJson(NUMBER, text);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
      }
    });
  });
});

describe("the Protocol Buffers decoder", () => {
  const messages = Object.values(METHODS).flatMap(({ request, response }) => [request, response]);

  it("answers garbage with nothing but RangeErrors", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(...messages),
        (bytes, message) => {
          try {
            message.decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("believes no length and no number without an end", () => {
    expect(() =>
      new ProtoReader(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f, 1])).bytes(),
    ).toThrow(RangeError);
    expect(() => new ProtoReader(new Uint8Array(11).fill(0xff)).varint()).toThrow(RangeError);
    expect(() => new ProtoReader(Uint8Array.from([0x80])).varint()).toThrow(RangeError);
  });

  it("is done with deep nesting soon", () => {
    let schema: Buffer = Buffer.alloc(0);
    const wrapped = (field: number, body: Buffer): Buffer => {
      const length: number[] = [];
      for (let rest = body.length; ; rest >>>= 7) {
        length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
        if (rest <= 0x7f) break;
      }
      return Buffer.concat([Buffer.from([(field << 3) | 2, ...length]), body]);
    };
    for (let depth = 0; depth < 20_000; depth += 1)
      schema = wrapped(depth % 2 === 0 ? 2 : 3, schema);
    soon(() => {
      const response = METHODS.GetProviderSchema.response;
      expect(() => response.decode(wrapped(1, wrapped(2, schema)))).toThrow(
        /nested deeper than 100/u,
      );
    });
  }, 30_000);
});
