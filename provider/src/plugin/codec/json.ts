/** Values as Terraform writes them in state files: JSON, numbers of any length, dynamic values as {type, value}. */
import { Decimal, numeric } from "../values/decimal";
import {
  MAX_DEPTH,
  typeFromJson,
  typeToJson,
  type CollectionType,
  type Type,
} from "../values/type";
import { isUnknown } from "../values/unknown";
import { absentOf, Dynamic, entryOf, isList, isRecord, setOf, type Value } from "../values/value";
import { CodecError } from "./codec-error";

/**
 * Reads a value of this type. Attributes the type does not have are dropped and missing ones are null, because a state
 * may come from an older schema. Throws `CodecError`.
 */
export function decodeJson(type: Type, text: string): Value {
  return fromJson(type, parseExact(text), []);
}

/** Throws `CodecError` when something is unknown, which JSON cannot say. */
export function encodeJson(type: Type, value: Value): string {
  return stringify(type, value);
}

/** As JSON.parse, but numbers that JavaScript would round become `Decimal`. */
export function parseExact(text: string): unknown {
  try {
    // Also refuses what is no JSON before the expressions below see it: on such text they could take very long.
    const rounded: unknown = JSON.parse(text);
    if (!/\d{16}|\d[eE]/u.test(text)) return rounded;
    let marker = "decimal:";
    while (text.includes(marker)) marker += "~";
    const marked = text.replace(
      /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu,
      (token) =>
        token.startsWith('"') || typeof numeric(token) === "number" ? token : `"${marker}${token}"`,
    );
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === "string" && value.startsWith(marker)
        ? numeric(value.slice(marker.length))
        : value,
    );
  } catch (error) {
    throw new CodecError(`not JSON: ${(error as Error).message}`);
  }
}

type Path = readonly (string | number)[];

function fromJson(type: Type, json: unknown, path: Path): Value {
  if (path.length > MAX_DEPTH) throw new CodecError(`nested deeper than ${MAX_DEPTH}`);
  if (json === null || json === undefined) return absentOf(type);
  if ("element" in type) return fromCollection(type, json, path);
  switch (type.kind) {
    case "string":
      return expect(typeof json === "string", json as string, type, path);
    case "bool":
      return expect(typeof json === "boolean", json as boolean, type, path);
    case "number":
      return fromNumber(json, path);
    case "tuple":
      return fromArray((index) => elementType(type, index), json, path);
    case "object":
      return fromObject(Object.entries(type.attributes), json, path);
    case "dynamic":
      return fromDynamic(json, path);
  }
}

function fromCollection(type: CollectionType, json: unknown, path: Path): Value {
  if (type.kind === "map") return fromObject(type.element, json, path);
  const elements = fromArray(() => type.element, json, path);
  return type.kind === "set" ? setOf(elements) : elements;
}

/** Terraform accepts numbers as text in JSON, too. */
function fromNumber(json: unknown, path: Path): Value {
  if (typeof json === "number" || json instanceof Decimal) return json;
  try {
    return numeric(String(json));
  } catch (error) {
    throw new CodecError((error as Error).message, path);
  }
}

function fromArray(typeAt: (index: number) => Type, json: unknown, path: Path): readonly Value[] {
  if (!Array.isArray(json)) throw new CodecError("expected an array", path);
  return json.map((element: unknown, index) => fromJson(typeAt(index), element, [...path, index]));
}

/** `types`: the members to take, or for a map what each key found has. */
function fromObject(
  types: readonly (readonly [string, Type])[] | Type,
  json: unknown,
  path: Path,
): Value {
  if (!isRecord(json)) throw new CodecError("expected an object", path);
  const given = new Map<string, unknown>(Object.entries(json));
  const members = isTypes(types) ? types : [...given.keys()].map((key) => [key, types] as const);
  return Object.fromEntries(
    members.map(([name, of]) => [name, fromJson(of, given.get(name), [...path, name])]),
  );
}

function isTypes(
  types: readonly (readonly [string, Type])[] | Type,
): types is readonly (readonly [string, Type])[] {
  return Array.isArray(types);
}

function fromDynamic(json: unknown, path: Path): Value {
  const { type, value } = expect(
    isRecord(json),
    json as { type?: unknown; value?: unknown },
    { kind: "dynamic" },
    path,
  );
  const of = typeFromJson(type);
  return new Dynamic(of, fromJson(of, value, [...path, "value"]));
}

function expect<T>(holds: boolean, json: T, type: Type, path: Path): T {
  if (!holds) throw new CodecError(`expected a ${type.kind}`, path);
  return json;
}

function stringify(type: Type, value: Value): string {
  if (value === null) return "null";
  if (isUnknown(value)) throw new CodecError("an unknown value has no JSON");
  if (value instanceof Decimal) return value.text;
  if (value instanceof Dynamic) {
    const of = JSON.stringify(typeToJson(value.type));
    return `{"type":${of},"value":${stringify(value.type, value.value)}}`;
  }
  if (isList(value)) {
    return `[${value.map((element, index) => stringify(elementType(type, index), element)).join(",")}]`;
  }
  if (typeof value !== "object") return JSON.stringify(value);
  const entries =
    type.kind === "object"
      ? Object.entries(type.attributes).map(
          ([name, of]) => [name, of, entryOf(value, name)] as const,
        )
      : Object.entries(value).map(([key, of]) => [key, elementType(type, 0), of] as const);
  const members = entries.map(
    ([key, of, member]) => `${JSON.stringify(key)}:${stringify(of, member)}`,
  );
  return `{${members.join(",")}}`;
}

function elementType(type: Type, index: number): Type {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") return type.element;
  const of = type.kind === "tuple" ? type.elements[index] : undefined;
  if (of === undefined) throw new CodecError(`a ${type.kind} has no element ${index}`);
  return of;
}
