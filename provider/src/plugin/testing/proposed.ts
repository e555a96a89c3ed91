import { isComputed, type Attribute, type Attributes } from "../schema/attribute";
import { correlate } from "../schema/correlate";
import { traitsOf } from "../schema/traits";
import { attributeOf, elementsOf, fromElements, type Element } from "../schema/walk";
import { isUnknown } from "../values/unknown";
import { isRecord, type Value } from "../values/value";

/**
 * What Terraform core proposes as new state: the configuration, and where it says nothing about a computed attribute,
 * the prior value (objchange.ProposedNew).
 */
export function proposedState(attributes: Attributes, prior: Value, config: Value): Value {
  const proposed = traitsOf(attributes).all.map(
    ([name, attribute]) =>
      [
        name,
        proposedValue(attribute, attributeOf(prior, name), attributeOf(config, name)),
      ] as const,
  );
  return Object.fromEntries(proposed);
}

function proposedValue(attribute: Attribute, before: Value, configured: Value): Value {
  const { nested } = attribute;
  if (configured === null) {
    return isComputed(attribute) && !cameFromConfig(attribute, before) ? before : null;
  }
  if (nested === undefined || isUnknown(configured)) return configured;
  const wanted = elementsOf(nested.nesting, configured);
  const priors = elementsOf(nested.nesting, before);
  const matches = correlate(nested, wanted, priors);
  const elements = wanted.map((element, at): Element => {
    const [key, value] = element;
    const match = priors[matches[at] ?? -1]?.[1] ?? null;
    return isRecord(value) ? [key, proposedState(nested.attributes, match, value)] : element;
  });
  return fromElements(nested.nesting, elements);
}

/** An optional nested value in which something is set that cannot be computed was configured, and so is not kept. */
function cameFromConfig(
  { nested, required, optional, default: preset }: Attribute,
  value: Value,
): boolean {
  if (nested === undefined || required === true) return false;
  if (optional !== true && preset === undefined) return false;
  return elementsOf(nested.nesting, value).some(([, element]) =>
    hasConfigured(nested.attributes, element),
  );
}

function hasConfigured(attributes: Attributes, value: Value): boolean {
  return traitsOf(attributes).all.some(([name, attribute]) => {
    const own = attributeOf(value, name);
    if (own === null) return false;
    if (!isComputed(attribute)) return true;
    const { nested } = attribute;
    return elementsOf(nested?.nesting ?? "single", nested === undefined ? null : own).some(
      ([, element]) => hasConfigured(nested?.attributes ?? {}, element),
    );
  });
}
