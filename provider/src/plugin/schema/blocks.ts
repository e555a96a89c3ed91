import type { Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type {
  Attribute,
  Attributes,
  BlockFlags,
  BlockLimits,
  Flags,
  ModelOf,
  Nesting,
  NullOf,
  PlanModelOf,
  SingleBlockFlags,
} from "./attribute";
import { objectTypeOf } from "./attributes";
import type { Dict } from "./types";

type Many<A extends Attributes> = Attribute<
  readonly ModelOf<A>[],
  readonly PlanModelOf<A>[] | Unknown
>;

/**
 * Nested blocks, declared among the attributes: `rule { ... }` in the configuration instead of `rule = [{ ... }]`. They may
 * hold blocks in turn. Lists, sets and maps of blocks are never null but empty; a plan has them unknown as a whole when the
 * configuration makes them with `dynamic` from what is not known yet. New schemas are better off with nested attributes;
 * blocks are for configurations that exist, and for those who like to read them.
 */
export const blocks = {
  /** At most one block, null without it. */
  single: <A extends Attributes, const F extends SingleBlockFlags<ModelOf<A>>>(
    of: A,
    flags: F,
  ): Attribute<ModelOf<A> | NullOf<F>, PlanModelOf<A> | NullOf<F> | Unknown> => {
    const { required, ...rest } = flags as SingleBlockFlags<unknown>;
    const items = required === true ? 1 : 0;
    return block("single", of, { ...rest, minItems: items, maxItems: items });
  },
  list: <A extends Attributes>(of: A, flags: BlockFlags<readonly ModelOf<A>[]> = {}): Many<A> =>
    block("list", of, flags),
  /** Order means nothing and equal blocks count once. */
  set: <A extends Attributes>(of: A, flags: BlockFlags<readonly ModelOf<A>[]> = {}): Many<A> =>
    block("set", of, flags),
  /** Each block has a label, its key: `rule "web" { ... }`. */
  map: <A extends Attributes>(
    of: A,
    flags: Omit<BlockFlags<Dict<ModelOf<A>>>, "minItems" | "maxItems"> = {},
  ): Attribute<Dict<ModelOf<A>>, Dict<PlanModelOf<A>> | Unknown> => block("map", of, flags),
};

function block<K, P>(
  nesting: Nesting,
  of: Attributes,
  { minItems = 0, maxItems = 0, ...flags }: Flags<unknown> & Partial<BlockLimits>,
): Attribute<K, P> {
  const object = objectTypeOf(of);
  const type: Type =
    nesting === "single" ? object : { kind: nesting, element: object, block: true };
  return { ...flags, type, nested: { nesting, attributes: of }, block: { minItems, maxItems } };
}
