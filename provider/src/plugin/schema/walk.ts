import { same } from "../values/same-value";
import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, setOf, type Value, type ValueRecord } from "../values/value";
import type { Attribute, Attributes, Nesting } from "./attribute";

/** The nested objects of one attribute as (key, object) pairs: by index, by key, or the one under no key. */
export type Element = readonly [key: string | number | undefined, value: Value];

/** Empty when the value is null or unknown. */
export function elementsOf(nesting: Nesting, value: Value): readonly Element[] {
  if (value === null || isUnknown(value)) return [];
  if (nesting === "single") return [[undefined, value]];
  if (isList(value)) return value.map((element, index) => [index, element] as const);
  return isRecord(value) ? Object.entries(value) : [];
}

/** Reverses `elementsOf`. */
export function fromElements(nesting: Nesting, elements: readonly Element[]): Value {
  const values = elements.map(([, value]) => value);
  switch (nesting) {
    case "single":
      return values[0] ?? null;
    case "list":
      return values;
    case "set":
      return setOf(values);
    case "map":
      return Object.fromEntries(elements.map(([key, value]) => [String(key), value]));
  }
}

/** Null-safe: the attribute of an object that may be null or unknown. */
export function attributeOf(value: Value | undefined, name: string): Value {
  return value !== undefined && isRecord(value) ? entryOf(value, name) : null;
}

/** The element of `among` that belongs to `key`; in a set, the one that agrees with `element` on what users configure. */
export function counterpart(
  attribute: Attribute,
  element: Element,
  among: Value,
): Value | undefined {
  const nested = attribute.nested;
  if (nested === undefined) return undefined;
  const candidates = elementsOf(nested.nesting, among);
  if (nested.nesting !== "set") return candidates.find(([key]) => key === element[0])?.[1];
  return candidates.find(([, value]) => agrees(nested.attributes, element[1], value))?.[1];
}

/** Whether two objects could be one: equal wherever the first is configured (not null). */
function agrees(attributes: Attributes, configured: Value, other: Value): boolean {
  if (!isRecord(configured) || !isRecord(other)) return false;
  return Object.keys(attributes).every((name) => {
    const wanted = entryOf(configured, name);
    return wanted === null || contains(wanted, entryOf(other, name));
  });
}

/** Equal, an unknown or null in `wanted` fitting anything. */
function contains(wanted: Value, other: Value): boolean {
  if (wanted === null || isUnknown(wanted)) return true;
  if (isList(wanted)) {
    return (
      isList(other) &&
      wanted.length === other.length &&
      wanted.every((element, index) => contains(element, other[index] ?? null))
    );
  }
  if (isRecord(wanted)) {
    return (
      isRecord(other) &&
      Object.keys(wanted).every((key) => contains(entryOf(wanted, key), entryOf(other, key)))
    );
  }
  return same(wanted, other);
}

/** The object with every write-only attribute null, at every level: such values are never stored. */
export function nullWriteOnly(attributes: Attributes, value: Value): Value {
  if (!isRecord(value)) return value;
  return mapAttributes(attributes, (name, attribute) => {
    const { nested, writeOnly } = attribute;
    const own = entryOf(value, name);
    if (writeOnly === true) return null;
    if (nested === undefined || own === null || isUnknown(own)) return own;
    const elements = elementsOf(nested.nesting, own).map(
      ([key, element]) => [key, nullWriteOnly(nested.attributes, element)] as const,
    );
    return fromElements(nested.nesting, elements);
  });
}

/** Rebuilds an object attribute by attribute. */
export function mapAttributes(
  attributes: Attributes,
  each: (name: string, attribute: Attribute) => Value,
): ValueRecord {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, each(name, attribute)]),
  );
}
