/** Drives a provider in this process the way Terraform would, through the real handlers and messages. */
import { encodeJson } from "../codec/json";
import type { JsonValue } from "../lifecycle/context";
import type { Provider } from "../lifecycle/definitions";
import { dynamicFromWire } from "../protocol6/from-wire";
import { dynamicToWire } from "../protocol6/to-wire";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";
import { Client, type ClientOptions } from "./client";
import { Functions } from "./functions";
import {
  configuredValue,
  deferralFrom,
  NONE,
  NOTHING,
  type TestCall,
  type TestModel,
  type TestOpened,
  type TestPlan,
  type TestPrior,
  type TestState,
} from "./model";
import { report, type Reported } from "./report";
import { Resources, type ApplyOptions, type MovedFrom } from "./resources";

export interface InProcessOptions extends ClientOptions {
  /** The `provider_meta` block of the module that everything is in. */
  readonly providerMeta?: TestModel;
}

/** Core's contract is always checked. Errors are answered as diagnostics, never thrown. */
export class InProcessTerraform {
  private readonly client: Client;
  private readonly functions: Functions;
  private readonly resources: Resources;
  private readonly meta: TestModel | undefined;

  constructor(provider: Provider, options: InProcessOptions = {}) {
    this.client = new Client(provider, options);
    this.functions = new Functions(this.client);
    this.meta = options.providerMeta;
    this.resources = new Resources(this.client, this.meta);
  }

  async validateProvider(config: TestModel = {}): Promise<readonly Reported[]> {
    const { schema } = this.client.registry.provider;
    const { diagnostics } = await this.client.call("ValidateProviderConfig", {
      config: dynamicToWire(schema, configuredValue(schema, config)),
    });
    return report(diagnostics);
  }

  async configure(config: TestModel = {}): Promise<readonly Reported[]> {
    const { schema } = this.client.registry.provider;
    const { diagnostics } = await this.client.call("ConfigureProvider", {
      terraform_version: "test",
      config: dynamicToWire(schema, configuredValue(schema, config)),
      client_capabilities: this.client.capabilities,
    });
    return report(diagnostics);
  }

  validate(type: string, config: TestModel): Promise<readonly Reported[]> {
    return this.resources.validate(type, config);
  }

  /** `config` null plans a destroy. */
  plan(type: string, config: TestModel | null, prior: TestPrior = NONE): Promise<TestPlan> {
    return this.resources.plan(type, config, prior);
  }

  /**
   * Plans and applies, replacing when the plan asks for it. Stops at the first error. With `plannedWith`, what was
   * unknown when the user saw the plan has become known: the final plan must keep what the first one promised.
   */
  apply(
    type: string,
    config: TestModel | null,
    prior: TestPrior = NONE,
    options: ApplyOptions = {},
  ): Promise<TestState> {
    return this.resources.apply(type, config, prior, options);
  }

  read(type: string, prior: TestPrior): Promise<TestState> {
    return this.resources.read(type, prior);
  }

  /** Imports by id, or by identity when an object is given, and then reads, as Terraform does. */
  import(type: string, key: string | TestModel): Promise<TestState> {
    return this.resources.import(type, key);
  }

  /** A stored state of an older schema version, as JSON, lifted to the current one. */
  upgrade(type: string, state: JsonValue, version: number): Promise<TestState> {
    return this.resources.upgrade(type, state, version);
  }

  /** A stored identity of an older version, as JSON, lifted to the current one. */
  upgradeIdentity(type: string, identity: JsonValue, version: number): Promise<TestState> {
    return this.resources.upgradeIdentity(type, identity, version);
  }

  /** As a `moved` block from another type does. */
  move(type: string, from: MovedFrom): Promise<TestState> {
    return this.resources.move(type, from);
  }

  async validateDataSource(type: string, config: TestModel): Promise<readonly Reported[]> {
    const schema = this.dataSource(type);
    const { diagnostics } = await this.client.call("ValidateDataResourceConfig", {
      type_name: type,
      config: dynamicToWire(schema, configuredValue(schema, config)),
    });
    return report(diagnostics);
  }

  async readDataSource(type: string, config: TestModel): Promise<TestState> {
    const schema = this.dataSource(type);
    const { meta: metaSchema } = this.client.registry.provider;
    const response = await this.client.call("ReadDataSource", {
      type_name: type,
      config: dynamicToWire(schema, configuredValue(schema, config)),
      provider_meta:
        metaSchema === undefined
          ? undefined
          : dynamicToWire(metaSchema, configuredValue(metaSchema, this.meta ?? null)),
      client_capabilities: this.client.capabilities,
    });
    return {
      ...NONE,
      state: dynamicFromWire(schema, response.state),
      diagnostics: report(response.diagnostics),
      deferred: deferralFrom(response.deferred),
    };
  }

  /** Arguments as plain data, in their order. Throws when the function turns out not to be pure. */
  callFunction(name: string, ...args: readonly unknown[]): Promise<TestCall> {
    return this.functions.call(name, args);
  }

  async validateEphemeral(type: string, config: TestModel): Promise<readonly Reported[]> {
    const schema = this.ephemeral(type);
    const { diagnostics } = await this.client.call("ValidateEphemeralResourceConfig", {
      type_name: type,
      config: dynamicToWire(schema, configuredValue(schema, config)),
    });
    return report(diagnostics);
  }

  async openEphemeral(type: string, config: TestModel): Promise<TestOpened> {
    const schema = this.ephemeral(type);
    const response = await this.client.call("OpenEphemeralResource", {
      type_name: type,
      config: dynamicToWire(schema, configuredValue(schema, config)),
      client_capabilities: this.client.capabilities,
    });
    return {
      result: dynamicFromWire(schema, response.result),
      renewAt: timeFrom(response.renew_at),
      private: response.private ?? NOTHING,
      diagnostics: report(response.diagnostics),
      deferred: deferralFrom(response.deferred),
    };
  }

  /** The result stays what it was when it was opened. */
  async renewEphemeral(type: string, opened: TestOpened): Promise<TestOpened> {
    const response = await this.client.call("RenewEphemeralResource", {
      type_name: type,
      private: opened.private,
    });
    return {
      result: opened.result,
      renewAt: timeFrom(response.renew_at),
      private: response.private ?? NOTHING,
      diagnostics: report(response.diagnostics),
    };
  }

  async closeEphemeral(type: string, opened: TestOpened): Promise<readonly Reported[]> {
    const { diagnostics } = await this.client.call("CloseEphemeralResource", {
      type_name: type,
      private: opened.private,
    });
    return report(diagnostics);
  }

  /** As when the user interrupts: aborts the signals of all calls in flight. */
  async stop(): Promise<void> {
    await this.client.call("StopProvider", {});
  }

  /** The state as Terraform would store it. */
  toJson(type: string, state: Value): unknown {
    const { attributes } = this.resources.schema(type);
    return JSON.parse(encodeJson(objectTypeOf(attributes), state)) as unknown;
  }

  private dataSource(type: string): Schema {
    const found = this.client.registry.dataSources.get(type);
    if (found === undefined) throw new Error(`the provider has no data source ${type}`);
    return found.schema;
  }

  private ephemeral(type: string): Schema {
    const found = this.client.registry.ephemeralResources.get(type);
    if (found === undefined) throw new Error(`the provider has no ephemeral resource ${type}`);
    return found.schema;
  }
}

function timeFrom(
  message: { readonly seconds?: number; readonly nanos?: number } | undefined,
): Date | undefined {
  if (message === undefined) return undefined;
  return new Date((message.seconds ?? 0) * 1000 + (message.nanos ?? 0) / 1e6);
}
