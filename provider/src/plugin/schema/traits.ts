import { isComputed, type Attribute, type Attributes } from "./attribute";

export type Entry = readonly [name: string, attribute: Attribute];

/**
 * Which attributes of an object have something to be done with them, they themselves or what is nested in them. Found once
 * per schema, so that a plan of a thousand resources passes over the others.
 */
export interface Traits {
  readonly all: readonly Entry[];
  readonly writeOnly: readonly Entry[];
  /** With a default, or write-only: what the first step of a plan changes. */
  readonly preset: readonly Entry[];
  readonly computed: readonly Entry[];
  readonly modified: readonly Entry[];
  /** The names of those that are blocks. */
  readonly blocks: ReadonlySet<string>;
}

const known = new WeakMap<Attributes, Traits>();

export function traitsOf(attributes: Attributes): Traits {
  const found = known.get(attributes);
  if (found !== undefined) return found;
  const traits = find(attributes);
  known.set(attributes, traits);
  return traits;
}

function find(attributes: Attributes): Traits {
  const all = Object.entries(attributes);
  const having = (
    own: (attribute: Attribute) => boolean,
    inside: Exclude<keyof Traits, "blocks">,
  ): Entry[] =>
    all.filter(
      ([, attribute]) =>
        own(attribute) ||
        (attribute.nested !== undefined &&
          traitsOf(attribute.nested.attributes)[inside].length > 0),
    );
  return {
    all,
    writeOnly: having(({ writeOnly }) => writeOnly === true, "writeOnly"),
    preset: having(
      ({ writeOnly, default: preset }) => writeOnly === true || preset !== undefined,
      "preset",
    ),
    computed: having(isComputed, "computed"),
    modified: having(({ planModifiers = [] }) => planModifiers.length > 0, "modified"),
    blocks: new Set(all.filter(([, { block }]) => block !== undefined).map(([name]) => name)),
  };
}
