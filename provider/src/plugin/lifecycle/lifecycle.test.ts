import {
  attributes,
  exactlyOneOf,
  isUnknown,
  oneOf,
  PluginError,
  requiresReplace,
  types,
  UNKNOWN,
  useStateForUnknown,
  withProviderData,
  type ResourceDefinition,
} from "../index";
import { InProcessTerraform } from "../testing";

const { string, number, listNested, setNested, map } = attributes;
const define = withProviderData<{ readonly prefix: string }>();

const schema = {
  validators: [exactlyOneOf("color", "shade")],
  attributes: {
    id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    revision: number({ computed: true }),
    name: string({ required: true, planModifiers: [requiresReplace()] }),
    color: string({ optional: true, validators: [oneOf("red", "blue")] }),
    shade: string({ optional: true }),
    mode: string({ optional: true, default: "fast" }),
    labels: map(types.string, { optional: true }),
    secret: string({ optional: true, writeOnly: true }),
    parts: listNested(
      { title: string({ required: true }), size: number({ optional: true, default: 1 }) },
      { optional: true },
    ),
    rules: setNested(
      { key: string({ required: true }), token: string({ computed: true }) },
      { optional: true },
    ),
  },
};
type Thing = ResourceDefinition<typeof schema, { readonly prefix: string }>;

const CONFIG = { name: "a", color: "red" };

function terraform(change: Partial<Thing> = {}, without: (keyof Thing)[] = []): InProcessTerraform {
  const complete: Thing = {
    type: "test_thing",
    schema,
    create: (context, plan) => {
      const rules = plan.rules?.map((rule) => ({ ...rule, token: `t-${rule.key}` })) ?? null;
      context.private.set("secret_given", context.config.secret !== null);
      return Promise.resolve({ ...plan, rules, id: `id-${plan.name}`, revision: 1 });
    },
    read: (_context, state) => Promise.resolve(state),
    update: (_context, plan, state) =>
      Promise.resolve({ ...plan, rules: state.rules, revision: (state.revision ?? 0) + 1 }),
    delete: () => Promise.resolve(),
    ...change,
  };
  const kept = Object.entries(complete).filter(([name]) => !without.includes(name as keyof Thing));
  const thing = Object.fromEntries(kept) as unknown as Thing;
  return new InProcessTerraform(
    define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => ({ prefix: "p" }),
      resources: [define.resource(thing)],
    }),
  );
}

describe("a plan", () => {
  it("for a new resource has defaults set and computed attributes unknown", async () => {
    const { planned, diagnostics } = await terraform().plan("test_thing", {
      ...CONFIG,
      parts: [{ title: "x" }],
      rules: [{ key: "k" }],
    });
    expect(diagnostics).toEqual([]);
    expect(planned).toEqual({
      id: UNKNOWN,
      revision: UNKNOWN,
      name: "a",
      color: "red",
      shade: null,
      mode: "fast",
      labels: null,
      secret: null,
      parts: [{ title: "x", size: 1 }],
      rules: [{ key: "k", token: UNKNOWN }],
    });
  });

  it("is the prior state when nothing changes, computed attributes in sets included", async () => {
    const core = terraform();
    const config = { ...CONFIG, rules: [{ key: "k" }, { key: "j" }] };
    const made = await core.apply("test_thing", config);
    expect(made.diagnostics).toEqual([]);
    expect((await core.plan("test_thing", config, made)).planned).toEqual(made.state);
  });

  it("keeps what useStateForUnknown guards and opens what may change", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", CONFIG);
    const plan = await core.plan("test_thing", { ...CONFIG, labels: { a: "b" } }, made);
    expect(plan).toMatchObject({
      planned: { id: "id-a", revision: UNKNOWN, labels: { a: "b" } },
      requiresReplace: [],
    });
  });

  it("names what can only be changed by replacing", async () => {
    const core = terraform();
    const made = await core.apply("test_thing", CONFIG);
    const plan = await core.plan("test_thing", { ...CONFIG, name: "b" }, made);
    expect(plan.requiresReplace).toEqual(["name"]);
  });

  it("replaces for every change when there is no update", async () => {
    const core = terraform({}, ["update"]);
    const made = await core.apply("test_thing", CONFIG);
    const plan = await core.plan("test_thing", { ...CONFIG, mode: "slow" }, made);
    expect(plan.requiresReplace).toEqual(["mode"]);
  });

  it("that breaks core's rules is refused with the attribute and the rule", async () => {
    const core = terraform({
      modifyPlan: (_context, { planned }) => ({ ...planned, shade: "made up", color: "blue" }),
    });
    const { diagnostics } = await core.plan("test_thing", CONFIG);
    expect(diagnostics).toMatchObject([
      { severity: "error", summary: "Provider bug: invalid plan" },
    ]);
    expect(diagnostics[0]?.detail).toContain(
      "- color: planned neither as configured nor as it was",
    );
    expect(diagnostics[0]?.detail).toContain("- shade: planned, though it is not configured");
  });
});

describe("an apply", () => {
  it("gives write-only values to the resource and never stores them", async () => {
    const made = await terraform().apply("test_thing", { ...CONFIG, secret: "s3cret" });
    expect(made.diagnostics).toEqual([]);
    expect(JSON.stringify(made.state)).not.toContain("s3cret");
    expect(Buffer.from(made.private).toString()).toBe('{"secret_given":true}');
  });

  it("that differs from the plan is refused, and what was made is kept", async () => {
    const core = terraform({
      create: (_context, plan) => Promise.resolve({ ...plan, id: "x", revision: 1, mode: "slow" }),
    });
    const made = await core.apply("test_thing", CONFIG);
    expect(made.diagnostics[0]).toMatchObject({
      summary: "Provider bug: result differs from plan",
      path: "mode",
    });
    expect(made.state).toMatchObject({ id: "x" });
  });

  it("whose create fails before anything was saved leaves nothing", async () => {
    const core = terraform({ create: () => Promise.reject(new Error("no room")) });
    const made = await core.apply("test_thing", CONFIG);
    expect(made.state).toBeNull();
    expect(made.diagnostics).toEqual([
      { severity: "error", summary: "Creating test_thing failed", detail: "no room", path: "" },
    ]);
  });

  it("whose create fails after saveState leaves what was saved", async () => {
    const core = terraform({
      create: (context) => {
        context.saveState({ id: "half" });
        throw new PluginError("No room", "Free some.", ["name"]);
      },
    });
    const made = await core.apply("test_thing", CONFIG);
    expect(made.state).toMatchObject({ id: "half", name: "a", revision: null });
    expect(made.diagnostics).toMatchObject([{ summary: "No room", path: "name" }]);
  });

  it("whose update fails keeps the prior state with what was saved on top", async () => {
    const core = terraform({
      update: (context) => {
        context.saveState({ mode: "slow" });
        throw new Error("no");
      },
    });
    const made = await core.apply("test_thing", CONFIG);
    const changed = { ...CONFIG, color: "blue", mode: "slow" };
    const updated = await core.apply("test_thing", changed, made);
    expect(updated.state).toMatchObject({ color: "red", mode: "slow", revision: 1 });
  });

  it("is aborted when the user interrupts, and says so", async () => {
    const core = terraform({
      create: async (context) => {
        context.saveState({ id: "half" });
        await core.stop();
        context.signal.throwIfAborted();
        throw new Error("not aborted");
      },
    });
    const made = await core.apply("test_thing", CONFIG);
    expect(made.diagnostics[0]?.summary).toBe("Creating test_thing was interrupted");
    expect(made.state).toMatchObject({ id: "half" });
  });
});

describe("a configuration", () => {
  it.each([
    ["a missing attribute", { color: "red" }, "name", "Missing attribute"],
    ["a value out of range", { name: "a", color: "green" }, "color", "Invalid value"],
    ["contradicting attributes", { name: "a", color: "red", shade: "x" }, "", "Invalid value"],
    ["a value only the provider sets", { ...CONFIG, id: "x" }, "id", "Read-only attribute"],
    ["a null element", { ...CONFIG, labels: { a: null } }, 'labels["a"]', "Null element"],
    [
      "a nested mistake",
      { ...CONFIG, parts: [{ size: 2 }] },
      "parts[0].title",
      "Missing attribute",
    ],
  ])("with %s is refused at its place", async (_name, config, path, summary) => {
    expect(await terraform().validate("test_thing", config)).toMatchObject([
      { severity: "error", summary, path },
    ]);
  });

  it("passes while values are unknown", async () => {
    const config = { name: UNKNOWN, color: UNKNOWN, shade: UNKNOWN };
    const core = terraform({
      validate: (context, { name }) => {
        if (!isUnknown(name)) context.diagnostics.error("known", "it should not be");
      },
    });
    expect(await core.validate("test_thing", config)).toEqual([]);
  });
});

describe("a stored state", () => {
  it("of the same version is passed on as it is", async () => {
    const { state } = await terraform().upgrade("test_thing", { name: "a" }, 0);
    expect(state).toMatchObject({ name: "a", id: null });
  });

  it("of an older version is lifted, of a newer one refused", async () => {
    const core = terraform({
      version: 2,
      upgrade: (_context, old, from) => ({ name: String(old["title"]), id: `v${from}` }),
    });
    const { state } = await core.upgrade("test_thing", { title: "old" }, 1);
    expect(state).toMatchObject({ name: "old", id: "v1" });
    const newer = await core.upgrade("test_thing", {}, 3);
    expect(newer.diagnostics[0]?.summary).toBe("State is newer than the provider");
  });

  it("that is gone is read as null, and import says what is missing", async () => {
    const core = terraform({
      read: () => Promise.resolve(undefined),
      import: () => Promise.resolve(undefined),
    });
    const made = await core.apply("test_thing", CONFIG);
    expect((await core.read("test_thing", made)).state).toBeNull();
    const imported = await core.import("test_thing", "nope");
    expect(imported.diagnostics[0]?.summary).toBe("Cannot import non-existent object");
  });
});
