import fc from "fast-check";
import type { Attribute, Attributes } from "../../schema/attribute";
import { attributes, objectTypeOf } from "../../schema/attributes";
import { blocks } from "../../schema/blocks";
import { types } from "../../schema/types";
import { attributeOf, elementsOf, mapEntries } from "../../schema/walk";
import { traitsOf } from "../../schema/traits";
import { proposedState } from "../../testing/proposed";
import { Decimal } from "../../values/decimal";
import { dynamic } from "../../values/dynamic";
import { unknown } from "../../values/refinement";
import { isUnknown, UNKNOWN } from "../../values/unknown";
import { isRecord, setOf, type Value, type ValueRecord } from "../../values/value";
import { conform } from "../conform";
import { applyDefaults, markComputed } from "../propose";
import {
  applyViolations,
  finalPlanViolations,
  formatViolations,
  planViolations,
  replacePathViolations,
  stateViolations,
} from "./index";

const { bool, list, listNested, map, mapNested, number, set, setNested, single, string } =
  attributes;

const schema: Attributes = {
  id: string({ computed: true }),
  name: string({ required: true }),
  size: number({ optional: true }),
  mode: string({ optional: true, computed: true }),
  secret: string({ optional: true, writeOnly: true }),
  open: attributes.dynamic({ optional: true, computed: true }),
  tags: set(types.string, { optional: true, computed: true }),
  owner: single(
    { name: string({ required: true }), key: string({ computed: true }) },
    { optional: true },
  ),
  parts: listNested({ title: string({ required: true }) }, { optional: true }),
  keys: mapNested({ title: string({ required: true }) }, { optional: true }),
  rules: setNested({ title: string({ required: true }) }, { optional: true }),
  one: blocks.single({ size: number({ optional: true }) }, {}),
  row: blocks.list({ port: number({ required: true }), token: string({ computed: true }) }),
  peer: blocks.set({ port: number({ required: true }) }),
  zone: blocks.map({ port: number({ required: true }) }),
};

const CONFIG = value({
  name: "a",
  owner: { name: "ann" },
  parts: [{ title: "x" }],
  keys: { k: { title: "x" } },
  rules: [{ title: "x" }],
  one: { size: 1 },
  row: [{ port: 1 }],
  peer: [{ port: 1 }],
  zone: { w: { port: 1 } },
});
const PLAN = { ...CONFIG, id: UNKNOWN, mode: UNKNOWN, open: UNKNOWN, tags: UNKNOWN };

function value(model: object): ValueRecord {
  const of = conform(objectTypeOf(schema), model);
  if (!isRecord(of)) throw new Error("no object");
  return of;
}

describe("a plan", () => {
  it("by the rules is not accused", () => {
    expect(planViolations(schema, null, CONFIG, PLAN)).toEqual([]);
    expect(planViolations(schema, CONFIG, null, null)).toEqual([]);
    const prior = { ...CONFIG, size: 3, id: "x" };
    expect(planViolations(schema, prior, { ...CONFIG, size: 4 }, { ...PLAN, size: 3 })).toEqual([]);
    const promised = { ...PLAN, name: unknown({ prefix: "a" }) };
    expect(planViolations(schema, null, { ...CONFIG, name: UNKNOWN }, promised)).toEqual([]);
  });

  it.each<[string, object, string, RegExp]>([
    ["changes what is configured", { name: "b" }, "name", /neither as configured/],
    ["makes up what is not configured", { size: 1 }, "size", /not configured and not computed/],
    ["stores what is write-only", { secret: "s" }, "secret", /write-only/],
    ["drops a nested object", { owner: null }, "owner", /absent/],
    ["leaves a nested object open", { owner: UNKNOWN }, "owner", /unknown as a whole/],
    [
      "changes inside a nested object",
      { owner: { name: "bob", key: null } },
      "owner.name",
      /configured/,
    ],
    [
      "adds an element",
      { parts: [{ title: "x" }, { title: "y" }] },
      "parts",
      /1 elements configured, 2/,
    ],
    ["takes another key", { keys: { j: { title: "x" } } }, "keys.k", /not planned/],
    ["shrinks a set", { rules: [] }, "rules", /1 elements configured, 0/],
    ["drops a block", { one: null }, "one", /absent/],
    ["has a null for blocks", { row: null }, "row", /not null/],
    [
      "adds a block",
      {
        row: [
          { port: 1, token: null },
          { port: 2, token: null },
        ],
      },
      "row",
      /blocks/,
    ],
    ["leaves blocks open", { row: UNKNOWN }, "row", /unknown as a whole/],
    ["leaves a block open", { row: [UNKNOWN] }, "row[0]", /only attributes in it/],
    ["leaves a block of a set open", { peer: [UNKNOWN] }, "peer[0]", /only attributes in it/],
    ["changes inside a block", { row: [{ port: 2, token: null }] }, "row[0].port", /configured/],
    ["renames a block of a map", { zone: { e: { port: 1 } } }, "zone.w", /not planned/],
  ])("that %s is found", (_what, change, path, rule) => {
    const found = planViolations(schema, null, CONFIG, { ...PLAN, ...(change as ValueRecord) });
    expect(formatViolations(found)).toMatch(new RegExp(`^- ${path.replace(/[[\]]/gu, "\\$&")}: `));
    expect(found[0]?.rule).toMatch(rule);
    expect(found).toHaveLength(1);
  });

  it("has blocks that are unknown in the configuration unknown", () => {
    const config = { ...CONFIG, row: UNKNOWN };
    expect(planViolations(schema, null, config, { ...PLAN, row: UNKNOWN })).toEqual([]);
    expect(planViolations(schema, null, config, PLAN)).toMatchObject([{ path: ["row"] }]);
  });

  it("is there exactly when the configuration is", () => {
    expect(planViolations(schema, null, CONFIG, null)).toHaveLength(1);
    expect(planViolations(schema, CONFIG, null, PLAN)).toHaveLength(1);
  });

  it("asks for replacement of what the schema has", () => {
    const paths = [
      ["name"],
      ["row", 0, "port"],
      ["zone", "w", "port"],
      ["rules", 0, "gone"],
      ["open", "a"],
    ];
    expect(replacePathViolations(schema, paths)).toEqual([]);
    expect(replacePathViolations(schema, [["row", "port"], ["gone"]])).toHaveLength(2);
  });
});

describe("a final plan", () => {
  const first = { planned: PLAN, replaces: false };

  it("may know more, within what was promised, and may turn out to change nothing", () => {
    const planned = { ...PLAN, id: unknown({ prefix: "ab" }) };
    const second = { planned: { ...PLAN, id: "abc" }, replaces: false };
    expect(finalPlanViolations(schema, null, { ...first, planned }, second)).toEqual([]);
    expect(finalPlanViolations(schema, CONFIG, first, { ...first, planned: CONFIG })).toEqual([]);
  });

  it.each<[string, Value, boolean, RegExp]>([
    ["change another value", { ...PLAN, name: "b" }, false, /planned a string, but now another/],
    ["forget what was known", { ...PLAN, name: UNKNOWN }, false, /but now unknown/],
    ["replace instead", PLAN, true, /planned as update, but in the final plan as replace/],
    ["delete instead", null, false, /as delete/],
  ])("must not %s", (_what, planned, replaces, rule) => {
    const found = finalPlanViolations(schema, { ...CONFIG, id: "x" }, first, { planned, replaces });
    expect(formatViolations(found)).toMatch(rule);
  });

  it("must keep the promise", () => {
    const planned = { ...PLAN, id: unknown({ prefix: "ab" }) };
    const second = { planned: { ...PLAN, id: "xyz" }, replaces: false };
    expect(finalPlanViolations(schema, null, { planned, replaces: false }, second)).toMatchObject([
      { path: ["id"], rule: "it is not within what the plan promised of it" },
    ]);
  });
});

describe("an applied value", () => {
  const applied = { ...PLAN, id: "x", mode: "m", open: null, tags: ["t"] };

  it("may be anything where the plan was unknown", () => {
    expect(applyViolations(schema, PLAN, applied)).toEqual([]);
    const open = dynamic({ a: [1, new Decimal("9007199254740993")] });
    expect(applyViolations(schema, { ...PLAN, open }, { ...applied, open })).toEqual([]);
  });

  it.each<[string, object, object, RegExp]>([
    ["changed", {}, { name: "b" }, /name: planned a string, but now another/],
    ["vanished", {}, { name: null }, /name: planned a string, but now null/],
    ["appeared", {}, { size: 1 }, /size: planned null, but now a number/],
    ["still unknown", {}, { id: UNKNOWN }, /id: unknown after apply/],
    ["write-only", {}, { secret: "s" }, /secret: a write-only/],
    ["an element more", {}, { parts: [] }, /parts: 1 elements planned, but now 0/],
    ["another block count", {}, { row: [] }, /row: 1 elements planned, but now 0/],
    ["another key", {}, { zone: { e: { port: 1 } } }, /zone\.w: planned, but now gone/],
    ["another set", { tags: ["a"] }, { tags: ["b"] }, /tags: an element of the set .* is gone/],
    ["a larger set", { tags: ["a"] }, { tags: ["a", "b"] }, /tags: the set has an element/],
    ["of another type", {}, { name: 1 }, /name: .*where the schema has a string/],
    [
      "of another dynamic type",
      { open: dynamic("a") },
      { open: dynamic(1) },
      /open: planned as string/,
    ],
    [
      "beyond the promise",
      { id: unknown({ notNull: true }) },
      { id: null },
      /id: it is not within/,
    ],
    ["a null for blocks", { row: UNKNOWN }, { row: null }, /row: blocks must be empty/],
  ])("that is %s is found", (_what, plan, result, rule) => {
    const found = applyViolations(
      schema,
      { ...PLAN, ...(plan as ValueRecord) },
      { ...applied, ...(result as ValueRecord) },
    );
    expect(formatViolations(found)).toMatch(rule);
  });

  it("is null after a delete and only then", () => {
    expect(applyViolations(schema, null, null)).toEqual([]);
    expect(applyViolations(schema, null, applied)).toHaveLength(1);
    expect(applyViolations(schema, PLAN, null)).toHaveLength(1);
  });
});

describe("a state", () => {
  it("of a read may be gone, of an import or data source not", () => {
    expect(stateViolations(schema, null, "read")).toEqual([]);
    expect(stateViolations(schema, CONFIG, "import")).toEqual([]);
    expect(stateViolations(schema, null, "import")).toHaveLength(1);
    expect(stateViolations(schema, null, "data source")).toHaveLength(1);
    expect(stateViolations(schema, { ...CONFIG, id: UNKNOWN }, "read")).toMatchObject([
      { path: ["id"], rule: "unknown after read" },
    ]);
  });
});

describe("a provider that follows the rules", () => {
  it("is never accused, whatever its schema", () => {
    fc.assert(
      fc.property(scenario(), ({ of, prior, config, fill }) => {
        const proposed = applyDefaults(of, config, proposedState(of, prior, config));
        // Core itself cannot plan elements of a set that only a default makes equal: it counts them.
        fc.pre(!losesElements(of, config, proposed));
        const planned = markComputed(of, config, proposed);
        expect(planViolations(of, prior, config, planned)).toEqual([]);
        const result = completed(of, planned, fill);
        expect(applyViolations(of, planned, result)).toEqual([]);
        const known = markComputed(of, config, proposed);
        const plan = { planned, replaces: false };
        expect(finalPlanViolations(of, prior, plan, { planned: known, replaces: false })).toEqual(
          [],
        );
        const next = proposedState(of, result, config);
        expect(planViolations(of, result, config, applyDefaults(of, config, next))).toEqual([]);
      }),
      { numRuns: Number(process.env["COVEY_FUZZ_RUNS"] ?? 300) },
    );
  });
});

/** Whether a set that core counts has become smaller by defaults. It does not look into the elements of sets. */
function losesElements(of: Attributes, config: Value, proposed: Value): boolean {
  return Object.entries(of).some(([name, { nested }]) => {
    if (nested === undefined) return false;
    const wanted = elementsOf(nested.nesting, attributeOf(config, name));
    const found = elementsOf(nested.nesting, attributeOf(proposed, name));
    if (nested.nesting === "set") return found.length < wanted.length;
    return wanted.some(([, element], index) =>
      losesElements(nested.attributes, element, found[index]?.[1] ?? null),
    );
  });
}

interface Scenario {
  readonly of: Attributes;
  readonly prior: Value;
  readonly config: Value;
  readonly fill: string;
}

function scenario(): fc.Arbitrary<Scenario> {
  return arbitraryAttributes(2, true).chain((of) =>
    fc.record({
      of: fc.constant(of),
      prior: fc.constant(null),
      config: arbitraryObject(of),
      fill: fc.string(),
    }),
  );
}

type Made = readonly [Attribute, fc.Arbitrary<Value>];
const made = new WeakMap<Attribute, fc.Arbitrary<Value>>();

function arbitraryAttributes(depth: number, inBlock: boolean): fc.Arbitrary<Attributes> {
  const names = fc.constantFrom("a", "b", "c", "d", "e");
  return fc.dictionary(names, arbitraryAttribute(depth, inBlock), {
    minKeys: 1,
    noNullPrototype: true,
  });
}

function arbitraryAttribute(depth: number, inBlock: boolean): fc.Arbitrary<Attribute> {
  const text = fc.constantFrom<Value>("x", "y", UNKNOWN);
  const leaf = fc.constantFrom<Made>(
    [string({ required: true }), text],
    [string({ optional: true }), fc.option(text)],
    [string({ optional: true, computed: true }), fc.option(text)],
    [string({ optional: true, default: "x" }), fc.option(text)],
    [string({ computed: true }), fc.constant(null)],
    [bool({ optional: true, computed: true }), fc.option(fc.boolean())],
    [string({ optional: true, writeOnly: true }), fc.constant(null)],
    [list(types.string, { optional: true }), fc.option(fc.array(text, { maxLength: 2 }))],
    [map(types.string, { optional: true }), fc.constantFrom<Value>(null, { k: "x" }, UNKNOWN)],
  );
  const remembered = leaf.map(([attribute, values]) => remember(attribute, values));
  if (depth === 0) return remembered;
  return fc.oneof({ arbitrary: remembered, weight: 3 }, nestedAttribute(depth, inBlock));
}

function nestedAttribute(depth: number, inBlock: boolean): fc.Arbitrary<Attribute> {
  const nestings = fc.constantFrom("single", "list", "map", "set");
  const asBlock = inBlock ? fc.boolean() : fc.constant(false);
  return fc.tuple(nestings, asBlock).chain(([nesting, isBlock]) =>
    arbitraryAttributes(depth - 1, isBlock)
      .map((inner) => (nesting === "set" ? withoutWriteOnly(inner) : inner))
      .map((inner) => {
        const object = arbitraryObject(inner);
        const attribute = nestedOf(nesting, isBlock, inner);
        const values = elements(nesting, object);
        return remember(attribute, isBlock && nesting !== "single" ? values : fc.option(values));
      }),
  );
}

function withoutWriteOnly(inner: Attributes): Attributes {
  const kept = Object.entries(inner).filter(([, of]) => traitsOf({ of }).writeOnly.length === 0);
  return kept.length > 0
    ? Object.fromEntries(kept)
    : { a: remember(string({ required: true }), fc.constant("x")) };
}

function nestedOf(
  nesting: "single" | "list" | "map" | "set",
  isBlock: boolean,
  inner: Attributes,
): Attribute {
  if (isBlock) return nesting === "single" ? blocks.single(inner, {}) : blocks[nesting](inner);
  if (nesting === "single") return single(inner, { optional: true });
  if (nesting === "list") return listNested(inner, { optional: true });
  return nesting === "map"
    ? mapNested(inner, { optional: true })
    : setNested(inner, { optional: true });
}

function elements(nesting: string, object: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  if (nesting === "single") return object;
  if (nesting === "list") return fc.array(object, { maxLength: 2 });
  if (nesting === "set") return fc.array(object, { maxLength: 2 }).map(setOf);
  return fc.dictionary(fc.constantFrom("k", "l"), object, { noNullPrototype: true });
}

function arbitraryObject(of: Attributes): fc.Arbitrary<Value> {
  const members = Object.entries(of).map(
    ([name, attribute]) => [name, made.get(attribute) ?? fc.constant(null)] as const,
  );
  return fc.record(Object.fromEntries(members), { noNullPrototype: true });
}

/** A fresh attribute, as one constant may be drawn many times with values of its own. */
function remember(attribute: Attribute, values: fc.Arbitrary<Value>): Attribute {
  const fresh = { ...attribute };
  made.set(fresh, values);
  return fresh;
}

/** A result as a provider might give it: everything unknown filled in. */
function completed(of: Attributes, planned: Value, fill: string): Value {
  if (!isRecord(planned)) return planned;
  return mapEntries(planned, traitsOf(of).all, (_name, { type, nested }, own) => {
    if (nested === undefined || isUnknown(own)) return known(own, fill, type.kind);
    if (nested.nesting === "single") return completed(nested.attributes, own, fill);
    if (Array.isArray(own)) {
      const filled = own.map((element: Value) => completed(nested.attributes, element, fill));
      return nested.nesting === "set" ? setOf(filled) : filled;
    }
    if (!isRecord(own)) return own;
    return Object.fromEntries(
      Object.entries(own).map(([key, element]) => [
        key,
        completed(nested.attributes, element, fill),
      ]),
    );
  });
}

function known(own: Value, fill: string, kind: string): Value {
  if (Array.isArray(own)) return own.map((element: Value) => known(element, fill, "string"));
  if (!isUnknown(own)) return own;
  return kind === "string" ? fill : null;
}
