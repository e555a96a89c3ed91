import {
  attributes,
  isUnknown,
  UNKNOWN,
  withProviderData,
  type ProviderDefinition,
} from "../index";
import { InProcessTerraform, type InProcessOptions } from "../testing";

const { string } = attributes;
const define = withProviderData<string>();
const schema = { attributes: { endpoint: string({ optional: true }) } };
type Definition = ProviderDefinition<typeof schema, string>;

const thing = define.resource({
  type: "test_thing",
  schema: { attributes: { name: string({ required: true }), told: string({ computed: true }) } },
  create: (context, plan) =>
    Promise.resolve({ ...plan, told: `${context.providerData} ${told(context.providerMeta)}` }),
  read: (context, state) => Promise.resolve({ ...state, told: told(context.providerMeta) }),
  delete: () => Promise.resolve(),
});

const things = define.dataSource({
  type: "test_things",
  schema: { attributes: { told: string({ computed: true }) } },
  validate: (context) => {
    context.diagnostics.warn("Slow", "It takes a while.");
  },
  read: (context) => Promise.resolve({ told: told(context.providerMeta) }),
});

function told(meta: Readonly<Record<string, unknown>> | undefined): string {
  return meta === undefined ? "nothing" : String(meta["module"]);
}

function terraform(
  change: Partial<Definition> = {},
  options: InProcessOptions = {},
): InProcessTerraform {
  const definition: Definition = {
    name: "test",
    address: "example.invalid/test/test",
    version: "0.0.0",
    schema,
    configure: (_context, { endpoint }) => (isUnknown(endpoint) ? "open" : (endpoint ?? "none")),
    resources: [thing],
    dataSources: [things],
    ...change,
  };
  return new InProcessTerraform(define.provider(definition), options);
}

describe("a provider", () => {
  it("is validated by its schema and by itself", async () => {
    const core = terraform({
      validate: (context, { endpoint }) => {
        if (endpoint === "x") context.diagnostics.error("Bad endpoint", "Not x.", ["endpoint"]);
      },
    });
    expect(await core.validateProvider({ endpoint: "x" })).toMatchObject([{ path: "endpoint" }]);
    expect(await core.validateProvider({ endpoint: UNKNOWN })).toEqual([]);
  });

  it("validates its data sources", async () => {
    const found = await terraform().validateDataSource("test_things", {});
    expect(found).toMatchObject([{ severity: "warning", summary: "Slow" }]);
  });

  it("hands on what modules say in their provider_meta block, and nothing without a schema", async () => {
    const meta = { attributes: { module: string({ optional: true }) } };
    const core = terraform({ meta }, { providerMeta: { module: "network" } });
    await core.configure({ endpoint: "e" });
    const made = await core.apply("test_thing", { name: "a" });
    expect(made.state).toMatchObject({ told: "e network" });
    expect((await core.read("test_thing", made)).state).toMatchObject({ told: "network" });
    expect((await core.readDataSource("test_things", {})).state).toEqual({ told: "network" });
    expect((await terraform().readDataSource("test_things", {})).state).toEqual({
      told: "nothing",
    });
  });

  it("that is put off puts off everything, without calling any of it", async () => {
    const options = { allow: { deferral: true } };
    const core = terraform(
      { configure: (context) => context.defer("provider_config_unknown") },
      options,
    );
    expect(await core.configure({ endpoint: UNKNOWN })).toEqual([]);
    const prior = { state: { name: "a", told: "t" } };
    const answers = [
      await core.plan("test_thing", { name: "a" }),
      await core.plan("test_thing", null, prior),
      await core.read("test_thing", prior),
      await core.import("test_thing", "a"),
      await core.readDataSource("test_things", {}),
    ];
    for (const { deferred, diagnostics } of answers) {
      expect([deferred, diagnostics]).toEqual(["provider_config_unknown", []]);
    }
  });

  it("cannot be put off where Terraform does not allow it", async () => {
    const core = terraform({ configure: (context) => context.defer("provider_config_unknown") });
    expect(await core.configure()).toMatchObject([{ summary: "Deferral not possible" }]);
  });
});
