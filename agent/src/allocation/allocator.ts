import type { Refusal } from "../model/scheduler";
import type { FrameworkTerms } from "./claimant";
import type { OfferConstraints } from "./constraints";
import { Cycle } from "./cycle";
import * as demand from "./demand";
import { explain } from "./explain";
import * as holdings from "./holdings";
import type { InverseOffer } from "./maintenance";
import * as maintenance from "./maintenance";
import type { Portion } from "../model/portion";
import type { ScalarKind } from "./quantity/scalars";
import { unitsOf } from "./quantity/scalars";
import { refuse } from "./refusing";
import type { Quota } from "./roles";
import type { AllocatorOptions } from "./state";
import { AllocationError, AllocatorState } from "./state";
import * as supply from "./supply";
import type { NodeTerms, Unavailability } from "./supply-node";

/** What one framework, in one of its roles, is to be offered of one node. It holds it from then on. */
export interface Grant {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
  readonly portions: readonly Portion[];
  readonly unavailability: Unavailability | undefined;
}

export interface Allocation {
  readonly grants: readonly Grant[];
  readonly inverseOffers: readonly InverseOffer[];
}

/** Who holds, or is to hold, something. */
export interface Holder {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
}

/**
 * Who is offered what: weighted dominant resource fairness over a tree of roles, then frameworks, with quota,
 * reservations, filters and maintenance (docs/allocation.md). Events are told as they come, each in time that
 * does not grow with the cluster; `allocate` then looks at the nodes that they concern, so several events in one
 * go cost one cycle. All times are monotonic milliseconds. What contradicts the state is an AllocationError.
 */
export class Allocator {
  private readonly state: AllocatorState;

  constructor(options: Partial<AllocatorOptions> = {}) {
    this.state = new AllocatorState({ region: undefined, fairShareExcluded: [], ...options });
  }

  addNode(name: string, terms: NodeTerms): void {
    supply.addNode(this.state, name, terms);
  }

  hasNode(name: string): boolean {
    return this.state.nodes.has(name);
  }

  /** Other resources or traits: filters on it end. What is held stays held, also where it is more than there is. */
  updateNode(name: string, terms: NodeTerms): void {
    supply.updateNode(this.state, name, terms);
  }

  /** With all that is held of it; what is given back of it later is ignored. */
  removeNode(name: string): void {
    supply.removeNode(this.state, name);
  }

  /** No offers from it (drained, unhealthy, ...): `why` is what `explain` says. */
  deactivateNode(name: string, why: Pick<Refusal, "rule" | "message">): void {
    const node = this.state.node(name);
    this.state.touch(node, () => {
      node.inactive = why;
    });
  }

  reactivateNode(name: string): void {
    const node = this.state.node(name);
    this.state.touch(node, () => {
      node.inactive = undefined;
    });
  }

  /** From `startMs` to `endMs` nothing of it is offered; those who hold something of it are asked to give it back. */
  scheduleMaintenance(name: string, when: Unavailability | undefined, nowMs: number): void {
    maintenance.schedule(this.state, this.state.node(name), when, nowMs);
  }

  /** `refuseMs`: when to ask again, as long as it holds something there. */
  answerInverseOffer(
    who: Pick<Holder, "framework" | "node">,
    answer: { readonly accepted: boolean; readonly refuseMs: number },
    nowMs: number,
  ): void {
    const { inverse } = this.state.node(who.node);
    if (!inverse.has(who.framework)) return;
    const state = answer.accepted ? "accepted" : "declined";
    inverse.set(who.framework, { state, againAtMs: nowMs + answer.refuseMs });
  }

  addFramework(name: string, terms: FrameworkTerms): void {
    demand.addFramework(this.state, name, terms);
  }

  updateFramework(name: string, terms: FrameworkTerms): void {
    demand.updateFramework(this.state, name, terms);
  }

  removeFramework(name: string): void {
    demand.removeFramework(this.state, name);
  }

  activateFramework(name: string): void {
    demand.setActive(this.state, name, true);
  }

  deactivateFramework(name: string): void {
    demand.setActive(this.state, name, false);
  }

  suppress(framework: string, role: string): void {
    demand.suppress(this.state, this.state.claimant(framework, role));
  }

  /** Its filters in this role end. */
  revive(framework: string, role: string): void {
    demand.revive(this.state, this.state.claimant(framework, role));
  }

  setConstraints(framework: string, role: string, constraints: OfferConstraints): void {
    demand.setConstraints(this.state, this.state.claimant(framework, role), constraints);
  }

  /** A whole number or not, above zero; 1 is what every role has. */
  setWeight(role: string, weight: number): void {
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new AllocationError(`weight ${weight} of role '${role}' must be above zero`);
    this.state.roles.setWeight(role, weight);
  }

  /** undefined: none. A limit under what is held already takes nothing back: rescinding offers is the caller's. */
  setQuota(role: string, quota: Quota | undefined): void {
    this.state.roles.setQuota(role, quota);
    this.state.eased = true;
  }

  /** What counts against the role's quota, in units. */
  consumed(role: string): Record<ScalarKind, number> | undefined {
    const known = this.state.roles.find(role);
    return known && unitsOf(known.consumed);
  }

  /** The role's largest part of any counted scalar of the cluster, over its weight. */
  dominantShare(role: string): number | undefined {
    const known = this.state.roles.find(role);
    this.state.tree.refresh();
    return known && this.state.tree.dominantShare(known.id);
  }

  /** The framework holds this without an offer: found in use after a change of master. */
  hold(holder: Holder, portions: readonly Portion[]): void {
    const { state } = this;
    const claimant = state.claimant(holder.framework, holder.role);
    holdings.hold(state, claimant, state.node(holder.node), portions);
  }

  /** Declined, rescinded or done with. Who holds nothing any more (his node or framework is gone) is ignored. */
  giveBack(
    holder: Holder,
    portions: readonly Portion[],
    /** It is not to be offered this, or less, again until then. */
    filter?: { readonly untilMs: number },
  ): void {
    const { state } = this;
    const node = state.nodes.get(holder.node);
    const claimant = state.frameworks.get(holder.framework)?.claimants.get(holder.role);
    if (!node || !claimant) return;
    const refused = holdings.giveBack(state, claimant, node, portions);
    if (filter && claimant.member)
      refuse(state, { claimant, node, untilMs: filter.untilMs, refused });
    demand.dropIfIdle(state, claimant);
  }

  /**
   * Reserve, unreserve, create or destroy a volume: `from` becomes `to`, which differs in reservations and volumes
   * only. `by` undefined: of what nobody holds.
   */
  convert(
    holder: { readonly node: string; readonly by: Omit<Holder, "node"> | undefined },
    change: { readonly from: readonly Portion[]; readonly to: readonly Portion[] },
  ): void {
    const { by } = holder;
    const claimant = by && this.state.claimant(by.framework, by.role);
    supply.convert(this.state, this.state.node(holder.node), claimant, change);
  }

  allocate(nowMs: number): Allocation {
    maintenance.passTime(this.state, nowMs);
    const takings = this.state.hasCandidates() ? new Cycle(this.state).run() : [];
    const grants = takings.map(({ claimant, node, portions }) => ({
      framework: claimant.framework.name,
      role: claimant.role.path,
      node: node.name,
      portions,
      unavailability: node.unavailability,
    }));
    return { grants, inverseOffers: maintenance.inverseOffers(this.state, nowMs) };
  }

  /** When `allocate` is due though nothing happens; undefined: never. */
  nextMs(): number | undefined {
    const [a = Infinity, b = Infinity] = [
      this.state.deadlines.nextMs(),
      maintenance.nextInverseMs(this.state),
    ];
    const next = Math.min(a, b);
    return next === Infinity ? undefined : next;
  }

  /** undefined: the next cycle may offer it. */
  explain(holder: Holder, nowMs: number): Refusal | undefined {
    const { framework, role, node } = holder;
    return explain(this.state, this.state.node(node), { framework, role }, nowMs);
  }
}
