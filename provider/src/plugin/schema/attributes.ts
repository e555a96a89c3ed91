import type { Decimal } from "../values/decimal";
import { BOOL, DECIMAL, DYNAMIC, INTEGER, NUMBER, STRING, type Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type { Dynamic } from "../values/value";
import type {
  Attribute,
  AttributeFor,
  Attributes,
  ElementType,
  Flags,
  ModelOf,
  Nesting,
  PlanModelOf,
} from "./attribute";
import {
  objectType,
  tupleType,
  type Dict,
  type ElementTypes,
  type KnownElements,
  type KnownFields,
  type PlannedElements,
  type PlannedFields,
} from "./types";

/** The kinds of attributes a schema is made of. */
export const attributes = {
  string: <const F extends Flags<string>>(flags: F): AttributeFor<string, string, F> =>
    attribute(STRING, flags),
  /** A JavaScript number. A value that it cannot hold exactly is refused, with the attribute named. */
  number: <const F extends Flags<number>>(flags: F): AttributeFor<number, number, F> =>
    attribute(NUMBER, flags),
  /** A whole number of any length, a bigint in models. Fractions are refused. */
  integer: <const F extends Flags<bigint>>(flags: F): AttributeFor<bigint, bigint, F> =>
    attribute(INTEGER, flags),
  /** A number of any length, digit for digit. */
  decimal: <const F extends Flags<Decimal>>(flags: F): AttributeFor<Decimal, Decimal, F> =>
    attribute(DECIMAL, flags),
  bool: <const F extends Flags<boolean>>(flags: F): AttributeFor<boolean, boolean, F> =>
    attribute(BOOL, flags),
  /** A value of any type, which it brings along: see `dynamic` and `plainData`. */
  dynamic: <const F extends Flags<Dynamic>>(flags: F): AttributeFor<Dynamic, Dynamic, F> =>
    attribute(DYNAMIC, flags),
  list: <K, P, const F extends Flags<readonly K[]>>(
    of: ElementType<K, P>,
    flags: F,
  ): AttributeFor<readonly K[], readonly P[], F> =>
    attribute({ kind: "list", element: of.type }, flags),
  /** Order means nothing and equal elements count once. */
  set: <K, P, const F extends Flags<readonly K[]>>(
    of: ElementType<K, P>,
    flags: F,
  ): AttributeFor<readonly K[], readonly P[], F> =>
    attribute({ kind: "set", element: of.type }, flags),
  map: <K, P, const F extends Flags<Dict<K>>>(
    of: ElementType<K, P>,
    flags: F,
  ): AttributeFor<Dict<K>, Dict<P>, F> => attribute({ kind: "map", element: of.type }, flags),
  /** A fixed number of elements, each of a type of its own. */
  tuple: <const E extends readonly ElementType[], const F extends Flags<KnownElements<E>>>(
    elements: E,
    flags: F,
  ): AttributeFor<KnownElements<E>, PlannedElements<E>, F> => attribute(tupleType(elements), flags),
  /** An object without flags of its own on its fields; `single` is usually better. */
  object: <E extends ElementTypes, const F extends Flags<KnownFields<E>>>(
    fields: E,
    flags: F,
  ): AttributeFor<KnownFields<E>, PlannedFields<E>, F> => attribute(objectType(fields), flags),
  /** One nested object, each of its attributes with flags of its own. */
  single: <A extends Attributes, const F extends Flags<ModelOf<A>>>(
    of: A,
    flags: F,
  ): AttributeFor<ModelOf<A>, PlanModelOf<A>, F> => nested("single", of, flags),
  listNested: <A extends Attributes, const F extends Flags<readonly ModelOf<A>[]>>(
    of: A,
    flags: F,
  ): AttributeFor<readonly ModelOf<A>[], readonly (PlanModelOf<A> | Unknown)[], F> =>
    nested("list", of, flags),
  setNested: <A extends Attributes, const F extends Flags<readonly ModelOf<A>[]>>(
    of: A,
    flags: F,
  ): AttributeFor<readonly ModelOf<A>[], readonly (PlanModelOf<A> | Unknown)[], F> =>
    nested("set", of, flags),
  mapNested: <A extends Attributes, const F extends Flags<Dict<ModelOf<A>>>>(
    of: A,
    flags: F,
  ): AttributeFor<Dict<ModelOf<A>>, Dict<PlanModelOf<A> | Unknown>, F> => nested("map", of, flags),
};

const objectTypes = new WeakMap<Attributes, Type>();

/** The object type that values of these attributes have; the same one every time. */
export function objectTypeOf(of: Attributes): Type {
  const known = objectTypes.get(of);
  if (known !== undefined) return known;
  const type = objectType(of);
  objectTypes.set(of, type);
  return type;
}

function attribute<K, P>(type: Type, flags: Flags<unknown>): Attribute<K, P> {
  return { ...flags, type };
}

function nested<K, P>(nesting: Nesting, of: Attributes, flags: Flags<unknown>): Attribute<K, P> {
  const object = objectTypeOf(of);
  const type: Type = nesting === "single" ? object : { kind: nesting, element: object };
  return { ...flags, type, nested: { nesting, attributes: of } };
}
