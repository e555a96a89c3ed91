import type { Path } from "../diagnostics/path";
import type { Attribute, Attributes } from "../schema/attribute";
import { attributeOf, counterpart, elementsOf, fromElements, mapAttributes } from "../schema/walk";
import { isUnknown } from "../values/unknown";
import { isRecord, type Value } from "../values/value";
import { conform, toModel } from "./conform";

/** The values of one object in a plan. `prior` is undefined when the resource is being created. */
export interface Versions {
  readonly config: Value;
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
  return mapAttributes(attributes, (name, attribute) => {
    const at = [...path, name];
    const own = {
      config: attributeOf(versions.config, name),
      prior: versions.prior === undefined ? undefined : attributeOf(versions.prior, name),
      planned: attributeOf(versions.planned, name),
    };
    const planned = modifyOne(attribute, { own, object: versions }, at, requireReplace);
    return modifyNested(attribute, { ...own, planned }, at, requireReplace);
  });
}

function modifyOne(
  attribute: Attribute,
  { own, object }: { readonly own: Versions; readonly object: Versions },
  path: Path,
  requireReplace: (path: Path) => void,
): Value {
  let planned = own.planned;
  for (const modifier of attribute.planModifiers ?? []) {
    const response = modifier.modify({
      config: toModel(own.config, path),
      prior: own.prior === undefined ? undefined : toModel(own.prior, path),
      planned: toModel(planned, path),
      isNew: object.prior === undefined || object.prior === null,
      sibling: (name) => ({
        prior: toModel(attributeOf(object.prior, name), path),
        planned: toModel(attributeOf(object.planned, name), path),
      }),
    });
    planned = conform(attribute.type, response.planned, path);
    if (response.requiresReplace === true) requireReplace(path);
  }
  return planned;
}

function modifyNested(
  attribute: Attribute,
  { config, prior, planned }: Versions,
  path: Path,
  requireReplace: (path: Path) => void,
): Value {
  const nested = attribute.nested;
  if (nested === undefined || planned === null || isUnknown(planned)) return planned;
  const elements = elementsOf(nested.nesting, planned).map((element) => {
    const [key, value] = element;
    if (!isRecord(value)) return element;
    const versions = {
      config: counterpartIn(attribute, [key, value], config),
      prior: prior === undefined ? undefined : counterpartIn(attribute, [key, value], prior),
      planned: value,
    };
    const at = key === undefined ? path : [...path, key];
    return [key, modifyAttributes(nested.attributes, versions, at, requireReplace)] as const;
  });
  return fromElements(nested.nesting, elements);
}

function counterpartIn(
  attribute: Attribute,
  element: readonly [string | number | undefined, Value],
  among: Value,
): Value {
  return counterpart(attribute, element, among) ?? null;
}
