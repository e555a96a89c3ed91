import { attributes, defineProvider, defineResource, types } from "../index";
import type { PluginLog } from "../index";
import type { LogFields } from "../lifecycle/log";
import type { Handlers } from "./calls";
import { createHandlers } from "./provider-server";

const { string } = attributes;

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

const thing = defineResource({
  type: "test_thing",
  schema: { attributes: { name: string({ required: true }), pin: string({ optional: true }) } },
  identity: { attributes: { name: { type: types.string } }, of: ({ name }) => ({ name }) },
  move: () => undefined,
  create: (_context, plan) => Promise.resolve(plan),
  read: (_context, state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
  validate: (context) => {
    context.diagnostics.error("Bad pin", "The pin 1234 is taken.", ["pin"]);
  },
});

function serve(lines: Line[] = []): Handlers {
  let nowMs = 0;
  let requests = 0;
  return createHandlers(
    defineProvider({
      name: "test",
      address: "example.invalid/test/test",
      version: "0.0.0",
      schema: { attributes: {} },
      configure: () => undefined,
      resources: [thing],
    }),
    {
      checkContract: true,
      showStacks: false,
      nowMs: () => (nowMs += 5),
      newRequestId: () => `request-${(requests += 1)}`,
      logFor: (fieldsOf) => collect(lines, fieldsOf()),
    },
  );
}

function collect(lines: Line[], fields: LogFields): PluginLog {
  const at =
    (level: string) =>
    (message: string, more: LogFields = {}) => {
      lines.push({ level, message, fields: { ...fields, ...more } });
    };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}

const VALIDATE = {
  type_name: "test_thing",
  config: { msgpack: new Uint8Array(0), json: Buffer.from('{"name":"a","pin":"1234"}') },
  client_capabilities: undefined,
};

describe("a session", () => {
  it("tells what the provider has, in short and at length", async () => {
    const handlers = serve();
    const capabilities = {
      plan_destroy: true,
      get_provider_schema_optional: true,
      move_resource_state: true,
    };
    expect(await handlers.GetMetadata({})).toEqual({
      server_capabilities: capabilities,
      resources: [{ type_name: "test_thing" }],
      data_sources: [],
      ephemeral_resources: [],
      functions: [],
    });
    const schema = await handlers.GetProviderSchema({});
    expect(schema.server_capabilities).toEqual(capabilities);
    expect([...(schema.resource_schemas?.keys() ?? [])]).toEqual(["test_thing"]);
    const { identity_schemas } = await handlers.GetResourceIdentitySchemas({});
    expect(identity_schemas?.get("test_thing")).toMatchObject({
      version: 0,
      identity_attributes: [{ name: "name", required_for_import: true }],
    });
    expect((await handlers.GetFunctions({})).functions).toEqual(new Map());
  });

  it("logs each call with its id, its type and how long it took", async () => {
    const lines: Line[] = [];
    await serve(lines).ValidateResourceConfig(VALIDATE);
    const fields = {
      tf_rpc: "ValidateResourceConfig",
      tf_provider_addr: "example.invalid/test/test",
      tf_req_id: "request-1",
      tf_proto_version: "6.9",
      tf_resource_type: "test_thing",
    };
    expect(lines[0]).toEqual({ level: "trace", message: "call received", fields });
    expect(lines.at(-1)).toEqual({
      level: "trace",
      message: "call answered",
      fields: {
        ...fields,
        tf_req_duration_ms: 5,
        diagnostic_error_count: 1,
        diagnostic_warning_count: 0,
      },
    });
  });

  it("logs what was reported, but not the details, which may hold secrets", async () => {
    const lines: Line[] = [];
    const { diagnostics } = await serve(lines).ValidateResourceConfig(VALIDATE);
    expect(diagnostics).toMatchObject([{ detail: "The pin 1234 is taken." }]);
    expect(lines).toContainEqual(expect.objectContaining({ level: "error", message: "Bad pin" }));
    expect(JSON.stringify(lines)).not.toContain("1234");
  });

  it("answers what it does not know with an error that names it", async () => {
    const handlers = serve();
    const { diagnostics } = await handlers.ValidateResourceConfig({
      ...VALIDATE,
      type_name: "test_other",
    });
    expect(diagnostics).toMatchObject([{ detail: 'This provider has no "test_other".' }]);
    const called = await handlers.CallFunction({ name: "nope", arguments: [] });
    expect(called.error?.text).toBe("This provider has no function nope.");
  });
});
