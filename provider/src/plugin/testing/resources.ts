import type { JsonValue } from "../lifecycle/context";
import { finalPlanViolations, formatViolations } from "../lifecycle/contract";
import type { ResourceDefinition } from "../lifecycle/definitions";
import { identityType } from "../lifecycle/identity";
import { conform } from "../lifecycle/conform";
import { dynamicFromWire, valueFromWire } from "../protocol6/from-wire";
import type {
  DiagnosticMessage,
  DynamicValueMessage,
  IdentityDataMessage,
} from "../protocol6/messages";
import { dynamicToWire, valueToWire } from "../protocol6/to-wire";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";
import type { Client } from "./client";
import {
  configuredValue,
  deferralFrom,
  NONE,
  NOTHING,
  type TestModel,
  type TestPlan,
  type TestPrior,
  type TestState,
} from "./model";
import { failed, pathText, report, type Reported } from "./report";
import { proposedState } from "./proposed";

export interface ApplyOptions {
  /** The configuration as it was when the user confirmed the plan, with `UNKNOWN` for what is known only now. */
  readonly plannedWith?: TestModel;
}

/** The source of a move. */
export interface MovedFrom {
  readonly type: string;
  /** Default: "registry.terraform.io/test/other". */
  readonly providerAddress?: string;
  readonly schemaVersion?: number;
  readonly state: JsonValue;
  readonly private?: Uint8Array;
  readonly identity?: JsonValue;
  readonly identityVersion?: number;
}

/** Core's part in the life of managed resources. */
export class Resources {
  constructor(
    private readonly client: Client,
    private readonly meta: TestModel | undefined,
  ) {}

  schema(type: string): Schema {
    return this.definition(type).schema;
  }

  async validate(type: string, config: TestModel): Promise<readonly Reported[]> {
    const { diagnostics } = await this.client.call("ValidateResourceConfig", {
      type_name: type,
      config: this.configured(type, config),
      client_capabilities: this.client.capabilities,
    });
    return report(diagnostics);
  }

  async plan(type: string, config: TestModel | null, prior: TestPrior): Promise<TestPlan> {
    const schema = this.schema(type);
    const configured = configuredValue(schema, config);
    const proposed =
      config === null ? null : proposedState(schema.attributes, prior.state, configured);
    const response = await this.client.call("PlanResourceChange", {
      type_name: type,
      prior_state: dynamicToWire(schema, prior.state),
      proposed_new_state: dynamicToWire(schema, proposed),
      config: dynamicToWire(schema, configured),
      prior_private: prior.private ?? NOTHING,
      prior_identity: this.identity(type, prior.identity),
      ...this.sent(),
    });
    return {
      planned: dynamicFromWire(schema, response.planned_state),
      requiresReplace: (response.requires_replace ?? []).map(pathText),
      private: response.planned_private ?? NOTHING,
      diagnostics: report(response.diagnostics),
      deferred: deferralFrom(response.deferred),
    };
  }

  async apply(
    type: string,
    config: TestModel | null,
    prior: TestPrior,
    { plannedWith }: ApplyOptions,
  ): Promise<TestState> {
    const first = plannedWith === undefined ? undefined : await this.plan(type, plannedWith, prior);
    if (first !== undefined && failed(first)) return stopped(prior, first);
    const plan = await this.plan(type, config, prior);
    if (first !== undefined) this.holdFinalPlan(type, prior, [first, plan]);
    if (failed(plan) || plan.deferred !== undefined) return stopped(prior, plan);
    if (plan.requiresReplace.length > 0 && prior.state !== null) {
      const destroyed = await this.apply(type, null, prior, {});
      return failed(destroyed) ? destroyed : this.apply(type, config, NONE, {});
    }
    return this.carryOut(type, config, prior, plan);
  }

  async read(type: string, prior: TestPrior): Promise<TestState> {
    const response = await this.client.call("ReadResource", {
      type_name: type,
      current_state: dynamicToWire(this.schema(type), prior.state),
      private: prior.private ?? NOTHING,
      current_identity: this.identity(type, prior.identity),
      ...this.sent(),
    });
    return { ...this.answer(type, response), deferred: deferralFrom(response.deferred) };
  }

  async import(type: string, key: string | TestModel): Promise<TestState> {
    const { identity } = this.definition(type);
    const by =
      typeof key === "string"
        ? { id: key }
        : { identity: this.identity(type, conform(typeOfIdentity(identity), key)) };
    const response = await this.client.call("ImportResourceState", {
      type_name: type,
      ...by,
      client_capabilities: this.client.capabilities,
    });
    const [imported] = response.imported_resources ?? [];
    const deferred = deferralFrom(response.deferred);
    if (imported === undefined || deferred !== undefined) {
      return { ...NONE, diagnostics: report(response.diagnostics), deferred };
    }
    return this.read(type, {
      state: dynamicFromWire(this.schema(type), imported.state),
      private: imported.private ?? NOTHING,
      identity: this.identityFrom(type, imported.identity),
    });
  }

  async upgrade(type: string, state: JsonValue, version: number): Promise<TestState> {
    const response = await this.client.call("UpgradeResourceState", {
      type_name: type,
      version,
      raw_state: { json: json(state) },
    });
    return this.answer(type, { ...response, new_state: response.upgraded_state });
  }

  async upgradeIdentity(type: string, identity: JsonValue, version: number): Promise<TestState> {
    const response = await this.client.call("UpgradeResourceIdentity", {
      type_name: type,
      version,
      raw_identity: { json: json(identity) },
    });
    return this.answer(type, { ...response, new_identity: response.upgraded_identity });
  }

  async move(type: string, from: MovedFrom): Promise<TestState> {
    const response = await this.client.call("MoveResourceState", {
      source_provider_address: from.providerAddress ?? "registry.terraform.io/test/other",
      source_type_name: from.type,
      source_schema_version: from.schemaVersion ?? 0,
      source_state: { json: json(from.state) },
      target_type_name: type,
      source_private: from.private ?? NOTHING,
      ...(from.identity === undefined ? {} : { source_identity: { json: json(from.identity) } }),
      source_identity_schema_version: from.identityVersion ?? 0,
    });
    return this.answer(type, {
      new_state: response.target_state,
      private: response.target_private,
      new_identity: response.target_identity,
      diagnostics: response.diagnostics,
    });
  }

  private async carryOut(
    type: string,
    config: TestModel | null,
    prior: TestPrior,
    plan: TestPlan,
  ): Promise<TestState> {
    const schema = this.schema(type);
    const response = await this.client.call("ApplyResourceChange", {
      type_name: type,
      prior_state: dynamicToWire(schema, prior.state),
      planned_state: dynamicToWire(schema, plan.planned),
      config: this.configured(type, config),
      planned_private: plan.private,
      planned_identity: this.identity(type, prior.identity),
      ...this.sent(),
    });
    const applied = this.answer(type, response);
    return { ...applied, diagnostics: [...plan.diagnostics, ...applied.diagnostics] };
  }

  /** Throws: a final plan that breaks the promise is a bug that no diagnostic of the provider can name. */
  private holdFinalPlan(
    type: string,
    { state }: TestPrior,
    [first, second]: readonly [TestPlan, TestPlan],
  ): void {
    if (failed(second)) return;
    const found = finalPlanViolations(
      this.schema(type).attributes,
      state,
      asPlan(first),
      asPlan(second),
    );
    if (found.length === 0) return;
    throw new Error(`the final plan of ${type} breaks the first one:\n${formatViolations(found)}`);
  }

  private answer(
    type: string,
    response: {
      readonly new_state?: DynamicValueMessage | undefined;
      readonly private?: Uint8Array | undefined;
      readonly new_identity?: IdentityDataMessage | undefined;
      readonly diagnostics?: readonly DiagnosticMessage[] | undefined;
    },
  ): TestState {
    return {
      state: dynamicFromWire(this.schema(type), response.new_state),
      private: response.private ?? NOTHING,
      identity: this.identityFrom(type, response.new_identity),
      diagnostics: report(response.diagnostics),
    };
  }

  private configured(type: string, config: TestModel | null): DynamicValueMessage {
    const schema = this.schema(type);
    return dynamicToWire(schema, configuredValue(schema, config));
  }

  private identity(type: string, identity: Value | undefined): IdentityDataMessage | undefined {
    if (identity === undefined || identity === null) return undefined;
    const of = typeOfIdentity(this.definition(type).identity);
    return { identity_data: valueToWire(of, identity) };
  }

  private identityFrom(type: string, message: IdentityDataMessage | undefined): Value {
    const { identity } = this.definition(type);
    if (identity === undefined || message === undefined) return null;
    return valueFromWire(identityType(identity), message.identity_data);
  }

  private sent() {
    const { meta } = this.client.registry.provider;
    return {
      client_capabilities: this.client.capabilities,
      ...(meta === undefined
        ? {}
        : { provider_meta: dynamicToWire(meta, configuredValue(meta, this.meta ?? null)) }),
    };
  }

  private definition(type: string): ResourceDefinition {
    const found = this.client.registry.resources.get(type);
    if (found === undefined) throw new Error(`the provider has no resource ${type}`);
    return found;
  }
}

function typeOfIdentity(identity: ResourceDefinition["identity"]): ReturnType<typeof identityType> {
  if (identity === undefined) throw new Error("the resource has no identity");
  return identityType(identity);
}

function stopped(prior: TestPrior, plan: TestPlan): TestState {
  return { ...NONE, ...prior, diagnostics: plan.diagnostics, deferred: plan.deferred };
}

function json(value: JsonValue): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function asPlan({ planned, requiresReplace }: TestPlan): {
  readonly planned: Value;
  readonly replaces: boolean;
} {
  return { planned, replaces: requiresReplace.length > 0 };
}
