/** Answers the calls of protocol 6. Thin: decode, hand to the lifecycle, encode. */
import { DiagnosticCollector } from "../diagnostics/collector";
import { PluginError } from "../diagnostics/plugin-error";
import { applyResource } from "../lifecycle/apply";
import type { PluginLog } from "../lifecycle/context";
import type { DataSourceDefinition, Provider, ResourceDefinition } from "../lifecycle/definitions";
import type { LogFields } from "../lifecycle/log";
import { toModel } from "../lifecycle/model";
import { planResource } from "../lifecycle/plan";
import { importResource, readDataSource, readResource, upgradeResource } from "../lifecycle/read";
import { guarded, operationContext, type Scope } from "../lifecycle/scope";
import { validateConfig } from "../lifecycle/validate";
import { objectTypeOf } from "../schema/attributes";
import { schemaProblems } from "../schema/check";
import type { Schema } from "../schema/schema";
import type { Value } from "../values/value";
import { dynamicFromWire } from "./from-wire";
import type {
  DiagnosticMessage,
  DynamicValueMessage,
  MethodName,
  RequestOf,
  ResponseOf,
} from "./messages";
import { diagnosticsToWire, dynamicToWire, pathToWire, schemaToWire } from "./to-wire";

export type Handlers = {
  readonly [N in MethodName]: (request: RequestOf<N>) => Promise<ResponseOf<N>>;
};

export interface ServerOptions {
  readonly checkContract: boolean;
  readonly showStacks: boolean;
  /** The log for one call, with these fields on every line. */
  readonly logFor: (fields: LogFields) => PluginLog;
}

const NO_BYTES = new Uint8Array(0);

/** Throws an Error that lists every mistake, when a schema is unsound or a type is declared twice. */
export function createHandlers(provider: Provider, options: ServerOptions): Handlers {
  return new ProviderServer(provider, options);
}

class ProviderServer implements Handlers {
  private readonly resources: ReadonlyMap<string, ResourceDefinition>;
  private readonly dataSources: ReadonlyMap<string, DataSourceDefinition>;
  private readonly inFlight = new Set<AbortController>();
  private providerData: unknown;

  constructor(
    private readonly provider: Provider,
    private readonly options: ServerOptions,
  ) {
    const { resources, dataSources = [] } = provider.definition;
    this.resources = byType(resources.map(({ definition }) => definition));
    this.dataSources = byType(dataSources.map(({ definition }) => definition));
    const problems = [
      ...schemaProblems("provider", provider.definition.schema),
      ...[...this.resources.values()].flatMap(({ type, schema }) => schemaProblems(type, schema)),
      ...[...this.dataSources.values()].flatMap(({ type, schema }) => schemaProblems(type, schema)),
    ];
    if (problems.length > 0) throw new Error(`unsound schema:\n${problems.join("\n")}`);
  }

  readonly GetProviderSchema = (): Promise<ResponseOf<"GetProviderSchema">> => {
    const schemas = (of: ReadonlyMap<string, ResourceDefinition | DataSourceDefinition>) =>
      new Map(
        [...of].map(([type, definition]) => [
          type,
          schemaToWire(definition.schema, "version" in definition ? definition.version : 0),
        ]),
      );
    return Promise.resolve({
      provider: schemaToWire(this.provider.definition.schema),
      resource_schemas: schemas(this.resources),
      data_source_schemas: schemas(this.dataSources),
      server_capabilities: {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: false,
      },
    });
  };

  readonly ValidateProviderConfig = ({ config }: RequestOf<"ValidateProviderConfig">) => {
    const { definition } = this.provider;
    return this.call("ValidateProviderConfig", definition, async (scope) => {
      await validate(definition, dynamicFromWire(definition.schema, config), scope);
      return {};
    });
  };

  readonly ConfigureProvider = ({ config }: RequestOf<"ConfigureProvider">) => {
    const { definition } = this.provider;
    return this.call("ConfigureProvider", definition, async (scope) => {
      const value = dynamicFromWire(definition.schema, config);
      await guarded(scope, `Configuring provider ${definition.name}`, async () => {
        const model = toModel(objectTypeOf(definition.schema.attributes), value) as Readonly<
          Record<string, never>
        >;
        this.providerData = await definition.configure(operationContext(scope), model);
      });
      return {};
    });
  };

  /** Aborts what is in flight. Calls that come later run: Terraform may still read and save. */
  readonly StopProvider = (): Promise<ResponseOf<"StopProvider">> => {
    for (const controller of this.inFlight) controller.abort();
    return Promise.resolve({ error: "" });
  };

  readonly ValidateResourceConfig = (request: RequestOf<"ValidateResourceConfig">) =>
    this.resourceCall("ValidateResourceConfig", request.type_name, async (definition, scope) => {
      await validate(definition, dynamicFromWire(definition.schema, request.config), scope);
      return {};
    });

  readonly ValidateDataResourceConfig = (request: RequestOf<"ValidateDataResourceConfig">) =>
    this.dataCall("ValidateDataResourceConfig", request.type_name, async (definition, scope) => {
      await validate(definition, dynamicFromWire(definition.schema, request.config), scope);
      return {};
    });

  readonly UpgradeResourceState = (request: RequestOf<"UpgradeResourceState">) =>
    this.resourceCall("UpgradeResourceState", request.type_name, async (definition, scope) => {
      const json = request.raw_state?.json ?? NO_BYTES;
      const upgraded = await upgradeResource(definition, { json, version: request.version }, scope);
      return {
        upgraded_state:
          upgraded === undefined ? { json } : dynamicToWire(definition.schema, upgraded),
      };
    });

  readonly ReadResource = (request: RequestOf<"ReadResource">) =>
    this.resourceCall("ReadResource", request.type_name, async (definition, scope) => {
      const state = dynamicFromWire(definition.schema, request.current_state);
      const output = await readResource(definition, { state, private: request.private }, scope);
      return {
        new_state: dynamicToWire(definition.schema, output.state),
        private: output.private,
      };
    });

  readonly PlanResourceChange = (request: RequestOf<"PlanResourceChange">) =>
    this.resourceCall("PlanResourceChange", request.type_name, async (definition, scope) => {
      const value = reader(definition.schema);
      const input = {
        prior: value(request.prior_state),
        proposed: value(request.proposed_new_state),
        config: value(request.config),
        private: request.prior_private,
      };
      const output = await planResource(definition, input, scope);
      return {
        planned_state: dynamicToWire(definition.schema, output.planned),
        requires_replace: output.requiresReplace.map((path) => pathToWire(definition.schema, path)),
        planned_private: output.private,
      };
    });

  readonly ApplyResourceChange = (request: RequestOf<"ApplyResourceChange">) =>
    this.resourceCall("ApplyResourceChange", request.type_name, async (definition, scope) => {
      const value = reader(definition.schema);
      const input = {
        prior: value(request.prior_state),
        planned: value(request.planned_state),
        config: value(request.config),
        private: request.planned_private,
      };
      const output = await applyResource(definition, input, scope);
      return {
        new_state: dynamicToWire(definition.schema, output.state),
        private: output.private,
      };
    });

  readonly ImportResourceState = (request: RequestOf<"ImportResourceState">) =>
    this.resourceCall("ImportResourceState", request.type_name, async (definition, scope) => {
      const output = await importResource(definition, request.id, scope);
      if (output === undefined) return {};
      const state = dynamicToWire(definition.schema, output.state);
      return {
        imported_resources: [{ type_name: definition.type, state, private: output.private }],
      };
    });

  readonly ReadDataSource = (request: RequestOf<"ReadDataSource">) =>
    this.dataCall("ReadDataSource", request.type_name, async (definition, scope) => {
      const config = dynamicFromWire(definition.schema, request.config);
      const state = await readDataSource(definition, config, scope);
      return { state: dynamicToWire(definition.schema, state) };
    });

  private resourceCall<R extends object>(
    method: MethodName,
    type: string,
    work: (definition: ResourceDefinition, scope: Scope) => Promise<R>,
  ): Promise<R & Answer> {
    const definition = this.resources.get(type);
    return this.call(method, { type, schema: definition?.schema }, (scope) =>
      work(known(definition, type), scope),
    );
  }

  private dataCall<R extends object>(
    method: MethodName,
    type: string,
    work: (definition: DataSourceDefinition, scope: Scope) => Promise<R>,
  ): Promise<R & Answer> {
    const definition = this.dataSources.get(type);
    return this.call(method, { type, schema: definition?.schema }, (scope) =>
      work(known(definition, type), scope),
    );
  }

  /** The one place where what goes wrong becomes diagnostics. */
  private async call<R extends object>(
    method: MethodName,
    about: { readonly type?: string; readonly schema: Schema | undefined },
    work: (scope: Scope) => Promise<R>,
  ): Promise<R & Answer> {
    const controller = new AbortController();
    const diagnostics = new DiagnosticCollector();
    const log = this.options.logFor({
      tf_rpc: method,
      tf_provider_addr: this.provider.definition.address,
      ...(about.type === undefined ? {} : { tf_resource_type: about.type }),
    });
    const scope: Scope = {
      diagnostics,
      signal: controller.signal,
      log,
      providerData: this.providerData,
      checkContract: this.options.checkContract,
      showStacks: this.options.showStacks,
    };
    this.inFlight.add(controller);
    try {
      log.trace("call received");
      const response = await guarded(scope, `Call ${method}`, () => work(scope));
      log.trace("call answered", { diagnostic_count: diagnostics.all.length });
      const wire = diagnosticsToWire(diagnostics.all, about.schema);
      return { ...(response ?? {}), diagnostics: wire } as R & Answer;
    } finally {
      this.inFlight.delete(controller);
    }
  }
}

interface Answer {
  readonly diagnostics: readonly DiagnosticMessage[];
}

interface Validated {
  readonly schema: Schema;
  validate?: ResourceDefinition["validate"];
  readonly type?: string;
}

async function validate(definition: Validated, config: Value, scope: Scope): Promise<void> {
  const doing = `Validating ${definition.type ?? "the provider's configuration"}`;
  await guarded(scope, doing, async () => {
    validateConfig(definition.schema, config, scope.diagnostics);
    if (scope.diagnostics.hasErrors || definition.validate === undefined) return;
    const model = toModel(objectTypeOf(definition.schema.attributes), config) as Readonly<
      Record<string, never>
    >;
    await definition.validate(operationContext(scope), model);
  });
}

function reader(schema: Schema): (message: DynamicValueMessage | undefined) => Value {
  return (message) => dynamicFromWire(schema, message);
}

function byType<D extends { readonly type: string }>(
  definitions: readonly D[],
): ReadonlyMap<string, D> {
  const map = new Map(definitions.map((definition) => [definition.type, definition]));
  if (map.size !== definitions.length) throw new Error("two definitions have the same type");
  return map;
}

function known<D>(definition: D | undefined, type: string): D {
  if (definition !== undefined) return definition;
  throw new PluginError("Unknown type", `This provider has no ${JSON.stringify(type)}.`);
}
