/** core's AssertPlanValid (objchange/plan_valid.go). */
import type { Path } from "../../diagnostics/path";
import {
  isComputed,
  isConfigurable,
  type Attribute,
  type Attributes,
} from "../../schema/attribute";
import { traitsOf } from "../../schema/traits";
import { attributeOf, elementsOf, type Element } from "../../schema/walk";
import { same } from "../../values/same-value";
import { containsUnknown, type Value } from "../../values/value";
import { isUnknown, UNKNOWN } from "../../values/unknown";
import type { Violation } from "./violation";

type Nested = NonNullable<Attribute["nested"]>;

interface Versions {
  readonly prior: Value;
  readonly config: Value;
  readonly planned: Value;
}

/** Rules for a plan. `prior` is null when it creates, `config` when it destroys. */
export function planViolations(
  attributes: Attributes,
  prior: Value,
  config: Value,
  planned: Value,
): Violation[] {
  const there = presence({ prior, config, planned }, []);
  if (there.length > 0 || planned === null) return there;
  return objectViolations(attributes, { prior, config, planned }, []);
}

function presence({ config, planned }: Versions, path: Path): Violation[] {
  if (planned === null && config !== null) {
    return [{ path, rule: "planned to be absent, but the configuration wants it" }];
  }
  if (config === null && planned !== null) {
    return [{ path, rule: "planned to be there, but the configuration does not want it" }];
  }
  return [];
}

function objectViolations(attributes: Attributes, versions: Versions, path: Path): Violation[] {
  return traitsOf(attributes).all.flatMap(([name, attribute]) => {
    const own = {
      prior: partOf(versions.prior, name),
      config: partOf(versions.config, name),
      planned: partOf(versions.planned, name),
    };
    const at = [...path, name];
    return attribute.block === undefined || attribute.nested === undefined
      ? attributeViolations(attribute, own, at)
      : blockViolations(attribute.nested, own, at);
  });
}

/** The parts of what is unknown are unknown. */
function partOf(value: Value, name: string): Value {
  return isUnknown(value) ? UNKNOWN : attributeOf(value, name);
}

function attributeViolations(attribute: Attribute, versions: Versions, path: Path): Violation[] {
  const { prior, config, planned } = versions;
  if (attribute.writeOnly === true) {
    return planned === null ? [] : [{ path, rule: "a write-only attribute must be planned null" }];
  }
  if (same(planned, config)) return [];
  if (prior !== null && config !== null && same(planned, prior)) return [];
  if (isComputed(attribute) && (config === null || !isConfigurable(attribute))) return [];
  if (config === null) {
    return [{ path, rule: "planned, though it is not configured and not computed" }];
  }
  if (attribute.nested === undefined) {
    return [{ path, rule: "planned neither as configured nor as it was" }];
  }
  return nestedViolations(attribute.nested, versions, path);
}

/** Of nested attributes that are configured. */
function nestedViolations(nested: Nested, versions: Versions, path: Path): Violation[] {
  const { config, planned } = versions;
  const there = presence(versions, path);
  if (there.length > 0) return there;
  if (isUnknown(planned)) return [{ path, rule: "configured, but planned unknown as a whole" }];
  if (nested.nesting === "set") return setLength(config, planned, path);
  if (nested.nesting === "single") return objectViolations(nested.attributes, versions, path);
  if (isUnknown(config)) return [{ path, rule: "planned, though the configuration is unknown" }];
  return elementViolations(nested, versions, path, "elements");
}

/** Elements of a set cannot be told apart, so core trusts the provider with all but their number. */
function setLength(config: Value, planned: Value, path: Path): Violation[] {
  if (containsUnknown(config)) return [];
  const [wanted, found] = [elementsOf("set", config).length, elementsOf("set", planned).length];
  const fewest = containsUnknown(planned) ? Math.min(found, 1) : found;
  return wanted >= fewest && wanted <= found ? [] : [count(wanted, found, "elements", path)];
}

function blockViolations(nested: Nested, versions: Versions, path: Path): Violation[] {
  const { config, planned } = versions;
  const isSingle = nested.nesting === "single";
  if (planned === null && !isSingle) {
    return [{ path, rule: "blocks must be planned empty where there are none, not null" }];
  }
  if (same(planned, config)) return [];
  if (isUnknown(config)) {
    return [{ path, rule: "a dynamic block that is unknown must be planned unknown" }];
  }
  if (isUnknown(planned)) return [{ path, rule: "a block must not be planned unknown as a whole" }];
  if (isSingle) {
    const there = presence(versions, path);
    return there.length > 0 ? there : objectViolations(nested.attributes, versions, path);
  }
  const unknown = elementsOf(nested.nesting, planned).filter(([, element]) => isUnknown(element));
  if (unknown.length > 0) {
    return unknown.map(([key = 0]) => ({
      path: [...path, key],
      rule: "a block must not be planned unknown; only attributes in it may be",
    }));
  }
  return nested.nesting === "set" ? [] : elementViolations(nested, versions, path, "blocks");
}

/** Of lists and maps, whose elements are matched by index and key. */
function elementViolations(
  nested: Nested,
  { prior, config, planned }: Versions,
  path: Path,
  what: string,
): Violation[] {
  const wanted = elementsOf(nested.nesting, config);
  const found = elementsOf(nested.nesting, planned);
  if (wanted.length !== found.length) return [count(wanted.length, found.length, what, path)];
  const plannedAt = new Map(found);
  const priorAt = new Map(elementsOf(nested.nesting, prior));
  return wanted.flatMap(([key, element]: Element) => {
    const at = key === undefined ? path : [...path, key];
    const own = plannedAt.get(key);
    if (own === undefined) return [{ path: at, rule: "configured, but not planned" }];
    const versions = { prior: priorAt.get(key) ?? null, config: element, planned: own };
    return objectViolations(nested.attributes, versions, at);
  });
}

function count(wanted: number, found: number, what: string, path: Path): Violation {
  return { path, rule: `${wanted} ${what} configured, ${found} planned` };
}
