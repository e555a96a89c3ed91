import type { Path } from "../diagnostics/path";
import { PluginError } from "../diagnostics/plugin-error";
import { Decimal, numeric } from "../values/decimal";
import type { Type } from "../values/type";
import { isUnknown } from "../values/unknown";
import {
  absentOf,
  Dynamic,
  isList,
  isRecord,
  putEntry,
  setOf,
  type Value,
  type ValueRecord,
} from "../values/value";

/**
 * What a resource returned, as a value of its type: undefined becomes null, absent blocks are empty, sets are sorted,
 * numbers of every form are one. What is a value already comes back as it is. Throws a `PluginError` that names the
 * attribute where it does not fit: such a mistake is the provider's, never the user's.
 */
export function conform(type: Type, given: unknown, path: Path = []): Value {
  return new Conforming([...path]).value(type, given);
}

const namesOf = new WeakMap<object, readonly string[]>();

class Conforming {
  constructor(private readonly path: (string | number)[]) {}

  value(type: Type, given: unknown): Value {
    if (given === null || given === undefined) return absentOf(type);
    if (isUnknown(given)) return given;
    if (isList(given)) return this.sequence(type, given);
    if (isRecord(given) && type.kind === "object") return this.object(type.attributes, given);
    if (isRecord(given) && type.kind === "map") return this.map(type.element, given);
    return this.scalar(type, given);
  }

  private sequence(type: Type, given: readonly Value[]): readonly Value[] {
    if (type.kind === "list") return this.list(type.element, given);
    if (type.kind === "set") return setOf(this.list(type.element, given));
    return type.kind === "tuple" && given.length === type.elements.length
      ? this.tuple(type.elements, given)
      : this.mismatch(type, given);
  }

  private list(element: Type, given: readonly Value[]): readonly Value[] {
    const values = given.map((of, index) => this.inside(index, element, of));
    return values.every((value, index) => value === given[index]) ? given : values;
  }

  private tuple(elements: readonly Type[], given: readonly Value[]): readonly Value[] {
    const values = elements.map((element, index) => this.inside(index, element, given[index]));
    return values.every((value, index) => value === given[index]) ? given : values;
  }

  private map(element: Type, given: ValueRecord): ValueRecord {
    let changed: Record<string, Value> | undefined;
    for (const key of Object.keys(given)) {
      const value = this.inside(key, element, given[key]);
      if (value !== given[key]) putEntry((changed ??= { ...given }), key, value);
    }
    return changed ?? given;
  }

  private object(attributes: Readonly<Record<string, Type>>, given: ValueRecord): ValueRecord {
    this.refuseOthers(attributes, given);
    let names = namesOf.get(attributes);
    if (names === undefined) namesOf.set(attributes, (names = Object.keys(attributes)));
    let changed: Record<string, Value> | undefined;
    for (const name of names) {
      const type = attributes[name];
      if (type === undefined) continue;
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      const value = this.inside(name, type, own);
      if (value !== own) putEntry((changed ??= { ...given }), name, value);
    }
    return changed ?? given;
  }

  private refuseOthers(attributes: Readonly<Record<string, Type>>, given: ValueRecord): void {
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(attributes, name)) continue;
      throw new PluginError(
        "Provider bug: unexpected attribute",
        `The provider returned "${name}", which the schema does not have. Please report this.`,
        [...this.path],
      );
    }
  }

  private scalar(type: Type, given: unknown): Value {
    switch (type.kind) {
      case "string":
        return typeof given === "string" ? normalized(given) : this.mismatch(type, given);
      case "bool":
        return typeof given === "boolean" ? given : this.mismatch(type, given);
      case "number":
        return this.number(type, given);
      case "dynamic":
        return given instanceof Dynamic ? this.dynamic(given) : this.mismatch(type, given);
      default:
        return this.mismatch(type, given);
    }
  }

  private number(type: Type, given: unknown): Value {
    if (typeof given === "number" && Number.isFinite(given)) return given;
    if (given instanceof Decimal) return numeric(given.text);
    return typeof given === "bigint" ? numeric(String(given)) : this.mismatch(type, given);
  }

  private dynamic(given: Dynamic): Dynamic {
    const value = this.value(given.type, given.value);
    return value === given.value ? given : new Dynamic(given.type, value);
  }

  private inside(step: string | number, type: Type, given: unknown): Value {
    this.path.push(step);
    const value = this.value(type, given);
    this.path.pop();
    return value;
  }

  private mismatch(type: Type, given: unknown): never {
    const found = Array.isArray(given) ? "array" : typeof given;
    throw new PluginError(
      "Provider bug: wrong type",
      `The provider returned a value of type ${found} where the schema has a ${type.kind}. Please report this.`,
      [...this.path],
    );
  }
}

/** Terraform compares texts in Unicode's composed form, and has no halves of surrogate pairs. */
function normalized(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) {
      return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");
    }
  }
  return text;
}

/** The value with everything unknown in it replaced by null. */
export function nullUnknowns(value: Value): Value {
  if (isUnknown(value)) return null;
  if (isList(value)) {
    const values = value.map(nullUnknowns);
    return values.every((element, index) => element === value[index]) ? value : values;
  }
  if (value instanceof Dynamic) return new Dynamic(value.type, nullUnknowns(value.value));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, of]) => [key, nullUnknowns(of)] as const);
  return entries.every(([key, of]) => of === value[key]) ? value : Object.fromEntries(entries);
}

/** The paths at which something is unknown. */
export function unknownPaths(value: Value, path: Path = []): Path[] {
  if (isUnknown(value)) return [path];
  if (isList(value)) return value.flatMap((of, index) => unknownPaths(of, [...path, index]));
  if (value instanceof Dynamic) return unknownPaths(value.value, path);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, of]) => unknownPaths(of, [...path, key]));
}
