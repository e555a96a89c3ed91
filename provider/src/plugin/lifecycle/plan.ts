import { formatPath, type Path } from "../diagnostics/path";
import { isConfigurable } from "../schema/attribute";
import { objectTypeOf } from "../schema/attributes";
import { same } from "../values/same-value";
import { isRecord, type Value } from "../values/value";
import { attributeOf } from "../schema/walk";
import { conform } from "./conform";
import { formatViolations, planViolations, replacePathViolations } from "./contract";
import type { ResourceDefinition } from "./definitions";
import { toModel } from "./model";
import { modifyAttributes } from "./modify";
import { StoredPrivate } from "./private-state";
import { applyDefaults, markComputed } from "./propose";
import { guarded, resourceContext, type Scope } from "./scope";

type AnyModel = Readonly<Record<string, never>>;

export interface PlanInput {
  /** Null when the resource is being created. */
  readonly prior: Value;
  /** Core's merge of configuration and prior state; null when the resource is being destroyed. */
  readonly proposed: Value;
  readonly config: Value;
  readonly private: Uint8Array;
}

export interface PlanOutput {
  readonly planned: Value;
  readonly requiresReplace: readonly Path[];
  readonly private: Uint8Array;
}

/** The plan for one resource. On error the proposed state is answered, which Terraform ignores. */
export async function planResource(
  definition: ResourceDefinition,
  input: PlanInput,
  scope: Scope,
): Promise<PlanOutput> {
  if (input.proposed === null) return planDestroy(definition, input, scope);
  const unchanged = { planned: input.proposed, requiresReplace: [], private: input.private };
  const replace = new ReplacePaths();
  const doing = `Planning ${definition.type}`;
  const base = await guarded(scope, doing, () => basePlan(definition, input, replace));
  if (base === undefined) return unchanged;
  const output = await guarded(scope, doing, () =>
    modifiedPlan(definition, input, { base, replace, scope }),
  );
  if (output === undefined) return { ...unchanged, planned: base };
  if (scope.checkContract && !scope.diagnostics.hasErrors) check(definition, input, output, scope);
  return output;
}

async function planDestroy(
  definition: ResourceDefinition,
  input: PlanInput,
  scope: Scope,
): Promise<PlanOutput> {
  const type = objectTypeOf(definition.schema.attributes);
  const bytes = await guarded(scope, `Planning to destroy ${definition.type}`, async () => {
    const privateState = new StoredPrivate(input.private);
    const context = resourceContext(scope, privateState);
    await definition.planDestroy?.(context, toModel(type, input.prior) as AnyModel);
    return privateState.toBytes();
  });
  return { planned: null, requiresReplace: [], private: bytes ?? input.private };
}

/** Defaults, unknowns for what is computed, and the attributes' own modifiers. */
function basePlan(
  { schema: { attributes } }: ResourceDefinition,
  { prior, config, proposed }: PlanInput,
  replace: ReplacePaths,
): Value {
  const preset = applyDefaults(attributes, config, proposed);
  const marked =
    prior !== null && same(prior, preset) ? preset : markComputed(attributes, config, preset);
  const versions = { config, prior: prior ?? undefined, planned: marked };
  return modifyAttributes(attributes, versions, [], (path) => {
    replace.add(path);
  });
}

async function modifiedPlan(
  definition: ResourceDefinition,
  { prior, config, private: stored }: PlanInput,
  { base, replace, scope }: { base: Value; replace: ReplacePaths; scope: Scope },
): Promise<PlanOutput> {
  const type = objectTypeOf(definition.schema.attributes);
  const privateState = new StoredPrivate(stored);
  const requireReplace = (path: Path): void => {
    replace.add(path);
  };
  const planned =
    definition.modifyPlan === undefined
      ? base
      : conform(
          type,
          await definition.modifyPlan(resourceContext(scope, privateState), {
            config: toModel(type, config) as AnyModel,
            prior: prior === null ? undefined : (toModel(type, prior) as AnyModel),
            planned: toModel(type, base) as AnyModel,
            requireReplace,
          }),
        );
  if (prior !== null && definition.update === undefined) {
    changedAttributes(definition, prior, planned).forEach(requireReplace);
  }
  return {
    planned,
    requiresReplace: prior === null ? [] : replace.sorted(),
    private: privateState.toBytes(),
  };
}

/** What differs, leaving out what only the provider sets, unless nothing else differs. */
function changedAttributes(definition: ResourceDefinition, prior: Value, planned: Value): Path[] {
  if (!isRecord(planned)) return [];
  const changed = Object.keys(planned).filter(
    (name) => !same(attributeOf(prior, name), attributeOf(planned, name)),
  );
  const configurable = changed.filter((name) => {
    const attribute = definition.schema.attributes[name];
    return attribute !== undefined && isConfigurable(attribute);
  });
  return (configurable.length > 0 ? configurable : changed).map((name) => [name]);
}

function check(
  definition: ResourceDefinition,
  input: PlanInput,
  output: PlanOutput,
  scope: Scope,
): void {
  const { attributes } = definition.schema;
  const found = [
    ...planViolations(attributes, input.prior, input.config, output.planned),
    ...replacePathViolations(attributes, output.requiresReplace),
  ];
  if (found.length > 0) {
    scope.diagnostics.error(
      "Provider bug: invalid plan",
      `The plan of ${definition.type} breaks Terraform's rules:\n${formatViolations(found)}\nPlease report this.`,
      found[0]?.path,
    );
  }
}

/** Each path once, in a stable order. */
class ReplacePaths {
  private readonly paths = new Map<string, Path>();

  add(path: Path): void {
    this.paths.set(formatPath(path), path);
  }

  sorted(): readonly Path[] {
    return [...this.paths.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  }
}
