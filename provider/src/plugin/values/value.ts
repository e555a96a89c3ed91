import { Decimal, numeric } from "./decimal";
import { typeToJson, type Type } from "./type";
import { isUnknown, type Unknown } from "./unknown";

/**
 * A value of Terraform's type system, its type known from the schema. Lists, sets and tuples are arrays (sets sorted and
 * without duplicates: see `setOf`); maps and objects are records, objects with every attribute present.
 */
export type Value =
  null | Unknown | string | boolean | number | Decimal | Dynamic | readonly Value[] | ValueRecord;

export interface ValueRecord {
  readonly [key: string]: Value;
}

/** A value whose type the schema leaves open, with the type it turned out to have. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/** The elements as a set: each once, in an order that depends on nothing but the elements. Unknowns are kept apart. */
export function setOf(elements: readonly Value[]): readonly Value[] {
  if (elements.length === 0) return elements;
  const known = new Map<string, Value>();
  const unknown: Value[] = [];
  for (const element of elements) {
    const key = setKey(element);
    if (key === undefined) unknown.push(element);
    else if (!known.has(key)) known.set(key, element);
  }
  const sorted = [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...sorted.map(([, element]) => element), ...unknown];
}

/** A text that equal values share and others do not; undefined when something in the value is unknown. */
export function setKey(value: Value): string | undefined {
  if (isUnknown(value)) return undefined;
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value === 0 ? 0 : value);
  if (value instanceof Decimal) return String(numeric(value.text));
  if (value instanceof Dynamic)
    return setKey([JSON.stringify(typeToJson(value.type)), value.value]);
  if (isList(value)) return joined(value.map(setKey), "[", "]");
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return joined(entries.map(setKey), "{", "}");
}

function joined(
  parts: readonly (string | undefined)[],
  open: string,
  close: string,
): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(",")}${close}`;
}

/** Whether the value or anything in it is unknown. */
export function containsUnknown(value: Value): boolean {
  if (value === null || typeof value !== "object" || value instanceof Decimal) return false;
  if (isUnknown(value)) return true;
  if (value instanceof Dynamic) return containsUnknown(value.value);
  return isList(value) ? value.some(containsUnknown) : Object.values(value).some(containsUnknown);
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** A new record's entry, also under a name that objects treat as special. */
export function putEntry(record: Record<string, Value>, key: string, value: Value): void {
  if (key !== "__proto__") record[key] = value;
  else
    Object.defineProperty(record, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

/** A map or object, as opposed to all other values. */
export function isRecord(value: unknown): value is ValueRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Decimal) &&
    !(value instanceof Dynamic) &&
    !isUnknown(value)
  );
}

/** The entry of a record, null when it has none; inherited properties do not count. */
export function entryOf(record: ValueRecord, key: string): Value {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}

/** What an attribute of this type is when there is nothing: null; of nested blocks, no blocks. */
export function absentOf(type: Type): Value {
  if (!("block" in type)) return null;
  return type.kind === "map" ? {} : [];
}
