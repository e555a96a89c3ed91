import { DYNAMIC } from "../../values/type";
import { UNKNOWN } from "../../values/unknown";
import { custom, problemsOf, type Problem, type Validator } from "../validator";
import { oneOf } from "./choices";
import { allOf, anyOf } from "./combinators";
import { alsoRequires, atLeastOneOf, conflicting, exactlyOneOf, requiredTogether } from "./fields";
import { numberBetween, wholeNumber } from "./numbers";
import { lengthBetween, stringMatches } from "./strings";
import { atLeastSumOf, atMostSumOf, equalToSumOf } from "./sums";
import { preferWriteOnly } from "./write-only";

type Fields = Readonly<Record<string, unknown>>;

function found<T>(rule: Validator<T>, value: T, writeOnlyAllowed = true): Required<Problem>[] {
  return [...problemsOf(rule, value, { type: DYNAMIC, writeOnlyAllowed })];
}

function messages<T>(rule: Validator<T>, value: T): string[] {
  return found(rule, value).map(({ rule: must, problem }) => `${must}: ${problem}.`);
}

describe("rules over several attributes", () => {
  const one = exactlyOneOf("a", "b");
  const some = atLeastOneOf("a", "b");
  const most = conflicting("a", "b");
  const all = requiredTogether("a", "b", "c");
  const also = alsoRequires("a", "b", "c");

  it.each<[string, Validator<Fields>, Fields, string | undefined]>([
    ["one of one", one, { a: 1, b: null }, undefined],
    ["none of one", one, { a: null }, "Set exactly one of a, b: none is set."],
    ["two of one", one, { a: 0, b: "" }, "Set exactly one of a, b: a, b are set."],
    ["one and an unknown", one, { a: 1, b: UNKNOWN }, undefined],
    ["only an unknown", one, { a: null, b: UNKNOWN }, undefined],
    ["false, which is set", some, { a: false }, undefined],
    ["none at all", some, {}, "Set at least one of a, b: none is set."],
    ["an unknown, perhaps set", some, { b: UNKNOWN }, undefined],
    ["both of rivals", most, { a: 1, b: 1 }, "Set at most one of a, b: a, b are set."],
    ["a rival unknown", most, { a: 1, b: UNKNOWN }, undefined],
    ["neither rival", most, {}, undefined],
    ["all together", all, { a: 1, b: 1, c: 1 }, undefined],
    ["none together", all, {}, undefined],
    ["one alone", all, { b: 1 }, "Set all or none of a, b, c: b is set."],
    ["the last unknown", all, { a: 1, b: 1, c: UNKNOWN }, undefined],
    [
      "one absent for sure",
      all,
      { a: 1, b: null, c: UNKNOWN },
      "Set all or none of a, b, c: a is set.",
    ],
    ["all unknown but one", all, { a: null, b: UNKNOWN, c: UNKNOWN }, undefined],
    ["what is required", also, { a: 1, b: 1, c: 1 }, undefined],
    ["no requirement", also, { b: 1 }, undefined],
    ["a requirement unmet", also, { a: 1, b: 1 }, "With a also set b, c: c is missing."],
    ["two unmet", also, { a: 1 }, "With a also set b, c: b, c are missing."],
    ["perhaps met", also, { a: 1, b: UNKNOWN, c: 1 }, undefined],
    ["perhaps not required", also, { a: UNKNOWN }, undefined],
  ])("with %s", (_name, rule, fields, expected) => {
    expect(messages(rule, fields)).toEqual(expected === undefined ? [] : [expected]);
  });

  it("look inside nested objects, which may be absent or unknown", () => {
    const rule = alsoRequires("tls.cert", "tls.key");
    expect(found(rule, { tls: { cert: "x", key: null } })).toMatchObject([
      { path: ["tls", "cert"], problem: "tls.key is missing" },
    ]);
    expect(found(rule, { tls: null })).toEqual([]);
    expect(found(exactlyOneOf("tls.cert", "tls.key"), { tls: UNKNOWN })).toEqual([]);
  });

  it("take a block of which there is none for absent, but not another empty attribute", () => {
    const fields = { a: [], b: 1 };
    const context = { type: DYNAMIC, writeOnlyAllowed: true, blocks: new Set(["a"]) };
    expect(problemsOf(one, fields, context)).toEqual([]);
    expect(found(one, fields)).toHaveLength(1);
  });

  it("say which attributes they name", () => {
    expect(anyOf(one, also).names).toEqual(["a", "b", "a", "b", "c"]);
  });
});

describe("sums", () => {
  it.each<[Validator<Fields>, Fields, string | undefined]>([
    [atLeastSumOf("t", "a", "b"), { t: 3, a: 1, b: 2 }, undefined],
    [
      atLeastSumOf("t", "a", "b"),
      { t: 2, a: 1, b: 2n },
      "Keep t at least the sum of a, b: 2 against 3.",
    ],
    [atMostSumOf("t", "a", "b"), { t: 2 ** 53, a: 2n ** 53n, b: 1 }, undefined],
    [atMostSumOf("t", "a"), { t: 0.5, a: 0.25 }, "Keep t at most the sum of a: 0.5 against 0.25."],
    [equalToSumOf("t", "a", "b"), { t: 1, a: 1, b: null }, undefined],
    [
      equalToSumOf("t", "a", "b"),
      { t: 1, a: 1, b: 1 },
      "Keep t equal to the sum of a, b: 1 against 2.",
    ],
    [equalToSumOf("t", "a", "b"), { t: 1, a: 5, b: UNKNOWN }, undefined],
    [equalToSumOf("t", "a"), { t: UNKNOWN, a: 5 }, undefined],
    [equalToSumOf("t", "a"), { t: null, a: 5 }, undefined],
  ])("%# are held", (rule, fields, expected) => {
    expect(messages(rule, fields)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe("combined rules", () => {
  const even = custom<number | bigint>("even", (value) =>
    Number(value) % 2 === 0 ? undefined : `${value} is odd`,
  );

  it("that must all hold tell each one that does not, in its own words", () => {
    const rule = allOf(wholeNumber(), numberBetween(1, 3), even);
    expect(rule.description).toBe("a whole number and 1 to 3 and even");
    expect(messages(rule, 2)).toEqual([]);
    expect(messages(rule, 5)).toEqual(["Must be 1 to 3: it is 5.", "Must be even: 5 is odd."]);
  });

  it("of which one must hold tell what was wrong with each alternative", () => {
    const rule = anyOf(oneOf("auto"), stringMatches(/^\d+$/u, "a number"), lengthBetween(9, 9));
    expect(messages(rule, "auto")).toEqual([]);
    expect(messages(rule, "42")).toEqual([]);
    expect(messages(rule, "x")).toEqual([
      'Must be one of "auto" or a number or exactly 9 characters long: "x" is not one of "auto"; "x" is not a number; it is 1 character long.',
    ]);
  });

  it("say equal findings once", () => {
    expect(messages(anyOf(numberBetween(1, 2), numberBetween(5, 6)), 3)).toEqual([
      "Must be 1 to 2 or 5 to 6: it is 3.",
    ]);
  });

  it("hold although an alternative warns", () => {
    const warns = custom("warned of", () => ({ severity: "warning", problem: "old form" }));
    expect(found(anyOf(even, warns), 3)).toMatchObject([
      { severity: "warning", summary: "Questionable value", problem: "old form" },
    ]);
  });
});

describe("a secret with a write-only alternative", () => {
  it("is warned of where Terraform has write-only attributes", () => {
    expect(found(preferWriteOnly("password_wo"), "s3cret")).toMatchObject([
      {
        severity: "warning",
        summary: "Write-only alternative available",
        rule: "Use the write-only attribute password_wo instead",
      },
    ]);
  });

  it("passes in silence where Terraform has none", () => {
    expect(found(preferWriteOnly("password_wo"), "s3cret", false)).toEqual([]);
  });
});
