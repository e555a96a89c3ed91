import type { Diagnostics } from "../diagnostics/diagnostics";
import type { Model, Schema } from "../schema/schema";

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

export interface ResourceContext<D = unknown> extends OperationContext {
  /** What the provider's `configure` returned. */
  readonly providerData: D;
  readonly private: PrivateState;
}

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
