import { PluginError } from "../diagnostics/plugin-error";
import { decodeJson, parseExact } from "../codec/json";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import type { Type } from "../values/type";
import { UNKNOWN } from "../values/unknown";
import { isRecord, type Value } from "../values/value";
import type { DeferrableContext } from "./context";
import { formatViolations, stateViolations, type StateSource } from "./contract";
import type { DataSourceDefinition, ResourceDefinition } from "./definitions";
import { identityType } from "./identity";
import { toModel } from "./model";
import { StoredPrivate } from "./private-state";
import { guarded, operationContext, resourceContext, type Scope } from "./scope";
import { settled } from "./settled";

type AnyModel = Readonly<Record<string, never>>;

export interface ReadOutput {
  /** Null: gone. */
  readonly state: Value;
  readonly private: Uint8Array;
}

/** The resource as it is now. On error the state stays as it was. */
export async function readResource(
  definition: ResourceDefinition,
  current: ReadOutput,
  scope: Scope,
): Promise<ReadOutput> {
  const output = await guarded(scope, `Reading ${definition.type}`, async () => {
    const privateState = new StoredPrivate(current.private);
    const context = resourceContext(scope, privateState);
    const returned = await definition.read(
      context,
      toModel(typeOf(definition), current.state) as AnyModel,
    );
    const state = returned === undefined ? null : known(definition, returned, "read", scope);
    return { state, private: privateState.toBytes() };
  });
  return output === undefined || scope.diagnostics.hasErrors ? current : output;
}

/** What the user imports by: an id, or (with Terraform 1.12) an identity. */
export type ImportKey = { readonly id: string } | { readonly identity: Value };

/** The state to read from next, or undefined with a diagnostic. */
export async function importResource(
  definition: ResourceDefinition,
  key: ImportKey,
  scope: Scope,
): Promise<ReadOutput | undefined> {
  return guarded(scope, `Importing ${definition.type}`, async () => {
    const privateState = new StoredPrivate(new Uint8Array(0));
    const context = resourceContext(scope, privateState);
    const found = await find(definition, context, key);
    if (found === undefined) {
      throw new PluginError(
        "Cannot import non-existent object",
        "id" in key
          ? `There is no ${definition.type} with the id ${JSON.stringify(key.id)}.`
          : `There is no ${definition.type} with this identity.`,
      );
    }
    return { state: known(definition, found, "import", scope), private: privateState.toBytes() };
  });
}

async function find(
  definition: ResourceDefinition,
  context: DeferrableContext,
  key: ImportKey,
): Promise<unknown> {
  if ("id" in key) {
    if (definition.import === undefined) throw notImportable(definition, "by id");
    return definition.import(context, key.id);
  }
  if (definition.identity?.import === undefined) throw notImportable(definition, "by identity");
  return definition.identity.import(
    context,
    toModel(identityType(definition.identity), key.identity) as AnyModel,
  );
}

function notImportable({ type }: ResourceDefinition, how: string): PluginError {
  return new PluginError(
    "Import not supported",
    `${type} cannot be imported ${how}; create it with Terraform instead.`,
  );
}

/** A stored state, lifted to the current schema; undefined means that it can be taken as it is. */
export async function upgradeResource(
  definition: ResourceDefinition,
  stored: { readonly json: Uint8Array; readonly version: number },
  scope: Scope,
): Promise<Value | undefined> {
  const current = definition.version ?? 0;
  if (stored.version === current) return undefined;
  return guarded(scope, `Upgrading the state of ${definition.type}`, async () => {
    const text = Buffer.from(stored.json).toString("utf8");
    const type = typeOf(definition);
    if (stored.version > current) {
      throw new PluginError(
        "State is newer than the provider",
        `The state of ${definition.type} has version ${stored.version}, this provider knows ${current}. Use the provider that wrote it, or a newer one.`,
      );
    }
    if (definition.upgrade === undefined) return decodeJson(type, text);
    const old = parseExact(text);
    if (!isRecord(old)) throw new Error("the stored state is no object");
    const upgraded = await definition.upgrade(operationContext(scope), old, stored.version);
    return known(definition, upgraded, "upgrade", scope);
  });
}

/** What a data source says. Null with a diagnostic on error, unknown when it was put off. */
export async function readDataSource(
  definition: DataSourceDefinition,
  config: Value,
  scope: Scope,
): Promise<Value> {
  const state = await guarded(scope, `Reading ${definition.type}`, async () => {
    const { providerData, providerMeta, deferral } = scope;
    const { defer } = deferral;
    const context = { ...operationContext(scope), providerData, providerMeta, defer };
    const model = toModel(typeOf(definition), config) as AnyModel;
    return known(definition, await definition.read(context, model), "data source", scope);
  });
  return state ?? (scope.deferral.reason === undefined ? null : UNKNOWN);
}

function typeOf({ schema }: { readonly schema: Schema }): Type {
  return objectTypeOf(schema.attributes);
}

/** What a method answered, as a value that core takes. */
function known(
  definition: { readonly type: string; readonly schema: Schema },
  returned: unknown,
  what: StateSource,
  scope: Scope,
): Value {
  const state = settled(definition.schema, returned);
  const found = scope.checkContract
    ? stateViolations(definition.schema.attributes, state, what)
    : [];
  if (found.length === 0) return state;
  throw new PluginError(
    `Provider bug: invalid result of ${what}`,
    `${definition.type} breaks Terraform's rules:\n${formatViolations(found)}\nPlease report this.`,
    found[0]?.path,
  );
}
