/**
 * Which nested object of one version of a value is which of another. Lists go by index and maps by key. Elements of a set
 * have no name: one belongs to another when that can have become of it, everything configured being equal and only what
 * the provider sets being different (core's validPriorFromConfig).
 */
import { same } from "../values/same-value";
import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, setKey, type Value } from "../values/value";
import { isComputed, type Attribute, type Attributes } from "./attribute";
import { traitsOf } from "./traits";
import { elementsOf, type Element } from "./walk";

type Nested = NonNullable<Attribute["nested"]>;

/** For each of `configured`, the position in `others` of the object it became, each taken once; -1 where there is none. */
export function correlate(
  nested: Nested,
  configured: readonly Element[],
  others: readonly Element[],
): readonly number[] {
  if (others.length === 0) return configured.map(() => -1);
  if (nested.nesting === "set") return correlateSet(nested.attributes, configured, others);
  if (nested.nesting === "map") {
    const byKey = new Map(others.map(([key], index) => [key, index]));
    return configured.map(([key]) => byKey.get(key) ?? -1);
  }
  return configured.map((_element, index) => (index < others.length ? index : -1));
}

/** Equal ones first, found by a key, so that no other takes them and large sets stay cheap. */
function correlateSet(
  attributes: Attributes,
  configured: readonly Element[],
  others: readonly Element[],
): readonly number[] {
  const free = new Map<string | number, number>();
  others.forEach(([, value], index) => free.set(setKey(value) ?? index, index));
  const found = configured.map(([, value]) => {
    const key = setKey(value);
    const index = key === undefined ? undefined : free.get(key);
    if (key !== undefined) free.delete(key);
    return index ?? -1;
  });
  const left = new Set(free.values());
  return found.map((index, at) => {
    if (index >= 0) return index;
    const element = configured[at]?.[1] ?? null;
    for (const candidate of left) {
      if (!couldBecome(attributes, element, others[candidate]?.[1] ?? null)) continue;
      left.delete(candidate);
      return candidate;
    }
    return -1;
  });
}

function couldBecome(attributes: Attributes, configured: Value, other: Value): boolean {
  if (!isRecord(configured) || !isRecord(other)) return false;
  return traitsOf(attributes).all.every(([name, attribute]) =>
    attributeCouldBecome(attribute, entryOf(configured, name), entryOf(other, name)),
  );
}

function attributeCouldBecome(attribute: Attribute, configured: Value, other: Value): boolean {
  if (attribute.writeOnly === true || isUnknown(configured)) return true;
  if (configured === null) return other === null || isComputed(attribute);
  const { nested } = attribute;
  if (nested === undefined) return fits(configured, other);
  const wanted = elementsOf(nested.nesting, configured);
  const found = elementsOf(nested.nesting, other);
  if (wanted.length !== found.length || isUnknown(other)) return false;
  return correlate(nested, wanted, found).every(
    (index, at) =>
      index >= 0 &&
      (isUnknown(wanted[at]?.[1]) ||
        couldBecome(nested.attributes, wanted[at]?.[1] ?? null, found[index]?.[1] ?? null)),
  );
}

/** Equal, an unknown in `wanted` fitting anything. */
function fits(wanted: Value, other: Value): boolean {
  if (isUnknown(wanted)) return true;
  if (isList(wanted)) {
    return (
      isList(other) &&
      wanted.length === other.length &&
      wanted.every((element, index) => fits(element, other[index] ?? null))
    );
  }
  if (isRecord(wanted)) {
    const keys = Object.keys(wanted);
    return (
      isRecord(other) &&
      keys.length === Object.keys(other).length &&
      keys.every(
        (key) => Object.hasOwn(other, key) && fits(entryOf(wanted, key), entryOf(other, key)),
      )
    );
  }
  return same(wanted, other);
}
