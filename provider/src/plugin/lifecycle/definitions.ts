import type { Path } from "../diagnostics/path";
import type { Model, PlanModel, Schema } from "../schema/schema";
import type { OperationContext, ResourceContext, WriteContext } from "./context";

export interface PlanRequest<S extends Schema> {
  readonly config: PlanModel<S>;
  /** Undefined when the resource is being created. */
  readonly prior: Model<S> | undefined;
  /** The plan so far: defaults applied, computed attributes unknown where something changes. */
  readonly planned: PlanModel<S>;
  /** Says that the change at this path cannot be done in place. No effect on create. */
  requireReplace(path: Path): void;
}

/**
 * One resource type. Errors: throw a `PluginError` (or any Error), or report to `context.diagnostics`; both fail the
 * operation. A create that throws before `saveState` has made nothing; after it, the resource is tainted. An update that
 * throws leaves the prior state with what `saveState` said on top of it.
 */
export interface ResourceDefinition<S extends Schema = Schema, D = unknown> {
  /** With the provider's prefix: "covey_node". */
  readonly type: string;
  readonly schema: S;
  /** Version of the schema; raise it when stored states need `upgrade`. Default 0. */
  readonly version?: number;
  create(context: WriteContext<S, D>, plan: Model<S>): Promise<Model<S>>;
  /** Undefined: it is gone. Give `state`'s spelling where only the form differs, the remote value where it drifted. */
  read(context: ResourceContext<D>, state: Model<S>): Promise<Model<S> | undefined>;
  /** Absent: every change replaces the resource. */
  update?(context: WriteContext<S, D>, plan: Model<S>, state: Model<S>): Promise<Model<S>>;
  /** Already gone is success. */
  delete(context: ResourceContext<D>, state: Model<S>): Promise<void>;
  /** Gives at least what `read` needs, which is called next; undefined: no such object. Absent: import is refused. */
  import?(context: ResourceContext<D>, id: string): Promise<Partial<Model<S>> | undefined>;
  /** Rules beyond the schema's. Runs before the provider is configured. */
  validate?(context: OperationContext, config: PlanModel<S>): Promise<void> | void;
  /** Last word on the plan; must not dial out while the provider's configuration is unknown. Not called for destroy. */
  modifyPlan?(
    context: ResourceContext<D>,
    plan: PlanRequest<S>,
  ): Promise<PlanModel<S>> | PlanModel<S>;
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
  read(
    context: OperationContext & { readonly providerData: D },
    config: Model<S>,
  ): Promise<Model<S>>;
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
  /** What it returns is `context.providerData` everywhere. Values may be unknown while planning. Must not dial out. */
  configure(context: OperationContext, config: PlanModel<S>): Promise<D> | D;
  readonly resources: readonly Resource<D>[];
  readonly dataSources?: readonly DataSource<D>[];
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
