import fc from "fast-check";
import { formatPath } from "../../diagnostics/path";
import { BOOL, STRING, type Type } from "../../values/type";
import { UNKNOWN } from "../../values/unknown";
import { problemsOf, type Validator } from "../validator";
import { eachElement, eachKey, eachValue, sizeBetween, uniqueElements } from "./collections";
import { exactlyOneOf } from "./fields";
import { numberBetween } from "./numbers";
import { lengthBetween, stringMatches } from "./strings";

const LIST: Type = { kind: "list", element: STRING };
const SET: Type = { kind: "set", element: STRING };
const MAP: Type = { kind: "map", element: STRING };
const OBJECT: Type = { kind: "object", attributes: { a: BOOL, b: BOOL } };

function messages<T>(rule: Validator<T>, type: Type, value: T): string[] {
  return problemsOf(rule, value, { type, writeOnlyAllowed: true }).map(
    (found) => `${formatPath(found.path)} ${found.rule}: ${found.problem}.`,
  );
}

const word = stringMatches(/^[a-z]+$/u, "a word of a-z");

describe("the size", () => {
  it.each<[Type, readonly unknown[] | Readonly<Record<string, unknown>>, string | undefined]>([
    [LIST, ["a", "b"], undefined],
    [LIST, ["a"], "it has 1 element"],
    [LIST, ["a", UNKNOWN], undefined],
    [LIST, ["a", UNKNOWN, UNKNOWN, UNKNOWN], "it has 4 elements"],
    [MAP, { a: "x", b: UNKNOWN }, undefined],
    [MAP, {}, "it has 0 elements"],
    [SET, ["a"], "it has 1 element"],
    [SET, ["a", "b", "c", "d"], "it has 4 elements"],
    [SET, [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN], undefined],
    [SET, ["a", "b", UNKNOWN, UNKNOWN], undefined],
    [SET, ["a", "b", "c", "d", UNKNOWN], "it has 4 elements"],
    [SET, [UNKNOWN], "it has 1 element"],
  ])("of a $kind (%#) is judged as far as it is certain", (type, value, found) => {
    const expected = found === undefined ? [] : [` Must be 2 to 3 elements: ${found}.`];
    expect(messages(sizeBetween(2, 3), type, value)).toEqual(expected);
  });

  it("of no element is told apart from an absent one", () => {
    expect(messages(sizeBetween(1, Infinity), LIST, [])).toEqual([
      " Must be at least 1 element: it has 0 elements.",
    ]);
  });
});

describe("equal elements", () => {
  it("are named by their place, and unknown ones may turn out different", () => {
    const value = ["a", "b", "a", UNKNOWN, UNKNOWN, "a"];
    expect(messages(uniqueElements(), LIST, value)).toEqual([
      "[2] Must be without equal elements: it is equal to element 0.",
      "[5] Must be without equal elements: it is equal to element 0.",
    ]);
  });

  it("are found in objects whatever the order of their attributes", () => {
    const value = [
      { a: 1, b: [2n] },
      { b: [2], a: 1 },
      { a: 1, b: ["2"] },
      { a: 1, b: [UNKNOWN] },
    ];
    expect(messages(uniqueElements(), LIST, value)).toHaveLength(1);
  });

  it("are those that a set would drop", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ max: 5, min: 0 }), fc.string())), (value) => {
        const twice = value.length - new Set(value).size;
        expect(messages(uniqueElements(), LIST, value)).toHaveLength(twice);
      }),
    );
  });
});

describe("a rule for each element", () => {
  it("points at the element of a list, and passes over unknown ones", () => {
    expect(messages(eachElement(word), LIST, ["a", UNKNOWN as never, "B", "C"])).toEqual([
      '[2] Must be a word of a-z: "B" is not a word of a-z.',
      '[3] Must be a word of a-z: "C" is not a word of a-z.',
    ]);
  });

  it("points at the value of a map by its key", () => {
    const value = { good: "a", "not.good": "1" };
    const expected = ['["not.good"] Must be a word of a-z: "1" is not a word of a-z.'];
    expect(messages(eachElement(word), MAP, value)).toEqual(expected);
    expect(messages(eachValue(word), MAP, value)).toEqual(expected);
  });

  it("names the set as a whole, because Terraform cannot point into it", () => {
    expect(messages(eachElement(word), SET, ["1", "a"])).toEqual([
      ' Must be a word of a-z in every element: "1" is not a word of a-z.',
    ]);
  });

  it("reaches through lists of lists, and ends at a set on the way", () => {
    const rule = eachElement(eachElement(word));
    const lists: Type = { kind: "list", element: LIST };
    const sets: Type = { kind: "list", element: SET };
    expect(messages(rule, lists, [["a"], ["b", "2"]])[0]).toMatch(/^\[1\]\[1\] Must be a word/u);
    expect(messages(rule, sets, [["a"], ["b", "2"]])[0]).toMatch(/^\[1\] Must be .* in every/u);
  });

  it("may itself be over several attributes", () => {
    const type: Type = { kind: "list", element: OBJECT };
    expect(messages(eachElement(exactlyOneOf("a", "b")), type, [{ a: true, b: true }])).toEqual([
      "[0] Set exactly one of a, b: a, b are set.",
    ]);
  });

  it("says in the docs what each of them must be", () => {
    expect(eachElement(numberBetween(1, 2)).description).toBe("each element: 1 to 2");
    expect(eachValue(numberBetween(1, 2)).description).toBe("each value: 1 to 2");
    expect(eachKey(word).description).toBe("each key: a word of a-z");
  });
});

it("a rule for each key points at the entry and names the key", () => {
  expect(messages(eachKey(lengthBetween(1, 2)), MAP, { ab: 1, abc: UNKNOWN })).toEqual([
    'abc Must be 1 to 2 characters long: of key "abc", it is 3 characters long.',
  ]);
});
