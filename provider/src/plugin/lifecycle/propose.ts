/**
 * From Terraform's proposed state to the plan that the modifiers start from. The steps and their order are those of
 * terraform-plugin-framework's PlanResourceChange, because core's rules assume them.
 */
import type { Attribute, Attributes } from "../schema/attribute";
import { attributeOf, counterpart, elementsOf, fromElements, mapAttributes } from "../schema/walk";
import { isUnknown, UNKNOWN } from "../values/unknown";
import { isRecord, setOf, type Value } from "../values/value";

/** Defaults where the configuration says nothing, and write-only values out of sight. */
export function applyDefaults(attributes: Attributes, config: Value, proposed: Value): Value {
  return mapAttributes(attributes, (name, attribute) => {
    const configured = attributeOf(config, name);
    if (attribute.writeOnly === true) return null;
    if (configured === null && attribute.default !== undefined) return defaultOf(attribute);
    return nestedInto(attribute, configured, attributeOf(proposed, name), applyDefaults);
  });
}

/** Every computed attribute that the configuration leaves open becomes unknown. */
export function markComputed(attributes: Attributes, config: Value, planned: Value): Value {
  return mapAttributes(attributes, (name, attribute) => {
    const configured = attributeOf(config, name);
    const value = attributeOf(planned, name);
    if (attribute.writeOnly === true) return null;
    if (configured === null && attribute.default !== undefined) return value;
    if (configured === null && attribute.computed === true) return UNKNOWN;
    return nestedInto(attribute, configured, value, markComputed);
  });
}

/** Applies `step` to each nested object that is configured. A set's elements are those of the configuration. */
function nestedInto(
  attribute: Attribute,
  config: Value,
  value: Value,
  step: (attributes: Attributes, config: Value, value: Value) => Value,
): Value {
  const nested = attribute.nested;
  if (nested === undefined || config === null || isUnknown(config) || value === null) return value;
  const elements = elementsOf(nested.nesting, config).map((element) => {
    const [key, configured] = element;
    if (!isRecord(configured)) return element;
    const matching = counterpart(attribute, element, value) ?? configured;
    return [key, step(nested.attributes, configured, matching)] as const;
  });
  return fromElements(nested.nesting, elements);
}

function defaultOf(attribute: Attribute): Value {
  const value = complete(attribute, attribute.default as Value);
  return attribute.type.kind === "set" && Array.isArray(value) ? setOf(value) : value;
}

/** Attributes that a default leaves out are null, or have their own default. */
function complete(attribute: Attribute, value: Value): Value {
  const nested = attribute.nested;
  if (nested === undefined) return value;
  const elements = elementsOf(nested.nesting, value).map(
    ([key, element]) => [key, applyDefaults(nested.attributes, element, element)] as const,
  );
  return value === null ? null : fromElements(nested.nesting, elements);
}
