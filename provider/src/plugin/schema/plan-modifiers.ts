import type { Decimal } from "../values/decimal";
import { refine, type Promised } from "../values/refinement";
import { sameValue } from "../values/same-value";
import { isUnknown, type Unknown } from "../values/unknown";

/**
 * What a plan modifier sees of one attribute. Inside nested objects `prior` is that of the same object: by index in a list
 * (so an element that moved is compared with what was in its new place), by key in a map, and in a set the element that
 * agrees in all that is configured. Where order matters and elements have identities of their own, a map is the better kind.
 */
export interface PlanModifierRequest<T> {
  readonly config: T | null | Unknown;
  /** Undefined when the resource is being created. */
  readonly prior: T | null | undefined;
  readonly planned: T | null | Unknown;
  /** The object that holds the attribute was not there before: a null in `prior` is no value then. */
  readonly isNew: boolean;
  /** Another attribute of the same object, before its own modifiers. */
  readonly sibling: (name: string) => { readonly prior: unknown; readonly planned: unknown };
}

export interface PlanModifierResponse<T> {
  readonly planned: T | null | Unknown;
  readonly requiresReplace?: boolean;
}

/** Adjusts one attribute of a plan that changes something. Not called when the resource is being destroyed. */
export interface PlanModifier<T> {
  /** The rule as a phrase for the docs: "a change replaces the resource". */
  readonly description: string;
  modify(request: PlanModifierRequest<T>): PlanModifierResponse<T>;
}

/** A plan modifier for attributes of every kind. */
export interface UniversalPlanModifier {
  readonly description: string;
  modify<T>(request: PlanModifierRequest<T>): PlanModifierResponse<T>;
}

/** A change of this attribute cannot be done in place. */
export function requiresReplace(): UniversalPlanModifier {
  return {
    description: "a change replaces the resource",
    modify: ({ prior, planned }) => ({
      planned,
      requiresReplace: prior !== undefined && !sameValue(prior, planned),
    }),
  };
}

/** As `requiresReplace`, but only when the configuration sets the attribute. */
export function requiresReplaceIfConfigured(): UniversalPlanModifier {
  return {
    description: "a configured change replaces the resource",
    modify: ({ config, prior, planned }) => ({
      planned,
      requiresReplace: prior !== undefined && config !== null && !sameValue(prior, planned),
    }),
  };
}

/** As `requiresReplace`, but only when `test` says so of (prior, planned), both known and not null. */
export function requiresReplaceIf<T>(
  description: string,
  test: (prior: T, planned: T) => boolean,
): PlanModifier<T> {
  return customPlanModifier(description, ({ prior, planned }) => ({
    planned,
    requiresReplace:
      prior !== undefined &&
      prior !== null &&
      planned !== null &&
      !isUnknown(planned) &&
      !sameValue(prior, planned) &&
      test(prior, planned),
  }));
}

export interface UseStateOptions {
  /**
   * Whether a prior null is kept too: for what may be absent and then stays so. Without it the attribute is "known
   * after apply" again. In an object that is new there is nothing to keep either way (plugin-framework issue 1197).
   */
  readonly keepNull?: boolean;
  /**
   * Attributes beside this one that tell one object from another. Elements of a list are matched by index, so once
   * elements are removed or reordered, an element meets the prior value of another; with `whileSame: ["name"]` the
   * prior value is kept only where the name is as it was.
   */
  readonly whileSame?: readonly string[];
}

/**
 * Of a computed attribute that never changes once set (an id): the plan keeps the prior value instead of showing
 * "known after apply".
 */
export function useStateForUnknown(options: UseStateOptions = {}): UniversalPlanModifier {
  const { keepNull = false, whileSame = [] } = options;
  return {
    description: "keeps its value",
    modify: ({ config, prior, planned, isNew, sibling }) => {
      const open = isUnknown(planned) && !isUnknown(config);
      if (!open || isNew || prior === undefined || (prior === null && !keepNull)) {
        return { planned };
      }
      const isSame = whileSame.every((name) => {
        const other = sibling(name);
        return sameValue(other.prior, other.planned);
      });
      return { planned: isSame ? prior : planned };
    },
  };
}

/** A rule of one's own; `description` is a phrase for the docs. */
export function customPlanModifier<T>(
  description: string,
  modify: (request: PlanModifierRequest<T>) => PlanModifierResponse<T>,
): PlanModifier<T> {
  return { description, modify };
}

/**
 * Of a computed attribute: while it is unknown, this much is promised about what it will be, so that conditions on it can be
 * decided in the plan. What a resource then returns must keep the promise.
 */
export function willBe(promised: Promised): UniversalPlanModifier {
  return {
    description: "keeps within what the plan promised",
    modify: ({ planned }) => ({
      planned: isUnknown(planned) ? refine(planned, promised) : planned,
    }),
  };
}

/** As `willBe`: it will not be null. */
export function willNotBeNull(): UniversalPlanModifier {
  return willBe({ notNull: true });
}

/** As `willBe`, of a string: it will begin like this, and so not be null. */
export function willHavePrefix(prefix: string): UniversalPlanModifier {
  return willBe({ notNull: true, prefix });
}

/** As `willBe`, of a number: it will be within these bounds, themselves included, and so not be null. */
export function willBeBetween(
  min: number | bigint | Decimal,
  max: number | bigint | Decimal,
): UniversalPlanModifier {
  return willBe({ notNull: true, min, max });
}

/** As `willBe`, of a list, set or map: it will have so many elements, and so not be null. */
export function willHaveSizeBetween(min: number, max: number): UniversalPlanModifier {
  return willBe({ notNull: true, minLength: min, maxLength: max });
}
