import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { Decimal } from "../values/decimal";
import { DYNAMIC, typeContains, type Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, type Value, type ValueRecord } from "../values/value";

/**
 * A value as the model of its type: numbers become what the schema makes of them. What needs no change is handed out as it
 * is, which is why models are read-only. Throws a `PluginError` on a number that its form cannot hold exactly.
 */
export function toModel(type: Type, value: Value, path: Path = []): unknown {
  if (value === null || isUnknown(value) || !hasNumbers(type)) return value;
  if (type.kind === "number") return numberModel(type.as, value, path);
  if (isList(value)) return elementsModel((index) => elementType(type, index), value, path);
  if (!isRecord(value)) return value;
  if (type.kind === "object") return membersModel(membersWithNumbers(type.attributes), value, path);
  const members = Object.keys(value).map((key) => [key, elementType(type, 0)] as const);
  return membersModel(members, value, path);
}

function elementType(type: Type, index: number): Type {
  if ("element" in type) return type.element;
  return (type.kind === "tuple" ? type.elements[index] : undefined) ?? DYNAMIC;
}

const withNumbers = new WeakMap<Type, boolean>();

function hasNumbers(type: Type): boolean {
  if (type.kind === "number") return true;
  if (type.kind === "string" || type.kind === "bool" || type.kind === "dynamic") return false;
  const known = withNumbers.get(type);
  if (known !== undefined) return known;
  const found = typeContains(type, "number");
  withNumbers.set(type, found);
  return found;
}

const membersOf = new WeakMap<object, readonly (readonly [string, Type])[]>();

function membersWithNumbers(
  attributes: Readonly<Record<string, Type>>,
): readonly (readonly [string, Type])[] {
  const known = membersOf.get(attributes);
  if (known !== undefined) return known;
  const members = Object.entries(attributes).filter(([, type]) => hasNumbers(type));
  membersOf.set(attributes, members);
  return members;
}

function membersModel(
  members: readonly (readonly [string, Type])[],
  value: ValueRecord,
  path: Path,
): unknown {
  let changed: Record<string, unknown> | undefined;
  for (const [name, type] of members) {
    const own = entryOf(value, name);
    if (own === null || isPlain(type, own)) continue;
    const model = toModel(type, own, [...path, name]);
    if (model === own) continue;
    changed ??= { ...value };
    changed[name] = model;
  }
  return changed ?? value;
}

function elementsModel(
  typeAt: (index: number) => Type,
  value: readonly Value[],
  path: Path,
): unknown {
  const models = value.map((element, index) => toModel(typeAt(index), element, [...path, index]));
  return models.every((model, index) => model === value[index]) ? value : models;
}

/** The usual case, for which no path needs to be made. */
function isPlain(type: Type, value: Value): boolean {
  return typeof value === "number" && type.kind === "number" && type.as === undefined;
}

function numberModel(as: "bigint" | "decimal" | undefined, value: Value, path: Path): unknown {
  if (typeof value !== "number" && !(value instanceof Decimal)) return value;
  if (as === undefined) {
    if (typeof value === "number") return value;
    const rule = "has more digits than a number can hold here (about 16)";
    throw notSupported(`${value.text} ${rule}. Use a shorter number.`, path);
  }
  if (value === Infinity || value === -Infinity) {
    throw notSupported(`${value} is not possible here. Use a finite number.`, path);
  }
  if (as === "decimal") return value instanceof Decimal ? value : new Decimal(value);
  return wholeModel(value, path);
}

function wholeModel(value: number | Decimal, path: Path): bigint {
  try {
    return typeof value === "number" ? BigInt(value) : value.toBigInt();
  } catch {
    throw notSupported(`${String(value)} is not a whole number of at most 4096 digits.`, path);
  }
}

function notSupported(detail: string, path: Path): PluginError {
  return new PluginError("Number not supported", detail, path);
}
