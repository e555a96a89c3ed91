import { BOOL, NUMBER, STRING, type Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type {
  Attribute,
  AttributeFor,
  Attributes,
  ElementType,
  Flags,
  KnownOf,
  ModelOf,
  Nesting,
  PlanModelOf,
  PlannedOf,
} from "./attribute";

type ElementTypes = Readonly<Record<string, ElementType>>;
type KnownFields<E extends ElementTypes> = { readonly [N in keyof E]: KnownOf<E[N]> | null };
type PlannedFields<E extends ElementTypes> = {
  readonly [N in keyof E]: PlannedOf<E[N]> | null;
};
type Dict<T> = Readonly<Record<string, T>>;

/** Types for use inside other types. Elements are never null; fields of an object may be. */
export const types = {
  string: { type: STRING } as ElementType<string, string | Unknown>,
  number: { type: NUMBER } as ElementType<number, number | Unknown>,
  bool: { type: BOOL } as ElementType<boolean, boolean | Unknown>,
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
};

/** The kinds of attributes a schema is made of. */
export const attributes = {
  string: <const F extends Flags<string>>(flags: F): AttributeFor<string, string, F> =>
    attribute(STRING, flags),
  number: <const F extends Flags<number>>(flags: F): AttributeFor<number, number, F> =>
    attribute(NUMBER, flags),
  bool: <const F extends Flags<boolean>>(flags: F): AttributeFor<boolean, boolean, F> =>
    attribute(BOOL, flags),
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

/** The object type that values of these attributes have. */
export function objectTypeOf(of: Attributes): Type {
  return objectType(of);
}

function attribute<K, P>(type: Type, flags: Flags<unknown>): Attribute<K, P> {
  return { ...flags, type };
}

function nested<K, P>(nesting: Nesting, of: Attributes, flags: Flags<unknown>): Attribute<K, P> {
  const object = objectType(of);
  const type: Type = nesting === "single" ? object : { kind: nesting, element: object };
  return { ...flags, type, nested: { nesting, attributes: of } };
}

function objectType(fields: Readonly<Record<string, { readonly type: Type }>>): Type {
  const entries = Object.entries(fields).map(([name, field]) => [name, field.type] as const);
  return { kind: "object", attributes: Object.fromEntries(entries) };
}
