import { InProcessTerraform } from "../testing";
import type { Unknown } from "../values/unknown";
import { isUnknown, UNKNOWN } from "../values/unknown";
import {
  attributes,
  blocks,
  Decimal,
  defineProvider,
  defineResource,
  dynamic,
  plainData,
  preferWriteOnly,
  requiresReplace,
  sizeAtMost,
  types,
  useStateForUnknown,
  type Dynamic,
  type Model,
  type PlanModel,
  type Schema,
} from "../index";

const { decimal, integer, listNested, number, setNested, string, tuple } = attributes;

const schema = {
  attributes: {
    id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    name: string({ required: true }),
    size: number({ optional: true, default: 1 }),
    serial: integer({ optional: true }),
    ratio: decimal({ optional: true, default: new Decimal("0.10") }),
    open: attributes.dynamic({ optional: true }),
    pair: tuple([types.string, types.integer], { optional: true }),
    password: string({
      optional: true,
      sensitive: true,
      validators: [preferWriteOnly("password_wo")],
    }),
    items: listNested(
      {
        key: string({ required: true }),
        mark: string({ computed: true, planModifiers: [useStateForUnknown()] }),
        note: string({ computed: true, planModifiers: [useStateForUnknown({ keepNull: true })] }),
        fixed: string({ optional: true, planModifiers: [requiresReplace()] }),
      },
      { optional: true },
    ),
    peers: setNested(
      {
        key: string({ required: true }),
        mark: string({ computed: true, planModifiers: [useStateForUnknown()] }),
        mode: string({ optional: true, default: "fast" }),
      },
      { optional: true },
    ),
    rule: blocks.list(
      { port: number({ required: true }), mode: string({ optional: true, default: "fast" }) },
      { maxItems: 2, validators: [sizeAtMost(2)], deprecation: "Use items." },
    ),
    owner: blocks.single({ name: string({ required: true }) }, {}),
    admin: blocks.single({ name: string({ required: true }) }, { required: true }),
  },
};

type Known = Model<typeof schema>;
type Planned = PlanModel<typeof schema>;

/** Both types are one: neither is wider than the other. */
function same<A, B>(..._proof: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]): void {
  // Checked by the compiler.
}

it("schemas give types in which unknown, null and known are distinct", () => {
  same<Known["name"], string>();
  same<Known["id"], string | null>();
  same<Known["size"], number>();
  same<Known["serial"], bigint | null>();
  same<Known["ratio"], Decimal>();
  same<Known["open"], Dynamic | null>();
  same<Known["pair"], readonly [string | null, bigint | null] | null>();
  same<Known["rule"], readonly { readonly port: number; readonly mode: string }[]>();
  same<Known["owner"], { readonly name: string } | null>();
  same<Known["admin"], { readonly name: string }>();
  same<Planned["name"], string | Unknown>();
  same<Planned["serial"], bigint | Unknown | null>();
  same<Planned["admin"], { readonly name: string | Unknown } | Unknown>();
  same<Extract<Planned["ratio"], Unknown>, Unknown>();
  const name: Planned["name"] = UNKNOWN;
  expect(isUnknown(name)).toBe(true);
});

const MADE = { admin: { name: "root" }, name: "a" };

function terraform(of: Schema = schema): InProcessTerraform {
  const thing = defineResource({
    type: "test_thing",
    schema: of,
    create: (_context, plan) => Promise.resolve(filled(plan)),
    read: (_context, state) => Promise.resolve(state),
    update: (_context, plan) => Promise.resolve(filled(plan)),
    delete: () => Promise.resolve(),
  });
  return new InProcessTerraform(
    defineProvider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => ({}),
      resources: [thing],
    }),
  );
}

/** With every `mark` named after its key, and `note` null. */
function filled<T extends object>(plan: T): T {
  const { items, peers } = plan as { items?: readonly Marked[]; peers?: readonly Marked[] };
  const marked = (of: readonly Marked[] | null | undefined) =>
    of?.map((one) => ({ ...one, mark: one.mark ?? `m-${one.key}` })) ?? null;
  return { ...plan, id: "x", items: marked(items), peers: marked(peers) };
}

interface Marked {
  readonly key: string;
  readonly mark: string | null;
}

describe("numbers in models", () => {
  it("have the form the schema gives them", async () => {
    const core = terraform();
    const { planned, diagnostics } = await core.plan("test_thing", {
      ...MADE,
      serial: 9007199254740993n,
      pair: ["x", 2n ** 70n],
    });
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({
      serial: new Decimal("9007199254740993"),
      ratio: 0.1,
      pair: ["x", new Decimal((2n ** 70n).toString())],
    });
  });

  it("are refused where they do not fit, at their place", async () => {
    const found = await terraform().validate("test_thing", {
      ...MADE,
      serial: 1.5,
      rule: [{ port: new Decimal("9007199254740993") }],
    });
    expect(found.filter(({ severity }) => severity === "error")).toMatchObject([
      { path: "serial", summary: "Number not supported" },
      { path: "rule[0].port", summary: "Number not supported" },
    ]);
  });

  it("count in order whatever their length", () => {
    const texts = [
      "-1e500",
      "-2",
      "-0.5",
      "0",
      "1e-500",
      "0.25",
      "3",
      "10",
      "9007199254740993",
      "1e500",
    ];
    const sorted = texts.map((text) => new Decimal(text)).reverse();
    sorted.sort((a, b) => a.compare(b));
    expect(sorted.map(({ text }) => text)).toEqual(texts.map((text) => new Decimal(text).text));
    expect(() => new Decimal("1.5").toBigInt()).toThrow(RangeError);
    expect(() => new Decimal("1e999999999").toBigInt()).toThrow(RangeError);
    expect(new Decimal("12e3").toBigInt()).toBe(12_000n);
  });
});

describe("dynamic values", () => {
  it("have the type of plain data, and give it back", () => {
    const data = { list: ["a", 1, true], big: 2n ** 70n, none: null, inner: { x: 0.5 } };
    const value = dynamic(data);
    expect(value.type).toMatchObject({ kind: "object", attributes: { none: { kind: "dynamic" } } });
    expect(plainData(value)).toEqual({ ...data, big: new Decimal((2n ** 70n).toString()) });
    expect(() => dynamic(Number.NaN)).toThrow(TypeError);
  });
});

describe("plan modifiers inside nested objects", () => {
  const before = {
    ...MADE,
    items: [{ key: "a" }, { key: "b" }],
    peers: [{ key: "a" }, { key: "b" }],
  };

  it("go by the index in lists: what moves is compared with what was in its place", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", before);
    const items = [{ key: "b" }, { key: "a" }];
    const { planned } = await core.plan("test_thing", { ...before, items }, made);
    expect(planned).toMatchObject({
      items: [
        { key: "b", mark: "m-a" },
        { key: "a", mark: "m-b" },
      ],
    });
  });

  it("find elements of sets again by what is configured, defaults included", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", before);
    const peers = [{ key: "c" }, { key: "b" }];
    const { planned } = await core.plan("test_thing", { ...before, peers }, made);
    expect(planned).toMatchObject({
      peers: [
        { key: "b", mark: "m-b", mode: "fast" },
        { key: "c", mark: UNKNOWN, mode: "fast" },
      ],
    });
  });

  it("take a null for a value only where the object was there before", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", before);
    const items = [...before.items, { key: "c" }];
    const { planned } = await core.plan("test_thing", { ...before, items }, made);
    expect(planned).toMatchObject({
      items: [{ note: null }, { note: null }, { mark: UNKNOWN, note: UNKNOWN }],
    });
  });

  it("ask for replacement with the path of the attribute", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", before);
    const items = [{ key: "a" }, { key: "b", fixed: "y" }];
    const plan = await core.plan("test_thing", { ...before, items }, made);
    expect(plan.requiresReplace).toEqual(["items[1].fixed"]);
  });
});

describe("blocks", () => {
  it("are empty where there are none, and have defaults", async () => {
    const core = terraform();
    const none = await core.apply("test_thing", MADE);
    expect(none.diagnostics).toEqual([]);
    expect(none.state).toMatchObject({ rule: [], owner: null, admin: { name: "root" } });
    const { planned } = await core.plan("test_thing", { ...MADE, rule: [{ port: 1 }] }, none);
    expect(planned).toMatchObject({ rule: [{ port: 1, mode: "fast" }] });
  });

  it("are counted, and told of when deprecated", async () => {
    const rule = [{ port: 1 }, { port: 2 }, { port: 3 }];
    const found = await terraform().validate("test_thing", { name: "a", rule });
    expect(found).toMatchObject([
      { severity: "error", path: "rule", summary: "Wrong number of blocks" },
      { severity: "warning", path: "rule", summary: "Deprecated block" },
      { severity: "error", path: "rule", summary: "Invalid value" },
      { severity: "error", path: "admin", summary: "Wrong number of blocks" },
    ]);
  });

  it("stay unknown as a whole while the configuration is", async () => {
    const { planned, diagnostics } = await terraform().plan("test_thing", {
      ...MADE,
      rule: UNKNOWN,
    });
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({ rule: UNKNOWN });
  });
});
