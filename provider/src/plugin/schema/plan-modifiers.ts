import { sameValue } from "../values/same-value";
import { isUnknown, type Unknown } from "../values/unknown";

/** What a plan modifier sees of one attribute. */
export interface PlanModifierRequest<T> {
  readonly config: T | null | Unknown;
  /** Undefined when the resource is being created; null also in a nested object that was not there before. */
  readonly prior: T | null | undefined;
  readonly planned: T | null | Unknown;
  /**
   * Whether the object that holds the attribute (the resource, or an element of nested attributes) was not there
   * before. Elements of lists are matched by index, of maps by key, of sets by what is configured in them.
   */
  readonly isNew: boolean;
  /** Another attribute of the same object, before its own modifiers. */
  sibling(name: string): { readonly prior: unknown; readonly planned: unknown };
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
