import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { Decimal } from "../values/decimal";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import {
  Dynamic,
  entryOf,
  isList,
  isRecord,
  setOf,
  type Value,
  type ValueRecord,
} from "../values/value";

/**
 * What a resource returned, as a value of its type: undefined becomes null, sets are sorted. Throws a `PluginError` that
 * names the attribute where it does not fit: such a mistake is the provider's, never the user's.
 */
export function conform(type: Type, given: unknown, path: Path = []): Value {
  if (given === null || given === undefined) return null;
  if (isUnknown(given)) return given;
  if (type.kind === "object") return object(given, type.attributes, path);
  if (type.kind === "tuple") return elements(given, (index) => type.elements[index], type, path);
  if ("element" in type) return collection(type, given, path);
  return isScalar(type.kind, given) ? given : mismatch(type, given, path);
}

function collection(
  type: Extract<Type, { readonly element: Type }>,
  given: unknown,
  path: Path,
): Value {
  if (type.kind === "map") return entries(given, () => type.element, type, path);
  const list = elements(given, () => type.element, type, path);
  return type.kind === "set" ? setOf(list) : list;
}

/** A value as a model: throws a `PluginError` on a number that JavaScript cannot hold exactly. */
export function toModel(value: Value, path: Path = []): unknown {
  if (value instanceof Decimal) {
    throw new PluginError(
      "Number not supported",
      `${value.text} has more digits than a number can hold here (about 16). Use a shorter number.`,
      path,
    );
  }
  if (isList(value)) return value.map((element, index) => toModel(element, [...path, index]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, of]) => [key, toModel(of, [...path, key])]),
  );
}

/** The value with everything unknown in it replaced by null. */
export function nullUnknowns(value: Value): Value {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map(nullUnknowns);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, nullUnknowns(of)]));
}

/** The paths at which something is unknown. */
export function unknownPaths(value: Value, path: Path = []): Path[] {
  if (isUnknown(value)) return [path];
  if (isList(value)) return value.flatMap((of, index) => unknownPaths(of, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, of]) => unknownPaths(of, [...path, key]));
}

function elements(
  given: unknown,
  typeAt: (index: number) => Type | undefined,
  type: Type,
  path: Path,
): readonly Value[] {
  if (!isList(given)) return mismatch(type, given, path);
  return given.map((element, index) => {
    const of = typeAt(index);
    return of === undefined ? mismatch(type, given, path) : conform(of, element, [...path, index]);
  });
}

function entries(given: unknown, typeOf: () => Type, type: Type, path: Path): ValueRecord {
  if (!isRecord(given)) return mismatch(type, given, path);
  return Object.fromEntries(
    Object.entries(given).map(([key, of]) => [key, conform(typeOf(), of, [...path, key])]),
  );
}

function object(
  given: unknown,
  attributes: Readonly<Record<string, Type>>,
  path: Path,
): ValueRecord {
  if (!isRecord(given)) return mismatch({ kind: "object", attributes }, given, path);
  const extra = Object.keys(given).find((name) => !Object.hasOwn(attributes, name));
  if (extra !== undefined) {
    throw new PluginError(
      "Provider bug: unexpected attribute",
      `The provider returned "${extra}", which the schema does not have. Please report this.`,
      path,
    );
  }
  return Object.fromEntries(
    Object.entries(attributes).map(([name, of]) => [
      name,
      conform(of, entryOf(given, name), [...path, name]),
    ]),
  );
}

function isScalar(
  kind: "string" | "bool" | "number" | "dynamic",
  given: unknown,
): given is string | boolean | number | Decimal | Dynamic {
  switch (kind) {
    case "string":
      return typeof given === "string";
    case "bool":
      return typeof given === "boolean";
    case "number":
      return given instanceof Decimal || Number.isFinite(given);
    case "dynamic":
      return given instanceof Dynamic;
  }
}

function mismatch(type: Type, given: unknown, path: Path): never {
  const found: unknown = Array.isArray(given) ? "array" : typeof given;
  throw new PluginError(
    "Provider bug: wrong type",
    `The provider returned a value of type ${String(found)} where the schema has a ${type.kind}. Please report this.`,
    path,
  );
}
