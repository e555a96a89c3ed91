/**
 * The types of Terraform's type system (cty), with two marks that Terraform does not see: what a number becomes in a model,
 * and which collections are blocks.
 */
export type Type =
  | { readonly kind: "string" | "bool" | "dynamic" }
  | { readonly kind: "number"; readonly as?: "bigint" | "decimal" }
  | CollectionType
  | { readonly kind: "object"; readonly attributes: Readonly<Record<string, Type>> }
  | { readonly kind: "tuple"; readonly elements: readonly Type[] };

interface CollectionType {
  readonly kind: "list" | "set" | "map";
  readonly element: Type;
  /** Nested blocks: never null, empty instead. */
  readonly block?: true;
}

export const STRING: Type = { kind: "string" };
/** A JavaScript number in models. */
export const NUMBER: Type = { kind: "number" };
/** A bigint in models. */
export const INTEGER: Type = { kind: "number", as: "bigint" };
/** A `Decimal` in models. */
export const DECIMAL: Type = { kind: "number", as: "decimal" };
export const BOOL: Type = { kind: "bool" };
export const DYNAMIC: Type = { kind: "dynamic" };

/** Terraform's JSON spelling of a type: `"string"`, `["map","string"]`, `["object",{"a":"bool"}]`. */
export function typeToJson(type: Type): unknown {
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
    case "dynamic":
      return type.kind;
    case "list":
    case "set":
    case "map":
      return [type.kind, typeToJson(type.element)];
    case "object":
      return [
        "object",
        Object.fromEntries(
          Object.entries(type.attributes).map(([name, of]) => [name, typeToJson(of)]),
        ),
      ];
    case "tuple":
      return ["tuple", type.elements.map(typeToJson)];
  }
}

/** Reverses `typeToJson`. Throws `TypeError` on anything else; nesting deeper than `MAX_DEPTH` is refused. */
export function typeFromJson(json: unknown, depth = 0): Type {
  if (depth > MAX_DEPTH) throw new TypeError(`type nested deeper than ${MAX_DEPTH}`);
  if (json === "string" || json === "number" || json === "bool" || json === "dynamic") {
    return { kind: json };
  }
  const type = Array.isArray(json) ? compound(json, depth + 1) : undefined;
  if (type !== undefined) return type;
  throw new TypeError(`not a Terraform type: ${shown(json)}`);
}

/** Only the outermost part: whole it might be too long for a message, or too deep for the stack. */
function shown(json: unknown): string {
  if (Array.isArray(json)) return json.length === 0 ? "[]" : `[${shownScalar(json[0])}, ...]`;
  return shownScalar(json);
}

function shownScalar(json: unknown): string {
  if (typeof json === "string") return JSON.stringify(json.slice(0, 100));
  return typeof json === "object" && json !== null ? "a structure" : String(json);
}

function compound([kind, of]: readonly unknown[], depth: number): Type | undefined {
  switch (kind) {
    case "list":
    case "set":
    case "map":
      return { kind, element: typeFromJson(of, depth) };
    case "tuple":
      if (!Array.isArray(of)) return undefined;
      return { kind, elements: of.map((element) => typeFromJson(element, depth)) };
    case "object":
      if (typeof of !== "object" || of === null || Array.isArray(of)) return undefined;
      return {
        kind,
        attributes: Object.fromEntries(
          Object.entries(of).map(([name, type]) => [name, typeFromJson(type, depth)]),
        ),
      };
    default:
      return undefined;
  }
}

/** Whether two types are one to Terraform. */
export function sameType(a: Type, b: Type): boolean {
  return a === b || JSON.stringify(typeToJson(a)) === JSON.stringify(typeToJson(b));
}

/** Whether `kind` is anywhere in the type, itself included. */
export function typeContains(type: Type, kind: Type["kind"]): boolean {
  if (type.kind === kind) return true;
  if ("element" in type) return typeContains(type.element, kind);
  const parts =
    type.kind === "object"
      ? Object.values(type.attributes)
      : type.kind === "tuple"
        ? type.elements
        : [];
  return parts.some((part) => typeContains(part, kind));
}

/** Values and types nested deeper than this are refused, so that no input can exhaust the stack. */
export const MAX_DEPTH = 200;
/**
 * More values in one are refused, attributes that are null included: a byte on the wire can become a hundred in memory, and
 * as many as this take some hundred MiB.
 */
export const MAX_VALUES = 2 ** 22;
