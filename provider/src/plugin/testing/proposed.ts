import type { Attributes } from "../schema/attribute";
import { attributeOf, counterpart, elementsOf, fromElements, mapAttributes } from "../schema/walk";
import { isUnknown } from "../values/unknown";
import { isRecord, type Value } from "../values/value";

/**
 * What Terraform core proposes as new state: the configuration, and where it says nothing about a computed attribute,
 * the prior value (objchange.ProposedNew).
 */
export function proposedState(attributes: Attributes, prior: Value, config: Value): Value {
  return mapAttributes(attributes, (name, attribute) => {
    const configured = attributeOf(config, name);
    const before = attributeOf(prior, name);
    const computed = attribute.computed === true || attribute.default !== undefined;
    if (configured === null) return computed ? before : null;
    const nested = attribute.nested;
    if (nested === undefined || isUnknown(configured)) return configured;
    const elements = elementsOf(nested.nesting, configured).map((element) => {
      const [key, value] = element;
      if (!isRecord(value)) return element;
      const matching = counterpart(attribute, element, before) ?? null;
      return [key, proposedState(nested.attributes, matching, value)] as const;
    });
    return fromElements(nested.nesting, elements);
  });
}
