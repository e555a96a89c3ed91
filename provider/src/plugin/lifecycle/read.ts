import { PluginError } from "../diagnostics/plugin-error";
import { decodeJson, parseExact } from "../codec/json";
import { objectTypeOf } from "../schema/attributes";
import { UNKNOWN } from "../values/unknown";
import { isRecord, type Value } from "../values/value";
import { toModel } from "./conform";
import type { DeferrableContext } from "./context";
import type { DataSourceDefinition, ResourceDefinition } from "./definitions";
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
    const returned = await definition.read(context, toModel(current.state) as AnyModel);
    const state = returned === undefined ? null : settled(definition.schema, returned);
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
    return { state: settled(definition.schema, found), private: privateState.toBytes() };
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
  return definition.identity.import(context, toModel(key.identity) as AnyModel);
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
    const type = objectTypeOf(definition.schema.attributes);
    if (stored.version > current) {
      throw new PluginError(
        "State is newer than the provider",
        `The state of ${definition.type} has version ${stored.version}, this provider knows ${current}. Use the provider that wrote it, or a newer one.`,
      );
    }
    if (definition.upgrade === undefined) return decodeJson(type, text);
    const old = parseExact(text);
    if (!isRecord(old)) throw new Error("the stored state is no object");
    const upgraded = await definition.upgrade(
      operationContext(scope),
      toModel(old) as AnyModel,
      stored.version,
    );
    return settled(definition.schema, upgraded);
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
    return settled(definition.schema, await definition.read(context, toModel(config) as AnyModel));
  });
  return state ?? (scope.deferral.reason === undefined ? null : UNKNOWN);
}
