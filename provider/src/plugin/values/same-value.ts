import { Decimal } from "./decimal";
import { isUnknown } from "./unknown";

/** Deep equality of values. Two unknowns are never the same: they may turn out different. */
export function sameValue(a: unknown, b: unknown): boolean {
  return !isUnknown(a) && !isUnknown(b) && same(a, b);
}

/** Deep equality in which an unknown equals an unknown. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (isUnknown(a)) return isUnknown(b);
  if (a instanceof Decimal) return b instanceof Decimal && a.text === b.text;
  if (isUnknown(b) || b instanceof Decimal) return false;
  return Array.isArray(a) === Array.isArray(b) && sameEntries(a, b);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function sameEntries(a: object, b: object): boolean {
  const left = Object.entries(a);
  const right = new Map<string, unknown>(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  );
}
