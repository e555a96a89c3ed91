import fc from "fast-check";
import { findSyntaxFault } from "./json-syntax";
import { nearest } from "./nearest";

describe("where a text stops being JSON", () => {
  test.each([
    ['{"a": 1,}', 1, 9, /comma before '}'/],
    ["[1, 2", 1, 6, /',' or ']'/],
    ["{a: 1}", 1, 2, /double quotes/],
    ['{"a" 1}', 1, 6, /':'/],
    ['{"a": 01}', 1, 8, /',' or '}'/],
    ['{\n"a": tru\n}', 2, 6, /a value/],
    ['"a\nb"', 1, 3, /closing/],
    ['"\\x"', 1, 2, /escape/],
    ["", 1, 1, /a value/],
    ["{} {}", 1, 4, /end of the file/],
    ["[".repeat(100), 1, 66, /levels/],
  ])("%j: line %i, column %i", (text, line, column, expected) => {
    const fault = findSyntaxFault(text);
    expect(fault).toMatchObject({ line, column });
    expect(fault?.expected).toMatch(expected);
  });

  test("takes every JSON text, however it is indented", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat({ max: 4 }), (value, indent) => {
        expect(findSyntaxFault(JSON.stringify(value, null, indent))).toBeUndefined();
      }),
    );
  });

  test("agrees with JSON.parse on damaged texts", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "{", "]", "x", "\n", "0"))
      .map(
        ([text, at, put]) =>
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findSyntaxFault(text) === undefined).toBe(parses(text));
      }),
    );
  });
});

describe("the word probably meant", () => {
  test.each([
    ["gosipKey", "gossipKey"],
    ["datadir", "dataDir"],
    ["adress", "address"],
    ["xyzzy", undefined],
  ])("%s -> %s", (word, meant) => {
    expect(nearest(word, ["gossipKey", "dataDir", "address", "tls"])).toBe(meant);
  });

  test("none where there are none", () => {
    expect(nearest("a", [])).toBeUndefined();
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
