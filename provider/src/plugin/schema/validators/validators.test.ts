import { Decimal } from "../../values/decimal";
import { UNKNOWN } from "../../values/unknown";
import { problemsOf, type Problem, type Validator } from "../validator";
import {
  eachElement,
  eachKey,
  eachValue,
  sizeAtLeast,
  sizeBetween,
  uniqueElements,
} from "./collections";
import { allOf, anyOf } from "./combined";
import {
  alsoRequires,
  atLeastOneOf,
  conflicting,
  exactlyOneOf,
  preferWriteOnly,
  requiredTogether,
} from "./fields";
import {
  float32,
  int32,
  int64,
  numberAtLeast,
  numberAtMost,
  numberBetween,
  wholeNumber,
} from "./numbers";
import {
  bytesBetween,
  lengthAtLeast,
  lengthAtMost,
  noneOf,
  oneOf,
  oneOfIgnoringCase,
  stringMatches,
} from "./strings";

it.each<[string, Validator<never>, unknown, unknown]>([
  ["lengthAtLeast", lengthAtLeast(2), "éé", "é"],
  ["lengthAtMost", lengthAtMost(1), "😀", "ab"],
  ["bytesBetween", bytesBetween(0, 2), "é", "éé"],
  ["oneOf", oneOf("a", "b"), "a", "A"],
  ["oneOfIgnoringCase", oneOfIgnoringCase("Ab"), "aB", "b"],
  ["noneOf", noneOf(1n, 2n), 3n, 2n],
  ["stringMatches", stringMatches(/^a/gu, "an a"), "ab", "b"],
  ["numberBetween", numberBetween(1, 2n ** 70n), 2n ** 70n, 2n ** 70n + 1n],
  ["numberAtLeast", numberAtLeast(new Decimal("0.1")), new Decimal("0.10"), new Decimal("0.09")],
  ["numberAtMost", numberAtMost(0.5), 0.5, 0.51],
  ["wholeNumber", wholeNumber(), new Decimal("12e30"), new Decimal("1.5")],
  ["wholeNumber of a number", wholeNumber(), 1e21, 1.5],
  ["int32", int32(), -2147483648, 2147483648],
  ["int64", int64(), 2n ** 63n - 1n, 2n ** 63n],
  ["float32", float32(), 3e38, 4e38],
  ["sizeAtLeast", sizeAtLeast(1), { a: 1 }, {}],
  ["sizeBetween", sizeBetween(1, 2), [1, 2], [1, 2, 3]],
  ["anyOf", anyOf(oneOf("a"), oneOf("b")), "b", "c"],
  ["allOf", allOf(lengthAtLeast(1), lengthAtMost(2)), "a", "abc"],
  ["exactlyOneOf", exactlyOneOf("a", "b"), { a: 1, b: null }, { a: 1, b: 2 }],
  ["atLeastOneOf", atLeastOneOf("a", "b"), { a: null, b: UNKNOWN }, { a: null, b: null }],
  ["conflicting", conflicting("a", "b"), { a: 1, b: UNKNOWN }, { a: 1, b: 2 }],
  ["requiredTogether", requiredTogether("a", "b"), { a: 1, b: UNKNOWN }, { a: 1, b: null }],
  ["alsoRequires", alsoRequires("a", "b"), { a: null, b: null }, { a: 1, b: null }],
])("%s lets one pass and not the other", (_name, rule, passes, fails) => {
  expect(problemsOf(rule, passes as never)).toEqual([]);
  expect(problemsOf(rule, fails as never)).toHaveLength(1);
});

it.each<[string, Validator<never>, unknown, Problem]>([
  [
    "an element",
    eachElement(oneOf("a")),
    ["a", UNKNOWN, "b"],
    { path: [2], problem: '"b" is not one of "a"' },
  ],
  [
    "an element of an element",
    eachElement(eachElement(oneOf(1))),
    [[1], [1, 2]],
    { path: [1, 1], problem: "2 is not one of 1" },
  ],
  [
    "a key",
    eachKey(lengthAtMost(1)),
    { a: 1, bb: 2 },
    { path: ["bb"], problem: "it is 2 characters long" },
  ],
  ["a value", eachValue(numberAtMost(1)), { a: 1, b: 2 }, { path: ["b"], problem: "it is 2" }],
  [
    "the later of equals",
    uniqueElements(),
    [{ a: 1n }, UNKNOWN, { a: 1n }],
    { path: [2], problem: "elements 0 and 2 are equal" },
  ],
  [
    "an attribute",
    alsoRequires("a", "b"),
    { a: 1, b: null },
    { path: ["a"], problem: "a also needs b" },
  ],
])("a problem points at %s", (_what, rule, value, problem) => {
  expect(problemsOf(rule, value as never)).toMatchObject([problem]);
});

it("what the state keeps is warned of, not refused", () => {
  const found = problemsOf(preferWriteOnly("password", "password_wo"), { password: "x" });
  expect(found).toMatchObject([{ severity: "warning", path: ["password"] }]);
  expect(problemsOf(anyOf(preferWriteOnly("a", "b")), { a: 1 })).toHaveLength(1);
});

it("blocks that are not there count as absent, empty attributes as set", () => {
  const rule = exactlyOneOf("a", "b");
  expect(problemsOf(rule, { a: [], b: 1 }, new Set(["a"]))).toEqual([]);
  expect(problemsOf(rule, { a: [], b: 1 })).toHaveLength(1);
});
