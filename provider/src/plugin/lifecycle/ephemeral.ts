import { objectTypeOf } from "../schema/attributes";
import { isUnknown, UNKNOWN } from "../values/unknown";
import type { Value } from "../values/value";
import { formatViolations, planViolations } from "./contract";
import type { EphemeralResourceDefinition } from "./ephemeral-resource";
import { toModel } from "./model";
import { StoredPrivate } from "./private-state";
import { guarded, resourceContext, type Scope } from "./scope";
import { settled } from "./settled";

export interface OpenOutput {
  readonly result: Value;
  readonly renewAt: Date | undefined;
  readonly private: Uint8Array;
}

/** Undefined with a diagnostic on error; an unknown result when it was put off. */
export async function openEphemeral(
  definition: EphemeralResourceDefinition,
  config: Value,
  scope: Scope,
): Promise<OpenOutput | undefined> {
  const output = await guarded(scope, `Opening ${definition.type}`, async () => {
    const privateState = new StoredPrivate(NOTHING);
    const model = toModel(objectTypeOf(definition.schema.attributes), config) as Readonly<
      Record<string, never>
    >;
    const opened = await definition.open(resourceContext(scope, privateState), model);
    const result = settled(definition.schema, opened.result);
    if (scope.checkContract) check(definition, config, result, scope);
    return { result, renewAt: opened.renewAt, private: privateState.toBytes() };
  });
  if (scope.deferral.reason === undefined) return output;
  return { result: UNKNOWN, renewAt: undefined, private: NOTHING };
}

export interface RenewOutput {
  readonly renewAt: Date | undefined;
  readonly private: Uint8Array;
}

export async function renewEphemeral(
  definition: EphemeralResourceDefinition,
  stored: Uint8Array,
  scope: Scope,
): Promise<RenewOutput> {
  const output = await guarded(scope, `Renewing ${definition.type}`, async () => {
    const privateState = new StoredPrivate(stored);
    const renewAt = await definition.renew?.(resourceContext(scope, privateState));
    return { renewAt, private: privateState.toBytes() };
  });
  return output ?? { renewAt: undefined, private: stored };
}

export async function closeEphemeral(
  definition: EphemeralResourceDefinition,
  stored: Uint8Array,
  scope: Scope,
): Promise<void> {
  await guarded(scope, `Closing ${definition.type}`, async () => {
    await definition.close?.(resourceContext(scope, new StoredPrivate(stored)));
  });
}

const NOTHING = new Uint8Array(0);

/** Core holds the result against the configuration by its rules for plans (node_resource_ephemeral.go). */
function check(
  { type, schema }: EphemeralResourceDefinition,
  config: Value,
  result: Value,
  scope: Scope,
): void {
  if (isUnknown(result)) return;
  const found = planViolations(schema.attributes, null, config, result);
  if (found.length === 0) return;
  scope.diagnostics.error(
    "Provider bug: invalid ephemeral resource",
    `The result of ${type} breaks Terraform's rules:\n${formatViolations(found)}\nPlease report this.`,
    found[0]?.path,
  );
}
