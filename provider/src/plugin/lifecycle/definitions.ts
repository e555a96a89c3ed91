import type { Path } from "../diagnostics/path";
import type { Model, PlanModel, Schema } from "../schema/schema";
import type {
  ConfigureContext,
  DataSourceContext,
  DeferrableContext,
  JsonValue,
  OperationContext,
  ResourceContext,
  WriteContext,
} from "./context";
import type { EphemeralResource } from "./ephemeral-resource";
import type { ProviderFunction } from "./function";
import type { IdentityAttributes, IdentityDefinition } from "./identity";

export interface PlanRequest<S extends Schema> {
  readonly config: PlanModel<S>;
  /** Undefined when the resource is being created. */
  readonly prior: Model<S> | undefined;
  /** The plan so far: defaults applied, computed attributes unknown where something changes. */
  readonly planned: PlanModel<S>;
  /** Says that the change at this path cannot be done in place. No effect on create. */
  requireReplace(path: Path): void;
}

/** What a `moved` block wants to make a resource of this type: an object of another type, maybe another provider's. */
export interface MoveSource {
  /** "registry.terraform.io/hashicorp/local". */
  readonly providerAddress: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** The stored state as parsed JSON. */
  readonly state: Readonly<Record<string, unknown>>;
  /** The source's private state, as far as it is one of this framework's; empty otherwise. */
  readonly private: { get(key: string): JsonValue | undefined };
  /** The stored identity as parsed JSON, with its version. */
  readonly identity: { readonly version: number; readonly attributes: unknown } | undefined;
}

/**
 * One resource type. Errors: throw a `PluginError` (or any Error), or report to `context.diagnostics`; both fail the
 * operation. A create that throws before `saveState` has made nothing; after it, the resource is tainted. An update that
 * throws leaves the prior state with what `saveState` said on top of it.
 */
export interface ResourceDefinition<
  S extends Schema = Schema,
  D = unknown,
  I extends IdentityAttributes = IdentityAttributes,
> {
  /** With the provider's prefix: "covey_node". */
  readonly type: string;
  readonly schema: S;
  /** Version of the schema; raise it when stored states need `upgrade`. Default 0. */
  readonly version?: number;
  readonly identity?: IdentityDefinition<S, I, D>;
  create(context: WriteContext<S, D>, plan: Model<S>): Promise<Model<S>>;
  /** Undefined: it is gone. Give `state`'s spelling where only the form differs, the remote value where it drifted. */
  read(context: DeferrableContext<D>, state: Model<S>): Promise<Model<S> | undefined>;
  /** Absent: every change replaces the resource. */
  update?(context: WriteContext<S, D>, plan: Model<S>, state: Model<S>): Promise<Model<S>>;
  /** Already gone is success. */
  delete(context: ResourceContext<D>, state: Model<S>): Promise<void>;
  /** Gives at least what `read` needs, which is called next; undefined: no such object. Absent: import is refused. */
  import?(context: DeferrableContext<D>, id: string): Promise<Partial<Model<S>> | undefined>;
  /**
   * Takes over an object of another type (a `moved` block), giving at least what `read` needs. Undefined: not one that
   * this type can become. Runs before the provider is configured.
   */
  move?(
    context: OperationContext & { readonly private: ResourceContext["private"] },
    source: MoveSource,
  ): Promise<Partial<Model<S>> | undefined> | Partial<Model<S>> | undefined;
  /** Rules beyond the schema's. Runs before the provider is configured. */
  validate?(context: OperationContext, config: PlanModel<S>): Promise<void> | void;
  /** Last word on the plan; must not dial out while the provider's configuration is unknown. Not called for destroy. */
  modifyPlan?(
    context: DeferrableContext<D>,
    plan: PlanRequest<S>,
  ): Promise<PlanModel<S>> | PlanModel<S>;
  /** Called when a destroy is planned; it can warn, refuse (by an error) or defer. */
  planDestroy?(context: DeferrableContext<D>, state: Model<S>): Promise<void> | void;
  /** Lifts a state of an older schema version, as parsed JSON, to the current one. */
  upgrade?(
    context: OperationContext,
    state: Readonly<Record<string, unknown>>,
    fromVersion: number,
  ): Promise<Partial<Model<S>>> | Partial<Model<S>>;
}

/** One data source type. */
export interface DataSourceDefinition<S extends Schema = Schema, D = unknown> {
  readonly type: string;
  readonly schema: S;
  read(context: DataSourceContext<D>, config: Model<S>): Promise<Model<S>>;
  validate?(context: OperationContext, config: PlanModel<S>): Promise<void> | void;
}

export interface ProviderDefinition<S extends Schema = Schema, D = unknown> {
  /** The prefix of its types: "covey". */
  readonly name: string;
  /** Source address, for logs and --debug: "registry.terraform.io/covey/covey". */
  readonly address: string;
  readonly version: string;
  readonly schema: S;
  validate?(context: OperationContext, config: PlanModel<S>): Promise<void> | void;
  /** What a module's `provider_meta` block may say; read as `context.providerMeta`. */
  readonly meta?: Schema;
  /**
   * What it returns is `context.providerData` everywhere. Values may be unknown while planning. Must not dial out. Where
   * it defers, every resource and data source is put off.
   */
  configure(context: ConfigureContext, config: PlanModel<S>): Promise<D> | D;
  readonly resources: readonly Resource<D>[];
  readonly dataSources?: readonly DataSource<D>[];
  readonly functions?: readonly ProviderFunction[];
  readonly ephemeralResources?: readonly EphemeralResource<D>[];
}

declare const providerData: unique symbol;

/** A resource type ready to be served, its schema's type forgotten. */
export interface Resource<D = unknown> {
  readonly definition: ResourceDefinition;
  readonly [providerData]?: (data: D) => void;
}

/** A data source type ready to be served. */
export interface DataSource<D = unknown> {
  readonly definition: DataSourceDefinition;
  readonly [providerData]?: (data: D) => void;
}

export interface Provider {
  readonly definition: ProviderDefinition;
}
