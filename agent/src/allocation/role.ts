import type { Scalars } from "./quantity/scalars";
import { at, kinds, zeroScalars } from "./quantity/scalars";

/**
 * A role, and what quota says of it (Mesos docs/quota.md): guarantee and limit hold for the role and all below it.
 * Scalars are thousandths.
 */
export interface Role {
  readonly path: string;
  readonly parent: Role | undefined;
  /** In the fair tree: the role, and the child of it whose leaves are the role's own frameworks. */
  readonly id: number;
  readonly ownId: number;
  readonly children: Set<Role>;
  /** Frameworks in this very role, and weights, reservations and quota that name it. */
  uses: number;
  /** Zero: none. */
  guarantee: Scalars;
  /** Infinity: none. */
  limit: Scalars;
  /** What the role and those below have of unreserved resources, and all that is reserved for them, given out or not. */
  readonly consumed: Scalars;
  /** Of the guarantees at and below it, what is still missing: the larger of its own and its children's sum. */
  readonly need: Scalars;
  readonly childNeed: Scalars;
  /** This role and those above that have a limit. */
  limited: readonly Role[];
}

export function newRole(
  path: string,
  parent: Role | undefined,
  ids: { readonly id: number; readonly ownId: number },
): Role {
  return {
    path,
    parent,
    ...ids,
    children: new Set(),
    uses: 0,
    guarantee: zeroScalars(),
    limit: zeroScalars().fill(Infinity),
    consumed: zeroScalars(),
    need: zeroScalars(),
    childNeed: zeroScalars(),
    limited: parent?.limited ?? [],
  };
}

/** What may still be given before a limit of the role or of one above it is reached; Infinity: no limit. */
export function roomUnderLimits(role: Role, k: number): number {
  let room = Infinity;
  for (const one of role.limited) {
    const left = at(one.limit, k) - at(one.consumed, k);
    if (left < room) room = left;
  }
  return room > 0 ? room : 0;
}

/**
 * What would go toward a guarantee of the role or of one above it, without eating into what the latter's other
 * children are promised.
 */
export function owed(role: Role, k: number): number {
  let most = 0;
  for (
    let one: Role | undefined = role, below: Role | undefined;
    one;
    below = one, one = one.parent
  ) {
    const promised = at(one.childNeed, k) - (below ? at(below.need, k) : 0);
    const missing = at(one.guarantee, k) - at(one.consumed, k) - promised;
    if (missing > most) most = missing;
  }
  return most;
}

export function isOwedAnything(role: Role): boolean {
  for (let k = 0; k < kinds; k++) if (owed(role, k) > 0) return true;
  return false;
}

/** `atop` is the sum of needs of all top-level roles: the headroom to be kept. Counts needs anew from `role` up. */
export function renewNeeds(role: Role, atop: Scalars): void {
  for (let one: Role | undefined = role; one; one = one.parent) {
    const above: Scalars = one.parent?.childNeed ?? atop;
    for (let k = 0; k < kinds; k++) {
      const own = at(one.guarantee, k) - at(one.consumed, k);
      const need = Math.max(0, own, at(one.childNeed, k));
      above[k] = at(above, k) + need - at(one.need, k);
      one.need[k] = need;
    }
  }
}
