import { isWorth, smallest } from "./claimant";
import { laneOf } from "./eligible";
import { Offering } from "./offering";
import type { Stage, Taking } from "./offering";
import type { Scalars } from "./quantity/scalars";
import { addScaled, isZero, zeroScalars } from "./quantity/scalars";
import type { Stock } from "./quantity/stock";
import type { Role } from "./role";
import { isOwedAnything } from "./role";
import type { AllocatorState } from "./state";
import type { SupplyNode } from "./supply-node";
import { isOfferable, unreserved, usedPartOf } from "./supply-node";
import { root } from "./sorter/fair-tree";

/** What of a node can still be given: to whom it may be worth something. */
type Rest = "for-nobody" | "for-reserved" | "for-all";

/**
 * One allocation over the candidates: first toward quota guarantees, then by fair share (Mesos
 * src/master/allocator/mesos/hierarchical.cpp, `__allocate`).
 */
export class Cycle {
  private readonly offering: Offering;
  private readonly sum: Scalars = zeroScalars();
  /** Ids of the fair tree under which somebody may use what is reserved on the node at hand; true: with all below. */
  private readonly reservedFor = new Map<number, boolean>();
  /** Nodes of which something went toward a guarantee. */
  private readonly toGuarantees = new Map<SupplyNode, Taking[]>();
  private readonly all: Taking[] = [];
  private takings: Taking[] = [];
  private rest: Rest = "for-all";
  private lane = 0;

  constructor(private readonly state: AllocatorState) {
    this.offering = new Offering(state);
  }

  run(): Taking[] {
    const { state } = this;
    state.tree.refresh();
    const nodes = this.candidates();
    if (state.tree.wants(root)) {
      this.guaranteeStage(nodes);
      for (const node of nodes) this.fairPass(node);
    }
    return this.all;
  }

  /**
   * Those most in use first, so that what is whole stays whole as long as it can: a framework that takes the
   * first offer that fits fills up nodes instead of starting on new ones.
   */
  private candidates(): SupplyNode[] {
    const { state } = this;
    const nodes: SupplyNode[] = [];
    if (state.everything) for (const node of state.nodes.values()) nodes.push(node);
    else {
      if (state.eased) for (const node of state.heldBack) state.candidates.add(node);
      for (const node of state.candidates) nodes.push(node);
    }
    state.everything = false;
    state.eased = false;
    state.candidates.clear();
    const worthwhile = nodes.filter((node) => {
      state.heldBack.delete(node);
      return isOfferable(node) && this.restOf(node) !== "for-nobody";
    });
    for (const node of worthwhile) node.usedPart = usedPartOf(node);
    return worthwhile.sort((a, b) => b.usedPart - a.usedPart || a.serial - b.serial);
  }

  private guaranteeStage(nodes: readonly SupplyNode[]): void {
    let owed = this.owedRoles();
    for (const node of nodes) {
      if (owed.length === 0) return;
      owed.sort(this.compareRoles);
      this.takings = [];
      for (const role of owed) this.visitOwn(role.ownId, node, "guarantees");
      this.offering.settle();
      if (this.takings.length === 0) continue;
      this.toGuarantees.set(node, this.takings);
      owed = owed.filter(isOwedAnything);
    }
  }

  private fairPass(node: SupplyNode): void {
    this.takings = this.toGuarantees.get(node) ?? [];
    this.rest = this.restOf(node);
    this.lane = laneOf(node, this.state.options.region);
    this.offering.begin();
    if (this.rest !== "for-nobody") {
      this.markReserved(node);
      this.visit(root, node, false);
    }
    if (this.offering.chopped) this.state.heldBack.add(node);
    for (const taking of this.takings) this.all.push(taking);
    this.offering.settle();
  }

  /** Below `id`, in order of fair share. True: there is nothing left to give. */
  private visit(id: number, node: SupplyNode, inside: boolean): boolean {
    const { tree, claimants } = this.state;
    const ranking = tree.ranking(id, this.lane);
    if (!ranking) {
      const claimant = claimants[id];
      if (claimant && this.offering.give(claimant, node, "fair", this.takings))
        this.rest = this.restOf(node);
      return this.rest === "for-nobody";
    }
    const anyReserved = this.reservedFor.size > 0;
    for (let position = 0; position < ranking.size; position++) {
      if (this.rest === "for-reserved" && !inside)
        return this.visitReserved(id, node, position === 0 ? undefined : ranking.at(position - 1));
      const child = ranking.at(position);
      const below = inside || (anyReserved && this.reservedFor.get(child) === true);
      if (this.visit(child, node, below)) return true;
    }
    return false;
  }

  /** Only those of the children, after the one named, that may use what is reserved. */
  private visitReserved(id: number, node: SupplyNode, after: number | undefined): boolean {
    const { tree } = this.state;
    const children: number[] = [];
    for (const child of this.reservedFor.keys()) {
      if (tree.parentOf(child) !== id || !tree.wants(child, this.lane)) continue;
      if (after === undefined || tree.comesBefore(after, child)) children.push(child);
    }
    children.sort((a, b) => (tree.comesBefore(a, b) ? -1 : 1));
    for (const child of children)
      if (this.visit(child, node, this.reservedFor.get(child) === true)) return true;
    return false;
  }

  private visitOwn(ownId: number, node: SupplyNode, stage: Stage): void {
    const ranking = this.state.tree.ranking(ownId);
    for (let position = 0; position < (ranking?.size ?? 0); position++) {
      const claimant = this.state.claimants[ranking?.at(position) ?? -1];
      if (claimant) this.offering.give(claimant, node, stage, this.takings);
    }
  }

  private restOf(node: SupplyNode): Rest {
    const { free } = node;
    const { scalars } = unreserved(node);
    if (isWorth(scalars, smallest)) return "for-all";
    // With minimums of their own, what is worth nothing to one may be worth something to another.
    const anyMinimum = this.state.ownMinimums > 0;
    if (free.length === 1 && !anyMinimum) return "for-nobody";
    this.sum.fill(0);
    for (const stock of free) addScaled(this.sum, stock.scalars, 1);
    if (anyMinimum) return isZero(this.sum) ? "for-nobody" : "for-all";
    return isWorth(this.sum, smallest) ? "for-reserved" : "for-nobody";
  }

  private markReserved(node: SupplyNode): void {
    if (this.reservedFor.size > 0) this.reservedFor.clear();
    for (let index = 1; index < node.free.length; index++) {
      const { role: path } = node.free[index] as Stock;
      const role = path === undefined ? undefined : this.state.roles.find(path);
      if (!role) continue;
      this.reservedFor.set(role.id, true);
      for (let above = role.parent; above; above = above.parent)
        if (!this.reservedFor.get(above.id)) this.reservedFor.set(above.id, false);
    }
  }

  /** Roles in which somebody wants offers, and that have a guarantee (or are below one) still to be met. */
  private owedRoles(): Role[] {
    const found = new Set<Role>();
    const collect = (role: Role): void => {
      if (!this.state.tree.wants(role.id)) return;
      if (this.state.tree.wants(role.ownId) && isOwedAnything(role)) found.add(role);
      for (const child of role.children) collect(child);
    };
    for (const role of this.state.roles.guaranteed()) collect(role);
    return [...found];
  }

  /** As a walk of the tree would come by them: a role's own frameworks may come before or after its children. */
  private readonly compareRoles = (a: Role, b: Role): number => {
    const ofA = idsFromTop(a);
    const ofB = idsFromTop(b);
    for (let level = 0; level < Math.min(ofA.length, ofB.length); level++) {
      const [one, other] = [ofA[level] as number, ofB[level] as number];
      if (one !== other) return this.state.tree.comesBefore(one, other) ? -1 : 1;
    }
    return 0;
  };
}

function idsFromTop(role: Role): number[] {
  const ids = [role.ownId];
  for (let one: Role | undefined = role; one; one = one.parent) ids.unshift(one.id);
  return ids;
}
