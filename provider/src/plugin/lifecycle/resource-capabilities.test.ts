/** What a resource can do beyond create, read, update, delete: move, identity, deferral, destroy plans. */
import {
  attributes,
  present,
  types,
  UNKNOWN,
  useStateForUnknown,
  withProviderData,
  type ResourceDefinition,
} from "../index";
import { InProcessTerraform, type InProcessOptions } from "../testing";

const { string, single } = attributes;
const define = withProviderData<string>();
const schema = {
  attributes: {
    id: string({ computed: true, planModifiers: [useStateForUnknown()] }),
    name: string({ required: true }),
    secret: string({ optional: true, writeOnly: true }),
    login: single({ password: string({ optional: true, writeOnly: true }) }, { optional: true }),
  },
};
const identityAttributes = {
  id: { type: types.string },
  region: { type: types.string, optionalForImport: true },
} as const;
type Thing = ResourceDefinition<typeof schema, string, typeof identityAttributes>;

const identity: NonNullable<Thing["identity"]> = {
  version: 2,
  attributes: identityAttributes,
  of: (state) => ({ id: present(state.id, "id"), region: "here" }),
  import: (_context, { id, region }) =>
    Promise.resolve(region === "there" ? undefined : { id, name: id }),
  upgrade: (_context, old, from) => ({ id: String(old["key"]), region: `v${from}` }),
};

function terraform(change: Partial<Thing>, options: InProcessOptions = {}): InProcessTerraform {
  const thing: Thing = {
    type: "test_thing",
    schema,
    create: (_context, plan) => Promise.resolve({ ...plan, id: `id-${plan.name}` }),
    read: (_context, state) => Promise.resolve(state),
    update: (_context, plan) => Promise.resolve(plan),
    delete: () => Promise.resolve(),
    import: (_context, id) => Promise.resolve({ id, name: id }),
    ...change,
  };
  return new InProcessTerraform(
    define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => "data",
      resources: [define.resource(thing)],
    }),
    options,
  );
}

const CONFIG = { name: "a" };

describe("a moved resource", () => {
  const move: Thing["move"] = (context, source) => {
    if (source.type !== "other_thing") return undefined;
    context.private.set("kept", source.private.get("kept"));
    return { id: String(source.state["key"]), name: `v${source.schemaVersion}` };
  };

  it("starts from what its type makes of the source, private state included", async () => {
    const moved = await terraform({ move }).move("test_thing", {
      type: "other_thing",
      schemaVersion: 3,
      state: { key: "k" },
      private: Buffer.from('{"kept":true}'),
    });
    expect(moved.diagnostics).toEqual([]);
    expect(moved.state).toMatchObject({ id: "k", name: "v3" });
    expect(Buffer.from(moved.private).toString()).toBe('{"kept":true}');
  });

  it("does not stumble over another provider's private state", async () => {
    const moved = await terraform({ move }).move("test_thing", {
      type: "other_thing",
      state: { key: "k" },
      private: Buffer.from([0xff]),
    });
    expect(moved.diagnostics).toEqual([]);
  });

  it.each([
    ["its type does not know the source", { move }],
    ["its type takes over nothing", {}],
  ])("is refused when %s, naming both", async (_why, change) => {
    const moved = await terraform(change).move("test_thing", { type: "strange", state: {} });
    expect(moved.diagnostics).toMatchObject([{ severity: "error", summary: "Move not supported" }]);
    expect(moved.diagnostics[0]?.detail).toMatch(/test_thing cannot take over strange/u);
  });
});

describe("an identity", () => {
  it("comes with the state of create and read, and stays in the plan", async () => {
    const core = terraform({ identity });
    const made = await core.apply("test_thing", CONFIG);
    expect(made.identity).toEqual({ id: "id-a", region: "here" });
    expect((await core.read("test_thing", made)).identity).toEqual(made.identity);
    const updated = await core.apply("test_thing", { name: "b" }, made);
    expect([updated.diagnostics, updated.identity]).toEqual([[], made.identity]);
  });

  it("must not change: a read that changes it is refused and the state kept", async () => {
    const core = terraform({
      identity,
      read: (_context, state) => Promise.resolve({ ...state, id: "another" }),
    });
    const made = await core.apply("test_thing", CONFIG);
    const read = await core.read("test_thing", made);
    expect(read.diagnostics).toMatchObject([{ summary: "Provider bug: identity changed" }]);
    expect([read.state, read.identity]).toEqual([made.state, made.identity]);
  });

  it("can be imported by", async () => {
    const core = terraform({ identity });
    const imported = await core.import("test_thing", { id: "x", region: null });
    expect(imported.state).toMatchObject({ id: "x", name: "x" });
    expect(imported.identity).toEqual({ id: "x", region: "here" });
    const missing = await core.import("test_thing", { id: "x", region: "there" });
    expect(missing.diagnostics).toMatchObject([{ summary: "Cannot import non-existent object" }]);
    const other = await terraform({ identity: { ...identity, version: 1 } }).import(
      "test_thing",
      "y",
    );
    expect(other.identity).toEqual({ id: "y", region: "here" });
  });

  it("of an older version is lifted, of the same passed on, of a newer one refused", async () => {
    const core = terraform({ identity });
    const lifted = await core.upgradeIdentity("test_thing", { key: "k" }, 1);
    expect(lifted.identity).toEqual({ id: "k", region: "v1" });
    const same = await core.upgradeIdentity("test_thing", { id: "k", region: "r" }, 2);
    expect(same.identity).toEqual({ id: "k", region: "r" });
    const newer = await core.upgradeIdentity("test_thing", {}, 3);
    expect(newer.diagnostics).toMatchObject([{ summary: "Identity of another version" }]);
  });

  it("consists of simple values", () => {
    const odd = {
      attributes: { tags: { type: types.map(types.string) } },
      of: () => ({ tags: {} }),
    };
    const broken = define.resource({
      type: "test_odd",
      schema,
      identity: odd,
      create: (_context, plan) => Promise.resolve(plan),
      read: (_context, state) => Promise.resolve(state),
      delete: () => Promise.resolve(),
    });
    const provider = define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => "data",
      resources: [broken],
    });
    expect(() => new InProcessTerraform(provider)).toThrow(/identity attribute tags/u);
  });
});

describe("a resource that is put off", () => {
  const allowing: InProcessOptions = { allow: { deferral: true } };

  it("has the plan it would have, marked as such, and is not applied", async () => {
    const core = terraform({ modifyPlan: ({ defer }) => defer("absent_prereq") }, allowing);
    expect(await core.plan("test_thing", CONFIG)).toMatchObject({
      planned: { name: "a", id: UNKNOWN },
      deferred: "absent_prereq",
      diagnostics: [],
    });
    expect((await core.apply("test_thing", CONFIG)).state).toBeNull();
  });

  it("keeps its state when read, and has none yet when imported", async () => {
    const made = await terraform({}).apply("test_thing", CONFIG);
    const later: Partial<Thing> = {
      read: ({ defer }) => defer("absent_prereq"),
      import: ({ defer }) => defer("absent_prereq"),
    };
    const core = terraform(later, allowing);
    const read = await core.read("test_thing", made);
    expect([read.deferred, read.state, read.diagnostics]).toEqual([
      "absent_prereq",
      made.state,
      [],
    ]);
    const imported = await core.import("test_thing", "x");
    expect([imported.deferred, imported.state]).toEqual(["absent_prereq", null]);
  });

  it("is an error with the way out where Terraform does not allow it", async () => {
    const core = terraform({ modifyPlan: ({ defer }) => defer("absent_prereq") });
    const { diagnostics, deferred } = await core.plan("test_thing", CONFIG);
    expect(deferred).toBeUndefined();
    expect(diagnostics).toMatchObject([{ summary: "Deferral not possible" }]);
    expect(diagnostics[0]?.detail).toContain("terraform apply -target");
  });
});

describe("a destroy", () => {
  it("is planned by the resource: it can warn and refuse", async () => {
    const core = terraform({
      planDestroy: (context, { name }) => {
        context.diagnostics.warn("Going", `${name} goes.`);
        if (name === "guarded") throw new Error("not this one");
      },
    });
    const made = await core.apply("test_thing", CONFIG);
    const plan = await core.plan("test_thing", null, made);
    expect(plan).toMatchObject({ planned: null, diagnostics: [{ severity: "warning" }] });
    const guarded = await core.apply("test_thing", { name: "guarded" });
    const kept = await core.apply("test_thing", null, guarded);
    expect(kept.state).toEqual(guarded.state);
    expect(kept.diagnostics).toContainEqual(expect.objectContaining({ detail: "not this one" }));
  });
});

describe("a write-only attribute", () => {
  it("is refused at its place by a Terraform that would store it", async () => {
    const old = terraform({}, { allow: { writeOnly: false } });
    const config = { ...CONFIG, secret: "s", login: { password: "p" } };
    const found = await old.validate("test_thing", config);
    expect(found.map(({ path }) => path)).toEqual(["secret", "login.password"]);
    expect(await old.validate("test_thing", CONFIG)).toEqual([]);
    expect(await terraform({}).validate("test_thing", config)).toEqual([]);
  });
});

describe("a final plan, made when what was unknown has become known", () => {
  it("is applied when it keeps what the first one promised", async () => {
    const made = await terraform({}).apply("test_thing", CONFIG, undefined, {
      plannedWith: { name: UNKNOWN },
    });
    expect([made.diagnostics, made.state]).toMatchObject([[], { id: "id-a", name: "a" }]);
  });

  it("is refused when it does not", async () => {
    const core = terraform({
      modifyPlan: (_context, { planned }) => ({
        ...planned,
        id: planned.name === UNKNOWN ? "promised" : "another",
      }),
    });
    const applied = core.apply("test_thing", CONFIG, undefined, { plannedWith: { name: UNKNOWN } });
    await expect(applied).rejects.toThrow(/the final plan of test_thing[^]*id: planned/u);
  });
});
