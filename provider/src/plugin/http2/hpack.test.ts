import fc from "fast-check";
import { encodeHeaders, HeaderDecoder } from "./hpack";
import { decodeHuffman } from "./huffman";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("header compression", () => {
  it("reads the requests of RFC 7541, C.4: one connection, Huffman code", () => {
    const decoder = new HeaderDecoder();
    const start = [
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "www.example.com"],
    ];
    expect(decoder.decode(hex("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))).toEqual(start);
    expect(decoder.decode(hex("8286 84be 5886 a8eb 1064 9cbf"))).toEqual([
      ...start,
      ["cache-control", "no-cache"],
    ]);
    expect(
      decoder.decode(hex("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf")),
    ).toEqual([
      [":method", "GET"],
      [":scheme", "https"],
      [":path", "/index.html"],
      [":authority", "www.example.com"],
      ["custom-key", "custom-value"],
    ]);
  });

  it("reads literals that are not to be remembered (C.2.2, C.2.3)", () => {
    const decoder = new HeaderDecoder();
    expect(decoder.decode(hex("040c 2f73 616d 706c 652f 7061 7468"))).toEqual([
      [":path", "/sample/path"],
    ]);
    expect(decoder.decode(hex("1008 7061 7373 776f 7264 0673 6563 7265 74"))).toEqual([
      ["password", "secret"],
    ]);
    expect(() => decoder.decode(hex("be"))).toThrow("no header has the index 62");
  });

  it("forgets what its table has no room for", () => {
    const decoder = new HeaderDecoder();
    decoder.decode(hex("4001 6101 62"));
    expect(decoder.decode(hex("be"))).toEqual([["a", "b"]]);
    decoder.decode(hex("20"));
    expect(() => decoder.decode(hex("be"))).toThrow(RangeError);
  });

  it.each([
    ["a number without end", "ffffffffffffffff"],
    ["a text that is cut off", "0005 6162"],
    ["a table larger than agreed", "3fe2 1f"],
    ["a Huffman code with more than its padding", "0082 ffff 00"],
  ])("refuses %s", (_name, block) => {
    expect(() => new HeaderDecoder().decode(hex(block))).toThrow(RangeError);
  });

  it("reads what it writes", () => {
    const text = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
      maxLength: 400,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (headers) => {
        expect(new HeaderDecoder().decode(encodeHeaders(headers))).toEqual(headers);
      }),
    );
  });

  it("answers garbage with a RangeError, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const read of [() => new HeaderDecoder().decode(bytes), () => decodeHuffman(bytes)])
          try {
            read();
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
      }),
    );
  });
});
