import type { OfferConstraints } from "./constraints";
import type { Stock } from "./quantity/stock";
import type { Scalars, ScalarUnits } from "./quantity/scalars";
import { covers, isZero, scalarsOf } from "./quantity/scalars";
import type { Role } from "./role";
import type { SupplyNode } from "./supply-node";

/** What a framework says of itself when it comes, or later anew. */
export interface FrameworkTerms {
  /** At least one; '*' is an ordinary role that nothing can be reserved for. */
  readonly roles: readonly string[];
  /** Can use gpus: without it the framework is not offered machines that have some (Mesos GPU_RESOURCES). */
  readonly gpus: boolean;
  /** Wants machines of other regions than the master's too (Mesos REGION_AWARE). */
  readonly regionAware: boolean;
  /** It is offered what has at least one of these; undefined: the allocator's own minimum. */
  readonly minimum: readonly ScalarUnits[] | undefined;
}

export interface Framework {
  readonly name: string;
  terms: FrameworkTerms;
  minimum: readonly Scalars[];
  active: boolean;
  /** By role. */
  readonly claimants: Map<string, Claimant>;
}

/** A framework in one of its roles: the leaf of the fair tree, and what is offered to somebody. */
export interface Claimant {
  readonly framework: Framework;
  readonly role: Role;
  readonly leaf: number;
  /** false: the framework has left the role, and what it still holds in it is being waited for. */
  member: boolean;
  suppressed: boolean;
  /** As the fair tree knows it. */
  wants: boolean;
  constraints: OfferConstraints;
  readonly filters: Map<SupplyNode, Filter>;
  /** Where it holds something. */
  readonly on: Set<SupplyNode>;
}

/** What a claimant does not want to hear of again before its time. */
export interface Filter {
  readonly kind: "filter";
  readonly claimant: Claimant;
  readonly node: SupplyNode;
  readonly untilMs: number;
  /** It holds back what is no more than this. */
  readonly refused: readonly Stock[];
}

/**
 * The least worth offering: what the smallest service may ask for. Both are needed, unlike Mesos' "or":
 * a crumb without cpus or without memory places nothing.
 */
export const smallest: readonly Scalars[] = [scalarsOf({ cpus: 0.01, memMiB: 4 })];

/** What is nothing at all does not count. */
export function minimumOf(terms: FrameworkTerms): readonly Scalars[] {
  const own = terms.minimum?.map((units) => scalarsOf(units)).filter((one) => !isZero(one)) ?? [];
  return own.length > 0 ? own : smallest;
}

export function isWorth(amount: Scalars, minimum: readonly Scalars[]): boolean {
  for (const one of minimum) if (covers(amount, one)) return true;
  return false;
}
