/** What an agent's machine says of itself, besides its resources. */
export interface NodeTraits {
  readonly hostname: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly domain: FaultDomain | undefined;
}

interface FaultDomain {
  readonly region: string;
  readonly zone: string;
}

/** One test of one trait (Mesos OfferConstraints.AttributeConstraint, without its regular expressions). */
interface TraitConstraint {
  readonly selector:
    | { readonly kind: "hostname" | "region" | "zone" }
    | { readonly kind: "attribute"; readonly name: string };
  readonly predicate:
    | { readonly kind: "exists" | "not-exists" }
    /** `text-not-equals` holds also where the trait does not exist, as in Mesos. */
    | { readonly kind: "text-equals" | "text-not-equals"; readonly value: string };
}

/** Groups of which one must hold whole (Mesos 1.11, include/mesos/scheduler/scheduler.proto). Empty: no constraint. */
export type OfferConstraints = readonly (readonly TraitConstraint[])[];

export function meetsConstraints(traits: NodeTraits, groups: OfferConstraints): boolean {
  return groups.length === 0 || groups.some((group) => group.every((one) => holds(traits, one)));
}

function holds(traits: NodeTraits, { selector, predicate }: TraitConstraint): boolean {
  const text = selected(traits, selector);
  switch (predicate.kind) {
    case "exists":
      return text !== undefined;
    case "not-exists":
      return text === undefined;
    case "text-equals":
      return text === predicate.value;
    case "text-not-equals":
      return text !== predicate.value;
  }
}

function selected(traits: NodeTraits, selector: TraitConstraint["selector"]): string | undefined {
  switch (selector.kind) {
    case "hostname":
      return traits.hostname;
    case "region":
      return traits.domain?.region;
    case "zone":
      return traits.domain?.zone;
    case "attribute":
      return Object.hasOwn(traits.attributes, selector.name)
        ? traits.attributes[selector.name]
        : undefined;
  }
}
