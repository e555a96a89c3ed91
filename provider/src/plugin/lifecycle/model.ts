import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { Decimal } from "../values/decimal";
import { typeContains, type Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import { entryOf, isList, isRecord, type Value } from "../values/value";

/**
 * A value as the model of its type: numbers become what the schema makes of them. What needs no change is handed out as it
 * is, which is why models are read-only. Throws a `PluginError` on a number that its form cannot hold exactly.
 */
export function toModel(type: Type, value: Value, path: Path = []): unknown {
  if (value === null || isUnknown(value) || !hasNumbers(type)) return value;
  switch (type.kind) {
    case "number":
      return numberModel(type.as, value, path);
    case "object":
      return isRecord(value) ? objectModel(type.attributes, value, path) : value;
    case "map":
      return isRecord(value)
        ? membersModel(
            Object.keys(value).map((key) => [key, type.element]),
            value,
            path,
          )
        : value;
    case "list":
    case "set":
      return isList(value) ? elementsModel(() => type.element, value, path) : value;
    case "tuple":
      return isList(value) ? elementsModel((index) => type.elements[index], value, path) : value;
    default:
      return value;
  }
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

/** Those attributes that hold numbers anywhere. */
function objectModel(
  attributes: Readonly<Record<string, Type>>,
  value: Value,
  path: Path,
): unknown {
  let members = membersOf.get(attributes);
  if (members === undefined) {
    members = Object.entries(attributes).filter(([, type]) => hasNumbers(type));
    membersOf.set(attributes, members);
  }
  return membersModel(members, value, path);
}

function membersModel(
  members: readonly (readonly [string, Type])[],
  value: Value,
  path: Path,
): unknown {
  if (!isRecord(value)) return value;
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
  typeAt: (index: number) => Type | undefined,
  value: readonly Value[],
  path: Path,
): unknown {
  const models = value.map((element, index) => {
    const type = typeAt(index);
    return type === undefined ? element : toModel(type, element, [...path, index]);
  });
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
