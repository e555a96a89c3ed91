import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Model, Schema } from "../schema/schema";
import type { DeferralReason } from "./deferral";

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Goes to Terraform's log (TF_LOG). Fields must not hold secrets. */
export interface PluginLog {
  trace(message: string, fields?: Readonly<Record<string, JsonValue>>): void;
  debug(message: string, fields?: Readonly<Record<string, JsonValue>>): void;
  info(message: string, fields?: Readonly<Record<string, JsonValue>>): void;
  warn(message: string, fields?: Readonly<Record<string, JsonValue>>): void;
  error(message: string, fields?: Readonly<Record<string, JsonValue>>): void;
}

/** Facts kept in the state file beside the resource, unseen by the user. Stored in clear: no secrets. */
export interface PrivateState {
  get(key: string): JsonValue | undefined;
  /** Undefined removes the key. Refused in validate and delete, where nothing is stored. */
  set(key: string, value: JsonValue | undefined): void;
}

/** What every method gets. */
export interface OperationContext {
  /** Aborted by the user's interrupt; the method shall save what exists, then throw. */
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
  readonly log: PluginLog;
}

/** Of operations that Terraform can put off until more is known. */
export interface Deferrable {
  /**
   * Ends the operation: Terraform shall come back in a later run. An error for the user when this Terraform, or this
   * run of it, does not allow that.
   */
  readonly defer: (reason: DeferralReason) => never;
}

export type ConfigureContext = OperationContext & Deferrable;

interface ProviderContext<D> extends OperationContext {
  /** What the provider's `configure` returned. */
  readonly providerData: D;
  /** The module's `provider_meta` block, when the provider has a schema for it and the module sets it. */
  readonly providerMeta: Readonly<Record<string, unknown>> | undefined;
}

export type DataSourceContext<D = unknown> = ProviderContext<D> & Deferrable;

export interface ResourceContext<D = unknown> extends ProviderContext<D> {
  readonly private: PrivateState;
}

/** For reading, planning and importing. */
export type DeferrableContext<D = unknown> = ResourceContext<D> & Deferrable;

export interface WriteContext<S extends Schema, D = unknown> extends ResourceContext<D> {
  /** The configuration, for write-only attributes, which plan and state never hold. */
  readonly config: Model<S>;
  /**
   * Saves what exists so far, so that an error or interrupt afterwards leaves a tainted resource in the state, never an
   * orphan. Attributes not given keep what was saved before, else (create) the plan, (update) the prior state. May be
   * called often; what the method returns in the end replaces it.
   */
  saveState(partial: Partial<Model<S>>): void;
}
