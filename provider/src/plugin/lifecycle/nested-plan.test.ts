/**
 * Plan modifiers and defaults inside nested attributes, where an element may be new, moved or gone while the resource
 * is not. See hashicorp/terraform-plugin-framework issue 1197 for the traps.
 */
import {
  attributes,
  requiresReplace,
  types,
  UNKNOWN,
  useStateForUnknown,
  withProviderData,
  type Attribute,
  type Attributes,
} from "../index";
import { InProcessTerraform } from "../testing";

const { bool, list, listNested, map, mapNested, number, object, set, setNested, single, string } =
  attributes;
type Record_ = Readonly<Record<string, unknown>>;

/** A provider with one resource, whose nested `id`s are made of the names beside them. */
function terraform(schema: Attributes): InProcessTerraform {
  const define = withProviderData<Record<string, never>>();
  const thing = define.resource({
    type: "test_thing",
    schema: { attributes: { ...schema, touched: number({ optional: true }) } },
    create: (_context, plan) => Promise.resolve(withIds(plan) as never),
    update: (_context, plan) => Promise.resolve(withIds(plan) as never),
    read: (_context, state) => Promise.resolve(state),
    delete: () => Promise.resolve(),
  });
  return new InProcessTerraform(
    define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => ({}),
      resources: [thing],
    }),
  );
}

/** Ids as a real system would give them; `note` stays null when it is not configured. */
function withIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIds);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([key, of]) => [key, withIds(of)] as const);
  const record: Record_ = Object.fromEntries(inner);
  return "id" in record ? { ...record, id: `id-${String(record["name"])}` } : record;
}

/** The plan for `next` after `config` was applied. */
async function planned(schema: Attributes, config: Record_, next: Record_) {
  const core = terraform(schema);
  const made = await core.apply("test_thing", config);
  expect(made.diagnostics).toEqual([]);
  const plan = await core.plan("test_thing", next, made);
  expect(plan.diagnostics).toEqual([]);
  return plan;
}

const child = {
  name: string({ required: true }),
  id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
  note: string({
    optional: true,
    computed: true,
    planModifiers: [useStateForUnknown({ keepNull: true })],
  }),
};
const A = { name: "a", id: "id-a", note: null };
const B = { name: "b", id: "id-b", note: null };
const NEW_C = { name: "c", id: UNKNOWN, note: UNKNOWN };
const a = { name: "a" };
const b = { name: "b" };
const c = { name: "c" };

describe("a computed attribute that keeps its value", () => {
  const one = single(child, { optional: true });
  const many = listNested(child, { optional: true });
  const named = mapNested(child, { optional: true });
  const unordered = setNested(child, { optional: true });

  it.each<[string, Attribute, readonly [before: unknown, after: unknown], unknown]>([
    ["of one object", one, [a, a], A],
    ["of an object that was absent", one, [null, c], NEW_C],
    [
      "of a list",
      many,
      [
        [a, b],
        [a, b],
      ],
      [A, B],
    ],
    ["of an appended element", many, [[a], [a, c]], [A, NEW_C]],
    ["of a map", named, [{ x: a, y: b }, { y: b }], { y: B }],
    ["of a new key", named, [{ x: a }, { x: a, z: c }], { x: A, z: NEW_C }],
    ["of a set", unordered, [[a, b], [b]], [B]],
    ["of a new element of a set", unordered, [[a], [a, c]], [A, NEW_C]],
    [
      "of a set in another order",
      unordered,
      [
        [a, b],
        [b, a],
      ],
      [A, B],
    ],
  ])("%s is planned rightly", async (_name, attribute, [before, after], expected) => {
    const plan = await planned({ of: attribute }, { of: before }, { of: after, touched: 1 });
    const { of } = plan.planned as Record_;
    if (Array.isArray(expected)) {
      expect(of).toHaveLength(expected.length);
      expect(of).toEqual(expect.arrayContaining(expected));
    } else expect(of).toEqual(expected);
  });

  it("meets another element's value when a list loses one, which whileSame notices", async () => {
    const careless = listNested(child, { optional: true });
    const careful = listNested(
      {
        name: string({ required: true }),
        id: string({
          computed: true,
          planModifiers: [useStateForUnknown({ whileSame: ["name"] })],
        }),
      },
      { optional: true },
    );
    const [before, after] = [{ of: [a, b] }, { of: [b] }];
    expect((await planned({ of: careless }, before, after)).planned).toMatchObject({
      of: [{ name: "b", id: "id-a" }],
    });
    expect((await planned({ of: careful }, before, after)).planned).toMatchObject({
      of: [{ name: "b", id: UNKNOWN }],
    });
    expect(
      (await planned({ of: careful }, before, { ...before, touched: 1 })).planned,
    ).toMatchObject({ of: [{ id: "id-a" }, { id: "id-b" }] });
  });

  it("meets another element's value when a list is reordered, which whileSame notices", async () => {
    const careful = listNested(
      {
        name: string({ required: true }),
        id: string({
          computed: true,
          planModifiers: [useStateForUnknown({ whileSame: ["name"] })],
        }),
      },
      { optional: true },
    );
    const plan = await planned({ of: careful }, { of: [a, b] }, { of: [b, a] });
    expect(plan.planned).toMatchObject({ of: [{ id: UNKNOWN }, { id: UNKNOWN }] });
  });
});

describe("a nested attribute that cannot change in place", () => {
  const part = { name: string({ required: true, planModifiers: [requiresReplace()] }) };

  const optional = { optional: true } as const;

  it.each<[string, Attribute, readonly [before: unknown, after: unknown], readonly string[]]>([
    [
      "names the element of a list",
      listNested(part, optional),
      [
        [a, b],
        [a, c],
      ],
      ["of[1].name"],
    ],
    ["names the entry of a map", mapNested(part, optional), [{ x: a }, { x: c }], ['of["x"].name']],
    ["names a set as a whole", setNested(part, optional), [[a], [c]], ["of"]],
    ["names the one object", single(part, optional), [a, c], ["of.name"]],
    [
      "lets alone what stays",
      listNested(part, optional),
      [
        [a, b],
        [a, b],
      ],
      [],
    ],
  ])("%s", async (_name, attribute, [before, after], expected) => {
    const plan = await planned({ of: attribute }, { of: before }, { of: after, touched: 1 });
    expect(plan.requiresReplace).toEqual(expected);
  });
});

describe("a default", () => {
  const inner = {
    name: string({ required: true }),
    size: number({ optional: true, default: 1 }),
    deep: single(
      { on: bool({ optional: true, default: false }), mode: string({ optional: true }) },
      { optional: true, default: { on: true, mode: null } },
    ),
  };
  const FULL = { name: "a", size: 1, deep: { on: true, mode: null } };

  it.each<[string, Attribute, unknown, unknown]>([
    ["of a string", string({ optional: true, default: "x" }), undefined, "x"],
    ["that is empty", string({ optional: true, default: "" }), undefined, ""],
    ["that is false", bool({ optional: true, default: false }), undefined, false],
    ["that is zero", number({ optional: true, default: 0 }), undefined, 0],
    [
      "of a list",
      list(types.string, { optional: true, default: ["b", "a"] }),
      undefined,
      ["b", "a"],
    ],
    [
      "of a set",
      set(types.string, { optional: true, default: ["b", "a", "b"] }),
      undefined,
      ["a", "b"],
    ],
    ["of a map", map(types.number, { optional: true, default: { k: 1 } }), undefined, { k: 1 }],
    [
      "of an object",
      object({ on: types.bool }, { optional: true, default: { on: true } }),
      undefined,
      { on: true },
    ],
    ["in one object", single(inner, { optional: true }), a, FULL],
    ["in a list", listNested(inner, { optional: true }), [a], [FULL]],
    ["in a map", mapNested(inner, { optional: true }), { k: a }, { k: FULL }],
    ["in a set", setNested(inner, { optional: true }), [a], [FULL]],
    [
      "two levels down",
      single(inner, { optional: true }),
      { ...a, deep: { mode: "m" } },
      { ...FULL, deep: { on: false, mode: "m" } },
    ],
    ["nowhere, when configured", string({ optional: true, default: "x" }), "y", "y"],
    ["nowhere, when unknown", string({ optional: true, default: "x" }), UNKNOWN, UNKNOWN],
    ["nowhere, in an absent object", single(inner, { optional: true }), undefined, null],
  ])("%s is planned", async (_name, attribute, config, expected) => {
    const core = terraform({ of: attribute });
    const given = (config === undefined ? {} : { of: config }) as never;
    const plan = await core.plan("test_thing", given);
    expect(plan.diagnostics).toEqual([]);
    expect(plan.planned).toEqual({ of: expected, touched: null });
  });
});
