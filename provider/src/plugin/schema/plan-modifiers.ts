import { sameValue } from "../values/same-value";
import { isUnknown, type Unknown } from "../values/unknown";

/** What a plan modifier sees of one attribute. `prior` is undefined when the resource is being created. */
export interface PlanModifierRequest<T> {
  readonly config: T | null | Unknown;
  readonly prior: T | null | undefined;
  readonly planned: T | null | Unknown;
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
  return {
    description,
    modify: ({ prior, planned }) => ({
      planned,
      requiresReplace:
        prior !== undefined &&
        prior !== null &&
        planned !== null &&
        !isUnknown(planned) &&
        !sameValue(prior, planned) &&
        test(prior, planned),
    }),
  };
}

/**
 * Of a computed attribute that never changes once set (an id): the plan keeps the prior value instead of showing
 * "known after apply". A prior null is not kept: an attribute of a nested object that is new has no value yet.
 */
export function useStateForUnknown(): UniversalPlanModifier {
  return {
    description: "keeps its value",
    modify: ({ config, prior, planned }) => ({
      planned:
        isUnknown(planned) && !isUnknown(config) && prior !== undefined && prior !== null
          ? prior
          : planned,
    }),
  };
}
