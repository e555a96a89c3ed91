import { Decimal, numeric } from "./decimal";
import { BOOL, DYNAMIC, MAX_DEPTH, NUMBER, STRING, type Type } from "./type";
import { isUnknown, type Unknown } from "./unknown";
import { Dynamic, isList, isRecord, putEntry, type Value } from "./value";

/** What JavaScript has for any value of Terraform. Numbers that no JavaScript number holds exactly are `Decimal`. */
export type PlainData =
  | null
  | string
  | boolean
  | number
  | bigint
  | Decimal
  | Unknown
  | Dynamic
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/**
 * A value for a dynamic attribute, its type read off the data the way Terraform reads it off a literal: arrays are tuples,
 * records are objects. Give a `Dynamic` of a type of your own for a list, set or map. Throws TypeError on data that has no
 * such value, and on nesting too deep.
 */
export function dynamic(data: Exclude<PlainData, null | Unknown>): Dynamic {
  return data instanceof Dynamic ? data : new Dynamic(...typed(data, 0));
}

/** Reverses `dynamic`, whatever the type: lists, sets and tuples are arrays, maps and objects records. */
export function plainData(value: Dynamic | Value): PlainData {
  if (value instanceof Dynamic) return plainData(value.value);
  if (isList(value)) return value.map(plainData);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plainData(of)]));
}

function typed(data: unknown, depth: number): readonly [Type, Value] {
  if (depth > MAX_DEPTH) throw refused(`data nested deeper than ${MAX_DEPTH}`);
  if (data === null || isUnknown(data)) return [DYNAMIC, data];
  if (data instanceof Dynamic) return [data.type, data.value];
  if (data instanceof Decimal) return [NUMBER, numeric(data.text)];
  switch (typeof data) {
    case "string":
      return [STRING, data];
    case "boolean":
      return [BOOL, data];
    case "bigint":
      return [NUMBER, numeric(String(data))];
    case "number":
      if (Number.isNaN(data)) throw refused("NaN");
      return [NUMBER, data];
    default:
      return compound(data, depth + 1);
  }
}

function compound(data: unknown, depth: number): readonly [Type, Value] {
  if (isList(data)) {
    const parts = data.map((element) => typed(element, depth));
    return [
      { kind: "tuple", elements: parts.map(([type]) => type) },
      parts.map(([, value]) => value),
    ];
  }
  if (!isRecord(data)) throw refused(`a ${typeof data}`);
  const attributes: Record<string, Type> = {};
  const record: Record<string, Value> = {};
  for (const [key, member] of Object.entries(data)) {
    const [type, value] = typed(member, depth);
    Object.defineProperty(attributes, key, { value: type, enumerable: true });
    putEntry(record, key, value);
  }
  return [{ kind: "object", attributes }, record];
}

function refused(what: string): TypeError {
  return new TypeError(`${what} cannot be a dynamic value of Terraform`);
}
