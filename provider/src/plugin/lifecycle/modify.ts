import type { Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import type { PlanModifierRequest } from "../schema/plan-modifiers";
import { correlate } from "../schema/correlate";
import { traitsOf } from "../schema/traits";
import { attributeOf, elementsOf, mapEntries, withElements, type Element } from "../schema/walk";
import { DYNAMIC } from "../values/type";
import { isRecord, type Value } from "../values/value";
import { conform } from "./conform";
import { toModel } from "./model";

/** The values of one object in a plan. */
export interface Versions {
  readonly config: Value;
  /** Undefined when the resource is being created. */
  readonly prior: Value | undefined;
  readonly planned: Value;
}

/** Runs the plan modifiers of all attributes, an attribute's own before those inside it. */
export function modifyAttributes(
  attributes: Attributes,
  versions: Versions,
  path: Path,
  requireReplace: (path: Path) => void,
): Value {
  const { modified } = traitsOf(attributes);
  const { config, prior, planned } = versions;
  if (modified.length === 0 || !isRecord(planned)) return planned;
  const holder = holderOf(attributes, versions, path);
  return mapEntries(planned, modified, (name, attribute, own) => {
    const at = [...path, name];
    const of = {
      config: attributeOf(config, name),
      prior: prior === undefined ? undefined : attributeOf(prior, name),
      planned: own,
    };
    const next = modifyOne(attribute, of, holder, { path: at, requireReplace });
    return modifyNested(attribute, { ...of, planned: next }, at, requireReplace);
  });
}

interface Place {
  readonly path: Path;
  readonly requireReplace: (path: Path) => void;
}

/** What modifiers may ask about the object that holds their attribute. */
type Holder = Pick<PlanModifierRequest<unknown>, "isNew" | "sibling">;

function holderOf(attributes: Attributes, { prior, planned }: Versions, path: Path): Holder {
  return {
    isNew: prior === undefined || prior === null,
    sibling: (name) => {
      const type = attributes[name]?.type ?? DYNAMIC;
      const model = (of: Value | undefined) =>
        toModel(type, attributeOf(of, name), [...path, name]);
      return { prior: model(prior), planned: model(planned) };
    },
  };
}

function modifyOne(
  attribute: Attribute,
  versions: Versions,
  holder: Holder,
  { path, requireReplace }: Place,
): Value {
  const { planModifiers = [], type } = attribute;
  let planned = versions.planned;
  if (planModifiers.length === 0) return planned;
  const config = toModel(type, versions.config, path);
  const prior = versions.prior === undefined ? undefined : toModel(type, versions.prior, path);
  for (const modifier of planModifiers) {
    const response = modifier.modify({
      config,
      prior,
      planned: toModel(type, planned, path),
      ...holder,
    });
    planned = conform(type, response.planned, path);
    if (response.requiresReplace === true) requireReplace(path);
  }
  return planned;
}

function modifyNested(
  { nested }: Attribute,
  { config, prior, planned }: Versions,
  path: Path,
  requireReplace: (path: Path) => void,
): Value {
  if (nested === undefined || traitsOf(nested.attributes).modified.length === 0) return planned;
  const before = elementsOf(nested.nesting, planned);
  const configs = counterparts(nested, before, elementsOf(nested.nesting, config));
  const priors = priorsOf(nested, before, configs, prior);
  const after = before.map((element, index): Element => {
    const [key, value] = element;
    const versions = { config: configs[index] ?? null, prior: priors?.[index], planned: value };
    const at = key === undefined ? path : [...path, key];
    return [key, modifyAttributes(nested.attributes, versions, at, requireReplace)];
  });
  return withElements(nested.nesting, planned, before, after);
}

type Nested = NonNullable<Attribute["nested"]>;

/** For each planned element the configured one that it came of, or undefined. */
function counterparts(
  nested: Nested,
  planned: readonly Element[],
  configured: readonly Element[],
): readonly (Value | undefined)[] {
  const found: (Value | undefined)[] = planned.map(() => undefined);
  correlate(nested, configured, planned).forEach((index, at) => {
    if (index >= 0) found[index] = configured[at]?.[1];
  });
  return found;
}

/** For each planned element what it was before, null when it is new; undefined when the whole resource is. */
function priorsOf(
  nested: Nested,
  planned: readonly Element[],
  configs: readonly (Value | undefined)[],
  prior: Value | undefined,
): readonly Value[] | undefined {
  if (prior === undefined) return undefined;
  const before = elementsOf(nested.nesting, prior);
  const wanted = planned.map(([key, value], index): Element => [key, configs[index] ?? value]);
  return correlate(nested, wanted, before).map((index) => before[index]?.[1] ?? null);
}
