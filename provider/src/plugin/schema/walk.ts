import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, setOf, type Value, type ValueRecord } from "../values/value";
import type { Attribute, Attributes, Nesting } from "./attribute";
import { traitsOf, type Entry } from "./traits";

/** The nested objects of one attribute as (key, object) pairs: by index, by key, or the one under no key. */
export type Element = readonly [key: string | number | undefined, value: Value];

const NO_ELEMENTS: readonly Element[] = [];

/** Empty when the value is null or unknown. */
export function elementsOf(nesting: Nesting, value: Value): readonly Element[] {
  if (value === null || isUnknown(value)) return NO_ELEMENTS;
  if (nesting === "single") return [[undefined, value]];
  if (isList(value)) return value.map((element, index) => [index, element] as const);
  return isRecord(value) ? Object.entries(value) : NO_ELEMENTS;
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

/** As `fromElements`, but `before` itself when no element is another than it was in there. */
export function withElements(
  nesting: Nesting,
  before: Value,
  was: readonly Element[],
  now: readonly Element[],
): Value {
  const unchanged =
    was.length === now.length && now.every(([, value], index) => value === was[index]?.[1]);
  return unchanged ? before : fromElements(nesting, now);
}

/** Null-safe: the attribute of an object that may be null or unknown. */
export function attributeOf(value: Value | undefined, name: string): Value {
  return value !== undefined && isRecord(value) ? entryOf(value, name) : null;
}

/** The object with some of its attributes replaced; the same object when none of them changes. */
export function mapEntries(
  record: ValueRecord,
  entries: readonly Entry[],
  each: (name: string, attribute: Attribute, own: Value) => Value,
): ValueRecord {
  let changed: Record<string, Value> | undefined;
  for (const [name, attribute] of entries) {
    const own = entryOf(record, name);
    const next = each(name, attribute, own);
    if (next === own) continue;
    changed ??= { ...record };
    changed[name] = next;
  }
  return changed ?? record;
}

/** The object with every write-only attribute null, at every level: such values are never stored. */
export function nullWriteOnly(attributes: Attributes, value: Value): Value {
  const { writeOnly } = traitsOf(attributes);
  if (writeOnly.length === 0 || !isRecord(value)) return value;
  return mapEntries(value, writeOnly, (_name, attribute, own) => {
    const { nested } = attribute;
    if (attribute.writeOnly === true) return null;
    if (nested === undefined || own === null || isUnknown(own)) return own;
    const elements = elementsOf(nested.nesting, own);
    const nulled = elements.map(
      ([key, element]) => [key, nullWriteOnly(nested.attributes, element)] as const,
    );
    return withElements(nested.nesting, own, elements, nulled);
  });
}
