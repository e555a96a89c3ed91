import type { ScalarUnits, Scalars } from "./quantity/scalars";
import { addScaled, isZero, scalarsOf, zeroScalars } from "./quantity/scalars";
import type { Role } from "./role";
import { newRole, renewNeeds } from "./role";
import type { FairTree } from "./sorter/fair-tree";
import { root } from "./sorter/fair-tree";

/** In units. Of a kind that is missing there is no guarantee, and no limit. */
export interface Quota {
  readonly guarantee: ScalarUnits;
  readonly limit: ScalarUnits;
}

/** Sorts before every name of a role: '.' is none (Mesos' sorter calls its virtual leaf so too). */
const ownName = ".";

/** The roles that anything names, with those above them. A role nobody names any more is forgotten. */
export class Roles {
  /** The sum of what all guarantees are still missing. */
  readonly headroom: Scalars = zeroScalars();
  private readonly byPath = new Map<string, Role>();
  private readonly guarantees = new Set<Role>();
  private readonly quotas = new Map<Role, Quota>();
  private readonly weights = new Set<Role>();

  constructor(private readonly tree: FairTree) {}

  find(path: string): Role | undefined {
    return this.byPath.get(path);
  }

  /** Until `release` is called as often. */
  retain(path: string): Role {
    const role = this.ensure(path);
    role.uses++;
    return role;
  }

  release(role: Role): void {
    role.uses--;
    this.prune(role);
  }

  /** What is counted to the role and all above it. */
  consume(role: Role, what: Scalars, times: 1 | -1): void {
    for (let one: Role | undefined = role; one; one = one.parent)
      addScaled(one.consumed, what, times);
    if (this.guarantees.size > 0) renewNeeds(role, this.headroom);
  }

  /** undefined: no quota any more. A limit below what is consumed only stops new offers. */
  setQuota(path: string, quota: Quota | undefined): void {
    const role = this.quotas.has(this.ensure(path)) ? this.ensure(path) : this.retain(path);
    if (quota) this.quotas.set(role, quota);
    else this.quotas.delete(role);
    role.guarantee = scalarsOf(quota?.guarantee ?? {});
    role.limit = scalarsOf(quota?.limit ?? {}, Infinity);
    if (isZero(role.guarantee)) this.guarantees.delete(role);
    else this.guarantees.add(role);
    this.renewChains(role);
    renewNeeds(role, this.headroom);
    if (!quota) this.release(role);
  }

  setWeight(path: string, weight: number): void {
    const role = this.weights.has(this.ensure(path)) ? this.ensure(path) : this.retain(path);
    this.weights.add(role);
    this.tree.setWeight(role.id, weight);
    if (weight !== 1) return;
    this.weights.delete(role);
    this.release(role);
  }

  /** Those with a guarantee of their own. */
  guaranteed(): ReadonlySet<Role> {
    return this.guarantees;
  }

  private ensure(path: string): Role {
    const known = this.byPath.get(path);
    if (known) return known;
    const slash = path.lastIndexOf("/");
    const parent = slash < 0 ? undefined : this.ensure(path.slice(0, slash));
    const id = this.tree.add(parent?.id ?? root, path.slice(slash + 1));
    const role = newRole(path, parent, { id, ownId: this.tree.add(id, ownName) });
    parent?.children.add(role);
    this.byPath.set(path, role);
    return role;
  }

  private prune(role: Role): void {
    if (role.uses > 0 || role.children.size > 0 || !this.tree.isIdle(role.id)) return;
    this.byPath.delete(role.path);
    this.tree.remove(role.ownId);
    this.tree.remove(role.id);
    if (!role.parent) return;
    role.parent.children.delete(role);
    this.prune(role.parent);
  }

  private renewChains(role: Role): void {
    const own = this.quotas.get(role);
    const { limited = [] } = role.parent ?? {};
    role.limited = own && Object.keys(own.limit).length > 0 ? [role, ...limited] : limited;
    for (const child of role.children) this.renewChains(child);
  }
}
