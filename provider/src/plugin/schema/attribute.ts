import type { Type } from "../values/type";
import type { Unknown } from "../values/unknown";
import type { PlanModifier } from "./plan-modifiers";
import type { Validator } from "./validators";

declare const known: unique symbol;
declare const planned: unique symbol;

/** A type as written inside `list`, `set`, `map`, `object`, with the TypeScript types of its values. */
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

export type Nesting = "single" | "list" | "set" | "map";

/** One attribute of a schema. `K`: its known values in a model; `P`: its values in a plan, which may be unknown. */
export interface Attribute<K = unknown, P = unknown> extends Flags<unknown> {
  /** The type of its values, nested attributes included. */
  readonly type: Type;
  /** Set for nested attributes only. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  readonly [known]?: K;
  readonly [planned]?: P;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** `null` where an attribute with these flags can be absent. */
type NullOf<F> = F extends { readonly required: true }
  ? never
  : F extends { readonly default: string | number | boolean | object }
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
