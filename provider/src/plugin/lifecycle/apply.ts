import { formatPath } from "../diagnostics/path";
import { objectTypeOf } from "../schema/attributes";
import { nullWriteOnly } from "../schema/walk";
import type { Type } from "../values/type";
import { isRecord, type Value, type ValueRecord } from "../values/value";
import { conform, nullUnknowns, unknownPaths } from "./conform";
import { applyViolations, formatViolations } from "./contract";
import type { WriteContext } from "./context";
import type { ResourceDefinition } from "./definitions";
import { toModel } from "./model";
import { StoredPrivate } from "./private-state";
import { guarded, resourceContext, type Scope } from "./scope";

export interface ApplyInput {
  /** Null: create. */
  readonly prior: Value;
  /** Null: delete. */
  readonly planned: Value;
  readonly config: Value;
  readonly private: Uint8Array;
}

export interface ApplyOutput {
  readonly state: Value;
  readonly private: Uint8Array;
}

type AnyModel = Readonly<Record<string, never>>;

/** Creates, updates or deletes. After an error the state answered is what exists, as far as it is known. */
export async function applyResource(
  definition: ResourceDefinition,
  input: ApplyInput,
  scope: Scope,
): Promise<ApplyOutput> {
  const privateState = await guarded(
    scope,
    `Reading private state of ${definition.type}`,
    () => new StoredPrivate(input.private),
  );
  if (privateState === undefined) return { state: input.prior, private: input.private };
  const state =
    input.planned === null
      ? await remove(definition, input, scope, privateState)
      : await write(definition, input, scope, privateState);
  const bytes = await guarded(scope, `Saving private state of ${definition.type}`, () =>
    privateState.toBytes(),
  );
  return { state, private: bytes ?? input.private };
}

async function remove(
  definition: ResourceDefinition,
  input: ApplyInput,
  scope: Scope,
  privateState: StoredPrivate,
): Promise<Value> {
  await guarded(scope, `Deleting ${definition.type}`, () =>
    definition.delete(
      resourceContext(scope, privateState),
      toModel(typeOf(definition), input.prior) as AnyModel,
    ),
  );
  return scope.diagnostics.hasErrors ? input.prior : null;
}

async function write(
  definition: ResourceDefinition,
  input: ApplyInput,
  scope: Scope,
  privateState: StoredPrivate,
): Promise<Value> {
  const saved = new SavedState(definition, input);
  const creating = input.prior === null;
  const type = typeOf(definition);
  const doing = `${creating ? "Creating" : "Updating"} ${definition.type}`;
  const result = await guarded(scope, doing, async () => {
    const context: WriteContext<ResourceDefinition["schema"]> = {
      ...resourceContext(scope, privateState),
      config: toModel(type, nullUnknowns(input.config)) as AnyModel,
      saveState: (partial) => {
        saved.merge(partial);
      },
    };
    const plan = toModel(type, nullUnknowns(input.planned)) as AnyModel;
    const returned = creating
      ? await definition.create(context, plan)
      : await update(definition, context, plan, toModel(type, input.prior) as AnyModel);
    return nullWriteOnly(definition.schema.attributes, conform(type, returned));
  });
  if (result === undefined) return saved.state;
  if (!scope.diagnostics.hasErrors) return finished(definition, input, result, scope);
  return nullUnknowns(result);
}

function typeOf({ schema }: ResourceDefinition): Type {
  return objectTypeOf(schema.attributes);
}

function update(
  definition: ResourceDefinition,
  context: WriteContext<ResourceDefinition["schema"]>,
  plan: AnyModel,
  prior: AnyModel,
): Promise<AnyModel> {
  if (definition.update === undefined) {
    throw new Error(`${definition.type} cannot be updated in place, but such a change was planned`);
  }
  return definition.update(context, plan, prior) as Promise<AnyModel>;
}

/** What was made is kept in every case; mistakes of the provider are told on top. */
function finished(
  definition: ResourceDefinition,
  input: ApplyInput,
  result: Value,
  scope: Scope,
): Value {
  const unknown = unknownPaths(result);
  if (unknown.length > 0) {
    scope.diagnostics.error(
      "Provider bug: unknown value after apply",
      `${definition.type} left ${unknown.map(formatPath).join(", ")} unknown. Please report this.`,
      unknown[0],
    );
  } else if (scope.checkContract) {
    const found = applyViolations(definition.schema.attributes, input.planned, result);
    if (found.length > 0) {
      scope.diagnostics.error(
        "Provider bug: result differs from plan",
        `${definition.type} breaks Terraform's rules:\n${formatViolations(found)}\nPlease report this.`,
        found[0]?.path,
      );
    }
  }
  return nullUnknowns(result);
}

/** What `saveState` collects. Until it is first called, a create has made nothing and an update has changed nothing. */
class SavedState {
  state: Value;

  constructor(
    private readonly definition: ResourceDefinition,
    private readonly input: ApplyInput,
  ) {
    this.state = input.prior;
  }

  merge(partial: Readonly<Record<string, unknown>>): void {
    const base: Value = this.state ?? nullUnknowns(this.input.planned);
    const record: ValueRecord = isRecord(base) ? base : {};
    const given = Object.entries(partial).filter(([, value]) => value !== undefined);
    const { attributes } = this.definition.schema;
    const merged = conform(objectTypeOf(attributes), { ...record, ...Object.fromEntries(given) });
    this.state = nullWriteOnly(attributes, nullUnknowns(merged));
  }
}
