import type { Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type { PlanModifier } from "./plan-modifiers";
import type { Validator } from "./validator";

declare const known: unique symbol;
declare const planned: unique symbol;

/** A type as written inside `list`, `set`, `map`, `object`, `tuple`, with the TypeScript types of its values. */
export interface ElementType<K = unknown, P = unknown> {
  readonly type: Type;
  readonly [known]?: K;
  readonly [planned]?: P;
}

/** Flags all attributes share. At least one of required, optional, computed must be set. */
export interface Flags<T> {
  readonly required?: true;
  readonly optional?: true;
  /** The provider may set it. In a plan that changes anything it is unknown, unless configured or kept by a modifier. */
  readonly computed?: true;
  /** Not shown by Terraform; the diagnostics of validators do not repeat its value either. */
  readonly sensitive?: true;
  /** Never stored: null in plan and state, readable in `context.config` during create and update. */
  readonly writeOnly?: true;
  /** Markdown. */
  readonly description?: string;
  /** Shown as a warning when the attribute is configured. */
  readonly deprecation?: string;
  /** Planned when the configuration says nothing; makes the attribute computed too. */
  readonly default?: T;
  readonly validators?: readonly Validator<T>[];
  readonly planModifiers?: readonly PlanModifier<T>[];
}

/** What a nested block can be declared with. Whether it is there is up to the configuration alone. */
export interface BlockFlags<T> extends Pick<
  Flags<T>,
  "description" | "deprecation" | "validators" | "planModifiers"
> {
  /** Of list and set: at least so many blocks. */
  readonly minItems?: number;
  /** Of list and set: at most so many blocks. Default: any number. */
  readonly maxItems?: number;
}

/** A single block may be demanded. */
export interface SingleBlockFlags<T> extends Omit<BlockFlags<T>, "minItems" | "maxItems"> {
  readonly required?: true;
}

export type Nesting = "single" | "list" | "set" | "map";

/** How often a block may stand in the configuration; 0 as maximum is any number. */
export interface BlockLimits {
  readonly minItems: number;
  readonly maxItems: number;
}

/**
 * One attribute or block of a schema: Terraform has one namespace for both, and they go the same way through a plan. `K`:
 * its known values in a model; `P`: its values in a plan, which may be unknown.
 */
export interface Attribute<K = unknown, P = unknown> extends Flags<unknown> {
  /** The type of its values, nested attributes included. */
  readonly type: Type;
  /** Set for nested attributes and blocks only. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  /** Set for blocks only, which have no flags such as optional. */
  readonly block?: BlockLimits;
  readonly [known]?: K;
  readonly [planned]?: P;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** `null` where an attribute with these flags can be absent. */
export type NullOf<F> = F extends { readonly required: true }
  ? never
  : F extends { readonly default: string | number | bigint | boolean | object }
    ? never
    : null;

/** Known values of the attributes; null where absent. */
export type ModelOf<A extends Attributes> = {
  readonly [N in keyof A]: A[N] extends Attribute<infer K> ? K : never;
};

/** As `ModelOf`, but any value at any level may be unknown. */
export type PlanModelOf<A extends Attributes> = {
  readonly [N in keyof A]: A[N] extends Attribute<unknown, infer P> ? P : never;
};

export type AttributeFor<K, P, F> = Attribute<K | NullOf<F>, P | NullOf<F> | Unknown>;

export type KnownOf<E> = E extends ElementType<infer K> ? K : never;
export type PlannedOf<E> = E extends ElementType<unknown, infer P> ? P : never;

/** Whether a null in the configuration leaves the value to the provider. */
export function isComputed({ computed, default: preset }: Attribute): boolean {
  return computed === true || preset !== undefined;
}

/** Whether the configuration may set it. */
export function isConfigurable(attribute: Attribute): boolean {
  const { required, optional, default: preset, block } = attribute;
  return required === true || optional === true || preset !== undefined || block !== undefined;
}
