import { Decimal } from "./decimal";
import { isUnknown } from "./unknown";

/** Deep equality of values. Two unknowns are never the same: they may turn out different. */
export function sameValue(a: unknown, b: unknown): boolean {
  return !isUnknown(a) && !isUnknown(b) && same(a, b);
}

/** Deep equality in which an unknown equals an unknown, whatever is promised about them. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  return isObject(a) && isObject(b) && sameObjects(a, b);
}

function sameObjects(a: object, b: object): boolean {
  if (isUnknown(a)) return isUnknown(b);
  if (a instanceof Decimal) return b instanceof Decimal && a.text === b.text;
  if (isUnknown(b) || b instanceof Decimal) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameElements(a, b);
  return !Array.isArray(b) && sameEntries(a as Entries, b as Entries);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((element, index) => same(element, b[index]));
}

type Entries = Readonly<Record<string, unknown>>;

function sameEntries(a: Entries, b: Entries): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}
