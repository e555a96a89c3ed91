/** Drives a provider in this process the way Terraform would, through the real handlers and messages. */
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { encodeJson } from "../codec/json";
import { conform } from "../lifecycle/conform";
import type { JsonValue, PluginLog } from "../lifecycle/context";
import type { Provider } from "../lifecycle/definitions";
import { dynamicFromWire } from "../protocol6/from-wire";
import {
  METHODS,
  type DiagnosticMessage,
  type MethodName,
  type RequestOf,
  type ResponseOf,
} from "../protocol6/messages";
import type { Message } from "../protocol6/protobuf";
import { createHandlers, type Handlers } from "../protocol6/provider-server";
import { dynamicToWire } from "../protocol6/to-wire";
import type { Value } from "../values/value";
import { proposedState } from "./proposed";

/** A configuration or state as plain data; attributes left out are null, `UNKNOWN` is possible. */
export type TestModel = Readonly<Record<string, unknown>>;

export interface Reported {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** `nodes[0].address`; "" when the whole resource is meant. */
  readonly path: string;
}

export interface TestState {
  /** Null: there is none. */
  readonly state: Value;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Reported[];
}

export interface TestPlan {
  readonly planned: Value;
  readonly requiresReplace: readonly string[];
  readonly private: Uint8Array;
  readonly diagnostics: readonly Reported[];
}

export interface TestPrior {
  readonly state: Value;
  readonly private?: Uint8Array;
}

/** Core's contract is always checked. Errors are answered as diagnostics, never thrown. */
export class InProcessTerraform {
  private readonly handlers: Handlers;

  constructor(
    private readonly provider: Provider,
    options: { readonly log?: PluginLog } = {},
  ) {
    const log = options.log ?? SILENT;
    this.handlers = createHandlers(provider, {
      checkContract: true,
      showStacks: false,
      logFor: () => log,
    });
  }

  async configure(config: TestModel = {}): Promise<readonly Reported[]> {
    const { schema } = this.provider.definition;
    const { diagnostics } = await this.call("ConfigureProvider", {
      terraform_version: "test",
      config: dynamicToWire(schema, value(schema, config)),
    });
    return report(diagnostics);
  }

  async validate(type: string, config: TestModel): Promise<readonly Reported[]> {
    const schema = this.schema(type);
    const { diagnostics } = await this.call("ValidateResourceConfig", {
      type_name: type,
      config: dynamicToWire(schema, value(schema, config)),
    });
    return report(diagnostics);
  }

  /** `config` null plans a destroy. */
  async plan(type: string, config: TestModel | null, prior: TestPrior = NONE): Promise<TestPlan> {
    const schema = this.schema(type);
    const configured = value(schema, config);
    const proposed =
      config === null ? null : proposedState(schema.attributes, prior.state, configured);
    const response = await this.call("PlanResourceChange", {
      type_name: type,
      prior_state: dynamicToWire(schema, prior.state),
      proposed_new_state: dynamicToWire(schema, proposed),
      config: dynamicToWire(schema, configured),
      prior_private: prior.private ?? new Uint8Array(0),
    });
    return {
      planned: dynamicFromWire(schema, response.planned_state),
      requiresReplace: (response.requires_replace ?? []).map(pathText),
      private: response.planned_private ?? new Uint8Array(0),
      diagnostics: report(response.diagnostics),
    };
  }

  /** Plans and applies, replacing when the plan asks for it. Stops at the first error. */
  async apply(type: string, config: TestModel | null, prior: TestPrior = NONE): Promise<TestState> {
    const plan = await this.plan(type, config, prior);
    if (failed(plan)) return { ...NONE, ...prior, diagnostics: plan.diagnostics };
    if (plan.requiresReplace.length > 0 && prior.state !== null) {
      const destroyed = await this.apply(type, null, prior);
      return failed(destroyed) ? destroyed : this.apply(type, config);
    }
    const schema = this.schema(type);
    const response = await this.call("ApplyResourceChange", {
      type_name: type,
      prior_state: dynamicToWire(schema, prior.state),
      planned_state: dynamicToWire(schema, plan.planned),
      config: dynamicToWire(schema, value(schema, config)),
      planned_private: plan.private,
    });
    return {
      state: dynamicFromWire(schema, response.new_state),
      private: response.private ?? new Uint8Array(0),
      diagnostics: [...plan.diagnostics, ...report(response.diagnostics)],
    };
  }

  async read(type: string, prior: TestPrior): Promise<TestState> {
    const schema = this.schema(type);
    const response = await this.call("ReadResource", {
      type_name: type,
      current_state: dynamicToWire(schema, prior.state),
      private: prior.private ?? new Uint8Array(0),
    });
    return {
      state: dynamicFromWire(schema, response.new_state),
      private: response.private ?? new Uint8Array(0),
      diagnostics: report(response.diagnostics),
    };
  }

  /** Imports and then reads, as Terraform does. */
  async import(type: string, id: string): Promise<TestState> {
    const response = await this.call("ImportResourceState", { type_name: type, id });
    const imported = response.imported_resources?.[0];
    if (imported === undefined) return { ...NONE, diagnostics: report(response.diagnostics) };
    const state = dynamicFromWire(this.schema(type), imported.state);
    return this.read(type, { state, private: imported.private ?? new Uint8Array(0) });
  }

  /** A stored state of an older schema version, as JSON, lifted to the current one. */
  async upgrade(type: string, state: JsonValue, version: number): Promise<TestState> {
    const response = await this.call("UpgradeResourceState", {
      type_name: type,
      version,
      raw_state: { json: Buffer.from(JSON.stringify(state)) },
    });
    return {
      state: dynamicFromWire(this.schema(type), response.upgraded_state),
      private: new Uint8Array(0),
      diagnostics: report(response.diagnostics),
    };
  }

  async readDataSource(type: string, config: TestModel): Promise<TestState> {
    const schema = this.schema(type, "data source");
    const response = await this.call("ReadDataSource", {
      type_name: type,
      config: dynamicToWire(schema, value(schema, config)),
    });
    return {
      state: dynamicFromWire(schema, response.state),
      private: new Uint8Array(0),
      diagnostics: report(response.diagnostics),
    };
  }

  /** As when the user interrupts: aborts the signals of all calls in flight. */
  async stop(): Promise<void> {
    await this.call("StopProvider", {});
  }

  /** The state as Terraform would store it. */
  toJson(type: string, state: Value): unknown {
    return JSON.parse(encodeJson(objectTypeOf(this.schema(type).attributes), state)) as unknown;
  }

  private schema(type: string, kind: "resource" | "data source" = "resource"): Schema {
    const { resources, dataSources = [] } = this.provider.definition;
    const found = (kind === "resource" ? resources : dataSources).find(
      ({ definition }) => definition.type === type,
    );
    if (found === undefined) throw new Error(`the provider has no ${kind} ${type}`);
    return found.definition.schema;
  }

  private async call<N extends MethodName>(
    name: N,
    request: Partial<RequestOf<N>>,
  ): Promise<ResponseOf<N>> {
    const messages = METHODS[name];
    const requestMessage = messages.request as unknown as Message<RequestOf<N>>;
    const responseMessage = messages.response as unknown as Message<ResponseOf<N>>;
    const handler = this.handlers[name] as (request: RequestOf<N>) => Promise<ResponseOf<N>>;
    const answer = await handler(requestMessage.decode(requestMessage.encode(request)));
    return responseMessage.decode(responseMessage.encode(answer));
  }
}

const NONE: TestState = { state: null, private: new Uint8Array(0), diagnostics: [] };

const SILENT: PluginLog = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

function value(schema: Schema, model: TestModel | null): Value {
  return conform(objectTypeOf(schema.attributes), model);
}

function failed({ diagnostics }: { readonly diagnostics: readonly Reported[] }): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function report(diagnostics: readonly DiagnosticMessage[] = []): readonly Reported[] {
  return diagnostics.map(({ severity, summary = "", detail = "", attribute }) => ({
    severity: severity === 1 ? "error" : "warning",
    summary,
    detail,
    path: pathText(attribute ?? {}),
  }));
}

function pathText(path: NonNullable<DiagnosticMessage["attribute"]>): string {
  return (path.steps ?? [])
    .map(({ attribute_name: name, element_key_string: key, element_key_int: index }) =>
      name === undefined
        ? `[${key === undefined ? String(index) : JSON.stringify(key)}]`
        : `.${name}`,
    )
    .join("")
    .replace(/^\./u, "");
}
