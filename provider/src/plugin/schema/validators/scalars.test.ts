import fc from "fast-check";
import { Decimal } from "../../values/decimal";
import { DYNAMIC } from "../../values/type";
import { problemsOf, type Validator } from "../validator";
import { noneOf, oneOf, oneOfIgnoringCase } from "./choices";
import {
  atLeast,
  atMost,
  float32,
  int32,
  int64,
  numberBetween,
  wholeNumber,
  type AnyNumber,
} from "./numbers";
import { bytesBetween, lengthBetween, stringMatches } from "./strings";

/** The messages a value gives, as the user reads them. */
function messages<T>(rule: Validator<T>, value: T): string[] {
  const context = { type: DYNAMIC, writeOnlyAllowed: true };
  return problemsOf(rule, value, context).map((found) => `${found.rule}: ${found.problem}.`);
}

const slug = stringMatches(/^[a-z]+$/gu, "a word of a-z");

describe("strings", () => {
  it.each<[Validator<string>, string, string | undefined]>([
    [slug, "abc", undefined],
    [slug, "ABC", 'Must be a word of a-z: "ABC" is not a word of a-z.'],
    [lengthBetween(2, 3), "😀😀", undefined],
    [lengthBetween(2, 3), "a", "Must be 2 to 3 characters long: it is 1 character long."],
    [lengthBetween(0, 1), "ab", "Must be at most 1 character long: it is 2 characters long."],
    [
      lengthBetween(2, Infinity),
      "",
      "Must be at least 2 characters long: it is 0 characters long.",
    ],
    [bytesBetween(1, 4), "😀", undefined],
    [bytesBetween(4, 4), "é", "Must be exactly 4 bytes long in UTF-8: it is 2 bytes long."],
    [oneOf("a", "b"), "b", undefined],
    [oneOf("a", "b"), "B", 'Must be one of "a", "b": "B" is not one of "a", "b".'],
    [oneOfIgnoringCase("Always", "never"), "ALWAYS", undefined],
    [
      oneOfIgnoringCase("Always", "never"),
      "often",
      'Must be one of "Always", "never" in any case: "often" is not one of "Always", "never".',
    ],
    [noneOf("root", "admin"), "me", undefined],
    [noneOf("root", "admin"), "root", 'Must be none of "root", "admin": it is "root".'],
  ])("%# are judged", (rule, value, expected) => {
    expect(messages(rule, value)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("are judged alike each time, also by a pattern with memory", () => {
    expect([messages(slug, "abc"), messages(slug, "abc")]).toEqual([[], []]);
  });

  it("are repeated in messages no longer than a line", () => {
    const [message = ""] = messages(slug, "9".repeat(10_000));
    expect(message.length).toBeLessThan(150);
    expect(message).toContain('9..." is not');
  });

  it("are measured in code points and in bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const characters = Array.from(text).length;
        const bytes = Buffer.byteLength(text);
        expect(messages(lengthBetween(characters, characters), text)).toEqual([]);
        expect(messages(lengthBetween(characters + 1, Infinity), text)).toHaveLength(1);
        expect(messages(bytesBetween(bytes, bytes), text)).toEqual([]);
        expect(messages(bytesBetween(0, bytes - 1), text)).toHaveLength(1);
      }),
    );
  });
});

describe("numbers", () => {
  it.each<[Validator<AnyNumber>, AnyNumber, string | undefined]>([
    [numberBetween(1, new Decimal("1e400")), new Decimal("1e399"), undefined],
    [atLeast(new Decimal("0.1")), new Decimal("0.10"), undefined],
    [atLeast(0.1), new Decimal("0.09"), "Must be at least 0.1: it is 0.09."],
    [wholeNumber(), new Decimal("12e500"), undefined],
    [wholeNumber(), new Decimal("1.5"), "Must be a whole number: 1.5 is not a whole number."],
    [wholeNumber(), new Decimal("1e-500"), "Must be a whole number: 1e-500 is not a whole number."],
    [float32(), 3e38, undefined],
    [float32(), 4e38, "Must be -3.4028234663852886e+38 to 3.4028234663852886e+38: it is 4e+38."],
    [numberBetween(1, 3), 1, undefined],
    [numberBetween(1, 3), 3n, undefined],
    [numberBetween(1, 3), 3.5, "Must be 1 to 3: it is 3.5."],
    [numberBetween(1, 2n ** 64n), 2n ** 64n, undefined],
    [
      numberBetween(0, 2n ** 64n - 1n),
      2n ** 64n,
      "Must be 0 to 18446744073709551615: it is 18446744073709551616.",
    ],
    [atLeast(0), -1, "Must be at least 0: it is -1."],
    [atMost(10), 11n, "Must be at most 10: it is 11."],
    [atMost(10), -1e300, undefined],
    [wholeNumber(), 5n, undefined],
    [wholeNumber(), 1e300, undefined],
    [wholeNumber(), 0.5, "Must be a whole number: 0.5 is not a whole number."],
    [int32(), -2147483648, undefined],
    [
      int32(),
      2147483648,
      "Must be a whole number from -2147483648 to 2147483647: it is 2147483648.",
    ],
    [int64(), 2n ** 63n - 1n, undefined],
    [
      int64(),
      2 ** 63,
      "Must be a whole number from -9223372036854775808 to 9223372036854775807: it is 9223372036854776000.",
    ],
    [oneOf(1, 2), 2n, undefined],
    [oneOf(1, 2), 3, "Must be one of 1, 2: 3 is not one of 1, 2."],
    [noneOf<number | bigint>(0, 13n), 13, "Must be none of 0, 13: it is 13."],
  ])("%# are judged", (rule, value, expected) => {
    expect(messages(rule, value)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("are compared exactly, whether they are plain or big", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.maxSafeInteger(), (value, bound, plain) => {
        expect(messages(atLeast(bound), value)).toHaveLength(value >= bound ? 0 : 1);
        expect(messages(atMost(plain), value)).toHaveLength(value <= BigInt(plain) ? 0 : 1);
        expect(messages(oneOf<number | bigint>(plain), BigInt(plain))).toEqual([]);
      }),
    );
  });
});
