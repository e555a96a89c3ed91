import type { Claimant, Filter, Framework } from "./claimant";
import { Deadlines } from "./deadlines";
import type { ScalarKind, Scalars } from "./quantity/scalars";
import { addScaled, zeroScalars } from "./quantity/scalars";
import { Roles } from "./roles";
import { FairTree } from "./sorter/fair-tree";
import type { SupplyNode } from "./supply-node";
import { isOfferable, unreserved } from "./supply-node";

export interface AllocatorOptions {
  /** The master's; machines of other regions go to region-aware frameworks only. undefined: every region is ours. */
  readonly region: string | undefined;
  /** Scalars that do not count for shares, scarce ones such as gpus (MESOS-5377). */
  readonly fairShareExcluded: readonly ScalarKind[];
}

/** A call that contradicts what the allocator knows: a mistake of the caller, nothing was changed. */
export class AllocationError extends Error {
  override readonly name = "AllocationError";
}

/** The edge of a node's unavailability. */
export interface Edge {
  readonly kind: "edge";
  readonly node: SupplyNode;
}

/** All that the allocator knows. What may change the outcome of a cycle leaves a mark here for the next one. */
export class AllocatorState {
  readonly tree: FairTree;
  readonly roles: Roles;
  readonly nodes = new Map<string, SupplyNode>();
  readonly frameworks = new Map<string, Framework>();
  /** By leaf of the fair tree. */
  readonly claimants: (Claimant | undefined)[] = [];
  /** To be looked at in the next cycle. */
  readonly candidates = new Set<SupplyNode>();
  /** Not all of them was given, for the sake of a guarantee or a limit: looked at again when that may have eased. */
  readonly heldBack = new Set<SupplyNode>();
  /** Somebody wants offers who did not, or other ones: every node is a candidate. */
  everything = false;
  eased = false;
  /** Nodes that are or will be out of service. */
  readonly unavailable = new Set<SupplyNode>();
  /** Unreserved and free, on nodes that are offered. */
  readonly available: Scalars = zeroScalars();
  readonly deadlines = new Deadlines<Filter | Edge>();
  filterCount = 0;
  /** Frameworks with a minimum of their own. */
  ownMinimums = 0;
  serial = 0;

  constructor(readonly options: AllocatorOptions) {
    this.tree = new FairTree(options.fairShareExcluded);
    this.roles = new Roles(this.tree);
  }

  /** Something of the node is other than before; `change` may change what is free and whether it is offered. */
  touch(node: SupplyNode, change: () => void): void {
    if (isOfferable(node)) addScaled(this.available, unreserved(node).scalars, -1);
    change();
    if (isOfferable(node)) addScaled(this.available, unreserved(node).scalars, 1);
    this.candidates.add(node);
    this.eased = true;
  }

  /** A cycle would look at a node: most events concern none. */
  hasCandidates(): boolean {
    if (this.everything || this.candidates.size > 0) return true;
    return this.eased && this.heldBack.size > 0;
  }

  node(name: string): SupplyNode {
    const node = this.nodes.get(name);
    if (!node) throw new AllocationError(`no node '${name}'`);
    return node;
  }

  framework(name: string): Framework {
    const framework = this.frameworks.get(name);
    if (!framework) throw new AllocationError(`no framework '${name}'`);
    return framework;
  }

  claimant(framework: string, role: string): Claimant {
    const claimant = this.framework(framework).claimants.get(role);
    if (!claimant) throw new AllocationError(`framework '${framework}' is not in role '${role}'`);
    return claimant;
  }
}
