import type { Decimal } from "../values/decimal";
import { BOOL, DECIMAL, DYNAMIC, INTEGER, NUMBER, STRING, type Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type { Dynamic } from "../values/value";
import type { ElementType, KnownOf, PlannedOf } from "./attribute";

export type ElementTypes = Readonly<Record<string, ElementType>>;
export type KnownFields<E extends ElementTypes> = { readonly [N in keyof E]: KnownOf<E[N]> | null };
export type PlannedFields<E extends ElementTypes> = {
  readonly [N in keyof E]: PlannedOf<E[N]> | null;
};
/** The elements of a tuple, each of a type of its own, or null. */
export type KnownElements<E extends readonly ElementType[]> = {
  readonly [N in keyof E]: KnownOf<E[N]> | null;
};
export type PlannedElements<E extends readonly ElementType[]> = {
  readonly [N in keyof E]: PlannedOf<E[N]> | null;
};
export type Dict<T> = Readonly<Record<string, T>>;

/** Types for use inside other types. Elements of collections are never null; those of objects and tuples may be. */
export const types = {
  string: { type: STRING } as ElementType<string, string | Unknown>,
  /** See `attributes.number`. */
  number: { type: NUMBER } as ElementType<number, number | Unknown>,
  /** See `attributes.integer`. */
  integer: { type: INTEGER } as ElementType<bigint, bigint | Unknown>,
  /** See `attributes.decimal`. */
  decimal: { type: DECIMAL } as ElementType<Decimal, Decimal | Unknown>,
  bool: { type: BOOL } as ElementType<boolean, boolean | Unknown>,
  /** Not inside a list, set or map, whose elements have one type. */
  dynamic: { type: DYNAMIC } as ElementType<Dynamic, Dynamic | Unknown>,
  list: <K, P>(of: ElementType<K, P>): ElementType<readonly K[], readonly P[] | Unknown> => ({
    type: { kind: "list", element: of.type },
  }),
  set: <K, P>(of: ElementType<K, P>): ElementType<readonly K[], readonly P[] | Unknown> => ({
    type: { kind: "set", element: of.type },
  }),
  map: <K, P>(of: ElementType<K, P>): ElementType<Dict<K>, Dict<P> | Unknown> => ({
    type: { kind: "map", element: of.type },
  }),
  object: <E extends ElementTypes>(
    fields: E,
  ): ElementType<KnownFields<E>, PlannedFields<E> | Unknown> => ({
    type: objectType(fields),
  }),
  tuple: <const E extends readonly ElementType[]>(
    elements: E,
  ): ElementType<KnownElements<E>, PlannedElements<E> | Unknown> => ({
    type: tupleType(elements),
  }),
};

export function objectType(fields: Readonly<Record<string, { readonly type: Type }>>): Type {
  const entries = Object.entries(fields).map(([name, field]) => [name, field.type] as const);
  return { kind: "object", attributes: Object.fromEntries(entries) };
}

export function tupleType(elements: readonly ElementType[]): Type {
  return { kind: "tuple", elements: elements.map(({ type }) => type) };
}
