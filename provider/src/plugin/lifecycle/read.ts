import { formatPath } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { decodeJson, parseExact } from "../codec/json";
import { objectTypeOf } from "../schema/attributes";
import type { Schema } from "../schema/schema";
import { nullWriteOnly } from "../schema/walk";
import type { Type } from "../values/type";
import { isRecord, type Value } from "../values/value";
import { conform, unknownPaths } from "./conform";
import { formatViolations, stateViolations, type StateSource } from "./contract";
import type { DataSourceDefinition, ResourceDefinition } from "./definitions";
import { toModel } from "./model";
import { StoredPrivate } from "./private-state";
import { guarded, operationContext, resourceContext, type Scope } from "./scope";

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

/** The state to read from next, or undefined with a diagnostic. */
export async function importResource(
  definition: ResourceDefinition,
  id: string,
  scope: Scope,
): Promise<ReadOutput | undefined> {
  return guarded(scope, `Importing ${definition.type}`, async () => {
    if (definition.import === undefined) {
      throw new PluginError(
        "Import not supported",
        `${definition.type} cannot be imported; create it with Terraform instead.`,
      );
    }
    const privateState = new StoredPrivate(new Uint8Array(0));
    const found = await definition.import(resourceContext(scope, privateState), id);
    if (found === undefined) {
      throw new PluginError(
        "Cannot import non-existent object",
        `There is no ${definition.type} with the id ${JSON.stringify(id)}.`,
      );
    }
    return { state: known(definition, found, "import", scope), private: privateState.toBytes() };
  });
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

/** What a data source says. Null with a diagnostic on error. */
export async function readDataSource(
  definition: DataSourceDefinition,
  config: Value,
  scope: Scope,
): Promise<Value> {
  const state = await guarded(scope, `Reading ${definition.type}`, async () => {
    const context = { ...operationContext(scope), providerData: scope.providerData };
    const model = toModel(typeOf(definition), config) as AnyModel;
    return known(definition, await definition.read(context, model), "data source", scope);
  });
  return state ?? null;
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
  const { attributes } = definition.schema;
  const value = conform(typeOf(definition), returned);
  const unknown = unknownPaths(value);
  if (unknown.length > 0) {
    throw new PluginError(
      "Provider bug: unknown value",
      `The provider left ${unknown.map(formatPath).join(", ")} unknown. Please report this.`,
      unknown[0],
    );
  }
  const state = nullWriteOnly(attributes, value);
  const found = scope.checkContract ? stateViolations(attributes, state, what) : [];
  if (found.length === 0) return state;
  throw new PluginError(
    `Provider bug: invalid result of ${what}`,
    `${definition.type} breaks Terraform's rules:\n${formatViolations(found)}\nPlease report this.`,
    found[0]?.path,
  );
}
