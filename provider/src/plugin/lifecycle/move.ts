import { PluginError } from "../diagnostics/plugin-error";
import { parseExact } from "../codec/json";
import { isRecord } from "../values/value";
import type { MoveSource, ResourceDefinition } from "./definitions";
import { StoredPrivate } from "./private-state";
import type { ReadOutput } from "./read";
import { guarded, resourceContext, type Scope } from "./scope";
import { settled } from "./settled";

export interface RawMoveSource {
  readonly providerAddress: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly state: Uint8Array;
  readonly private: Uint8Array;
  readonly identity: Uint8Array;
  readonly identityVersion: number;
}

/** The state that the moved resource starts from, or undefined with a diagnostic. */
export async function moveResource(
  definition: ResourceDefinition,
  raw: RawMoveSource,
  scope: Scope,
): Promise<ReadOutput | undefined> {
  return guarded(scope, `Moving ${raw.type} to ${definition.type}`, async () => {
    const privateState = new StoredPrivate(new Uint8Array(0));
    const context = resourceContext(scope, privateState);
    const moved = await definition.move?.(context, sourceOf(raw));
    if (moved === undefined) {
      throw new PluginError(
        "Move not supported",
        `${definition.type} cannot take over ${raw.type} (schema version ${raw.schemaVersion}) of ${raw.providerAddress}. Remove the moved block; use a removed block and an import block instead.`,
      );
    }
    return { state: settled(definition.schema, moved), private: privateState.toBytes() };
  });
}

function sourceOf(raw: RawMoveSource): MoveSource {
  const state = parsed(raw.state);
  if (!isRecord(state)) throw new Error("the stored state is no object");
  return {
    providerAddress: raw.providerAddress,
    type: raw.type,
    schemaVersion: raw.schemaVersion,
    state,
    private: readable(raw.private),
    identity:
      raw.identity.length === 0
        ? undefined
        : { version: raw.identityVersion, attributes: parsed(raw.identity) },
  };
}

function parsed(json: Uint8Array): never {
  return parseExact(Buffer.from(json).toString("utf8")) as never;
}

/** Another provider's private state has a form of its own, which is none of our business. */
function readable(bytes: Uint8Array): MoveSource["private"] {
  try {
    return new StoredPrivate(bytes);
  } catch {
    return new StoredPrivate(new Uint8Array(0));
  }
}
