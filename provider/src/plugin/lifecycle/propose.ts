/**
 * From Terraform's proposed state to the plan that the modifiers start from. The steps and their order are those of
 * terraform-plugin-framework's PlanResourceChange, because core's rules assume them.
 */
import { isComputed, type Attribute, type Attributes } from "../schema/attribute";
import { correlate } from "../schema/correlate";
import { traitsOf } from "../schema/traits";
import { attributeOf, elementsOf, fromElements, mapEntries, withElements } from "../schema/walk";
import { same } from "../values/same-value";
import { isUnknown, UNKNOWN } from "../values/unknown";
import { isRecord, type Value } from "../values/value";
import { conform } from "./conform";

/** Defaults where the configuration says nothing, and write-only values out of sight. */
export function applyDefaults(attributes: Attributes, config: Value, proposed: Value): Value {
  const { preset } = traitsOf(attributes);
  if (preset.length === 0 || !isRecord(proposed)) return proposed;
  return mapEntries(proposed, preset, (name, attribute, own) => {
    const configured = attributeOf(config, name);
    if (attribute.writeOnly === true) return null;
    if (configured === null && attribute.default !== undefined)
      return kept(defaultOf(attribute), own);
    return nestedInto(attribute, configured, own, applyDefaults);
  });
}

/** Every computed attribute that the configuration leaves open becomes unknown. */
export function markComputed(attributes: Attributes, config: Value, planned: Value): Value {
  const { computed } = traitsOf(attributes);
  if (computed.length === 0 || !isRecord(planned)) return planned;
  return mapEntries(planned, computed, (name, attribute, own) => {
    const configured = attributeOf(config, name);
    if (configured === null && attribute.default !== undefined) return own;
    if (configured === null && isComputed(attribute)) return UNKNOWN;
    return nestedInto(attribute, configured, own, markComputed);
  });
}

/** Applies `step` to each nested object that is configured. */
function nestedInto(
  attribute: Attribute,
  config: Value,
  value: Value,
  step: (attributes: Attributes, config: Value, value: Value) => Value,
): Value {
  const nested = attribute.nested;
  if (nested === undefined || config === null || isUnknown(config)) return value;
  const before = elementsOf(nested.nesting, value);
  const configured = elementsOf(nested.nesting, config);
  const after = [...before];
  correlate(nested, configured, before).forEach((index, at) => {
    const element = before[index];
    const wanted = configured[at]?.[1] ?? null;
    if (element === undefined || !isRecord(wanted)) return;
    after[index] = [element[0], step(nested.attributes, wanted, element[1])];
  });
  return withElements(nested.nesting, value, before, after);
}

/** The value that is there already when it is the same, so that nothing counts as changed. */
function kept(next: Value, before: Value): Value {
  return same(next, before) ? before : next;
}

const defaults = new WeakMap<Attribute, Value>();

function defaultOf(attribute: Attribute): Value {
  const known = defaults.get(attribute);
  if (known !== undefined) return known;
  const value = complete(attribute, conform(attribute.type, attribute.default));
  defaults.set(attribute, value);
  return value;
}

/** What a default leaves out of a nested object has its own default there. */
function complete(attribute: Attribute, value: Value): Value {
  const nested = attribute.nested;
  if (nested === undefined || value === null) return value;
  const elements = elementsOf(nested.nesting, value).map(
    ([key, element]) => [key, applyDefaults(nested.attributes, element, element)] as const,
  );
  return fromElements(nested.nesting, elements);
}
