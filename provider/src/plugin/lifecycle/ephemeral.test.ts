import { attributes, withProviderData, type EphemeralResourceDefinition } from "../index";
import { InProcessTerraform, type InProcessOptions } from "../testing";

const { string } = attributes;
const define = withProviderData<string>();
const schema = {
  attributes: { name: string({ required: true }), value: string({ computed: true }) },
};
type Token = EphemeralResourceDefinition<typeof schema, string>;

function terraform(change: Partial<Token>, options: InProcessOptions = {}): InProcessTerraform {
  const token: Token = {
    type: "test_token",
    schema,
    open: (_context, config) => Promise.resolve({ result: { ...config, value: "v" } }),
    ...change,
  };
  return new InProcessTerraform(
    define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => "data",
      resources: [],
      ephemeralResources: [define.ephemeralResource(token)],
    }),
    options,
  );
}

const CONFIG = { name: "ann" };

describe("an ephemeral resource", () => {
  it("hands what open keeps to renew and close", async () => {
    const closed: unknown[] = [];
    const first = new Date("2026-11-25T12:00:00.250Z");
    const second = new Date("2026-11-25T13:00:00.000Z");
    const core = terraform({
      open: (context, config) => {
        context.private.set("lease", `${context.providerData}-1`);
        return Promise.resolve({ result: { ...config, value: "v" }, renewAt: first });
      },
      renew: (context) => {
        context.private.set("lease", [context.private.get("lease") ?? null, "renewed"]);
        return Promise.resolve(second);
      },
      close: (context) => {
        closed.push(context.private.get("lease"));
        return Promise.resolve();
      },
    });
    await core.configure();
    const opened = await core.openEphemeral("test_token", CONFIG);
    expect(opened).toMatchObject({ result: { name: "ann", value: "v" }, renewAt: first });
    const renewed = await core.renewEphemeral("test_token", opened);
    expect(renewed.renewAt).toEqual(second);
    expect(await core.closeEphemeral("test_token", renewed)).toEqual([]);
    expect(closed).toEqual([["data-1", "renewed"]]);
  });

  it("needs neither renew nor close", async () => {
    const core = terraform({});
    const opened = await core.openEphemeral("test_token", CONFIG);
    expect(opened.renewAt).toBeUndefined();
    expect((await core.renewEphemeral("test_token", opened)).diagnostics).toEqual([]);
    expect(await core.closeEphemeral("test_token", opened)).toEqual([]);
  });

  it("is validated by its schema and by itself", async () => {
    const core = terraform({
      validate: (context) => {
        context.diagnostics.error("No", "Never.", ["name"]);
      },
    });
    expect(await core.validateEphemeral("test_token", {})).toMatchObject([{ path: "name" }]);
    expect(await core.validateEphemeral("test_token", CONFIG)).toMatchObject([{ summary: "No" }]);
  });

  it("whose result contradicts the configuration is refused with the attribute", async () => {
    const core = terraform({
      open: () => Promise.resolve({ result: { name: "bob", value: "v" } }),
    });
    const { diagnostics } = await core.openEphemeral("test_token", CONFIG);
    expect(diagnostics).toMatchObject([
      { summary: "Provider bug: invalid ephemeral resource", path: "name" },
    ]);
  });

  it("that cannot be opened, renewed or closed says so", async () => {
    const fail = () => Promise.reject(new Error("no more"));
    const core = terraform({ renew: fail, close: fail });
    const opened = await core.openEphemeral("test_token", CONFIG);
    const renewed = await core.renewEphemeral("test_token", opened);
    expect(renewed.diagnostics).toMatchObject([{ summary: "Renewing test_token failed" }]);
    const closed = await core.closeEphemeral("test_token", opened);
    expect(closed).toMatchObject([{ summary: "Closing test_token failed", detail: "no more" }]);
    const broken = await terraform({ open: fail }).openEphemeral("test_token", CONFIG);
    expect(broken.diagnostics).toMatchObject([{ summary: "Opening test_token failed" }]);
  });

  it("is aborted when the user interrupts; closing comes later and runs", async () => {
    let wasAborted = false;
    const core = terraform({
      open: async (context, config) => {
        await core.stop();
        wasAborted = context.signal.aborted;
        return { result: { ...config, value: "v" } };
      },
      close: (context) => {
        context.signal.throwIfAborted();
        return Promise.resolve();
      },
    });
    const opened = await core.openEphemeral("test_token", CONFIG);
    expect(wasAborted).toBe(true);
    expect(await core.closeEphemeral("test_token", opened)).toEqual([]);
  });

  it("can be put off where Terraform allows it", async () => {
    const open: Token["open"] = (context) => context.defer("resource_config_unknown");
    const allowing = terraform({ open }, { allow: { deferral: true } });
    const opened = await allowing.openEphemeral("test_token", CONFIG);
    expect(opened).toMatchObject({ deferred: "resource_config_unknown", diagnostics: [] });
    const refused = await terraform({ open }).openEphemeral("test_token", CONFIG);
    expect(refused.diagnostics).toMatchObject([{ summary: "Deferral not possible" }]);
  });

  it("cannot have write-only attributes, because it is stored nowhere", () => {
    const odd = { attributes: { name: string({ optional: true, writeOnly: true }) } };
    const definition = define.ephemeralResource({
      type: "test_odd",
      schema: odd,
      open: (_context, config) => Promise.resolve({ result: config }),
    });
    const provider = define.provider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => "data",
      resources: [],
      ephemeralResources: [definition],
    });
    expect(() => new InProcessTerraform(provider)).toThrow(/only resources can have write-only/u);
  });
});
