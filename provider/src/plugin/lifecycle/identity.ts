/**
 * Resource identity (protocol 6.9, Terraform 1.12): the few facts by which a real object is told from all others. It is
 * computed from the state, so it cannot be forgotten or contradict it.
 */
import { PluginError } from "../diagnostics/plugin-error";
import { parseExact } from "../codec/json";
import type { ElementType, KnownOf } from "../schema/attribute";
import type { Model, Schema } from "../schema/schema";
import { same } from "../values/same-value";
import type { Type } from "../values/type";
import { isRecord, type Value } from "../values/value";
import { conform } from "./conform";
import type { DeferrableContext, OperationContext } from "./context";
import { toModel } from "./model";
import { guarded, operationContext, type Scope } from "./scope";

export interface IdentityAttribute<K = unknown> {
  /** A string, number, bool, or a list of these. */
  readonly type: ElementType<K>;
  /** The provider finds it by itself when an import leaves it out. */
  readonly optionalForImport?: true;
  /** Markdown. */
  readonly description?: string;
}

export type IdentityAttributes = Readonly<Record<string, IdentityAttribute>>;

export type IdentityModel<I extends IdentityAttributes> = {
  readonly [N in keyof I]: KnownOf<I[N]["type"]>;
};

type ImportIdentity<I extends IdentityAttributes> = {
  readonly [N in keyof I]:
    KnownOf<I[N]["type"]> | (I[N]["optionalForImport"] extends true ? null : never);
};

export interface IdentityDefinition<
  S extends Schema = Schema,
  I extends IdentityAttributes = IdentityAttributes,
  D = unknown,
> {
  /** Raise it when stored identities need `upgrade`. Default 0. */
  readonly version?: number;
  readonly attributes: I;
  /** Must be the same for the whole life of the resource. */
  of(state: Model<S>): IdentityModel<I>;
  /** As a resource's `import`, by identity instead of id. */
  import?(
    context: DeferrableContext<D>,
    identity: ImportIdentity<I>,
  ): Promise<Partial<Model<S>> | undefined>;
  /** Lifts an identity of an older version, as parsed JSON. */
  upgrade?(
    context: OperationContext,
    identity: Readonly<Record<string, unknown>>,
    fromVersion: number,
  ): Promise<IdentityModel<I>> | IdentityModel<I>;
}

export function identityType({ attributes }: IdentityDefinition): Type {
  const entries = Object.entries(attributes).map(([name, { type }]) => [name, type.type] as const);
  return { kind: "object", attributes: Object.fromEntries(entries) };
}

/** What an operation on a resource knows and learns of its identity. */
export interface Identified {
  readonly definition: IdentityDefinition;
  /** The type of the resource's state. */
  readonly stateType: Type;
  /** Null: none is known yet. */
  readonly prior: Value;
}

/** The identity of a state; the prior one, with a diagnostic, when it would change or cannot be told. */
export async function identityOf(
  identified: Identified,
  state: Value,
  scope: Scope,
): Promise<Value> {
  const { prior } = identified;
  if (state === null || scope.diagnostics.hasErrors) return prior;
  const found = await guarded(scope, "Telling the identity", () => compute(identified, state));
  if (found === undefined) return prior;
  if (prior !== null && !same(prior, found)) {
    scope.diagnostics.error(
      "Provider bug: identity changed",
      "The identity of a resource must stay the same for its whole life. Please report this.",
    );
    return prior;
  }
  return found;
}

/** The identity of a state that may be incomplete, as after an import; null when it does not hold all of it. */
export function identityIfComplete(identified: Identified, state: Value): Value {
  try {
    const found = compute(identified, state);
    return isRecord(found) && !Object.values(found).includes(null) ? found : null;
  } catch {
    return null;
  }
}

/** A stored identity, lifted to the current version; undefined means that it can be taken as it is. */
export async function upgradeIdentity(
  definition: IdentityDefinition,
  stored: { readonly json: Uint8Array; readonly version: number },
  scope: Scope,
): Promise<Value | undefined> {
  const current = definition.version ?? 0;
  if (stored.version === current) return undefined;
  return guarded(scope, "Upgrading the identity", async () => {
    if (stored.version > current || definition.upgrade === undefined) {
      throw new PluginError(
        "Identity of another version",
        `The stored identity has version ${stored.version}, this provider knows ${current} and how to lift ${definition.upgrade === undefined ? "none" : "older ones"}. Use the provider that wrote it, or a newer one.`,
      );
    }
    const old = parseExact(Buffer.from(stored.json).toString("utf8"));
    if (!isRecord(old)) throw new Error("the stored identity is no object");
    const context = operationContext(scope);
    const upgraded = await definition.upgrade(context, old, stored.version);
    return conform(identityType(definition), upgraded);
  });
}

function compute({ definition, stateType }: Identified, state: Value): Value {
  const model = toModel(stateType, state) as Readonly<Record<string, never>>;
  return conform(identityType(definition), definition.of(model));
}
