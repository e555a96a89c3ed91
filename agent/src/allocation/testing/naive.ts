import { portion } from "../../model/portion";
import type { Portion } from "../../model/portion";
import { reservedRole, stackKey } from "../quantity/portion";

const kinds = ["cpus", "memMiB"] as const;
type Kind = (typeof kinds)[number];
type Amount = Record<Kind, number>;

export interface NaiveHolding {
  readonly framework: string;
  readonly role: string;
  readonly node: string;
  readonly part: Portion;
}

interface NaiveNode {
  readonly name: string;
  readonly serial: number;
  parts: Portion[];
  active: boolean;
  /** In another region than the master. */
  far: boolean;
}

interface NaiveClaimant {
  readonly framework: string;
  readonly role: string;
  suppressed: boolean;
}

interface Filter {
  readonly untilMs: number;
  readonly refused: readonly Portion[];
}

/**
 * The rules of docs/allocation.md written down as they are read there: keeps a list of who holds what and counts
 * everything anew whenever it needs it. Whole cpus and MiB only, no ports.
 */
export class NaiveAllocator {
  nodes: NaiveNode[] = [];
  frameworks = new Map<string, { active: boolean; regionAware: boolean }>();
  claimants: NaiveClaimant[] = [];
  holdings: NaiveHolding[] = [];
  quotas = new Map<string, { guarantee: Partial<Amount>; limit: Partial<Amount> }>();
  weights = new Map<string, number>();
  filters = new Map<string, Filter>();
  /** By the path of the fair tree. */
  grants = new Map<string, number>();

  allocate(nowMs: number): NaiveHolding[] {
    const made: NaiveHolding[] = [];
    const nodes = this.nodes
      .filter(({ active }) => active)
      .map((node) => ({ node, used: this.usedPart(node) }))
      .sort((a, b) => b.used - a.used || a.node.serial - b.node.serial)
      .map(({ node }) => node);
    for (const stage of ["guarantees", "fair"] as const)
      for (const node of nodes) {
        const before = made.length;
        for (const claimant of this.ranked()) {
          const parts = this.offerOf(claimant, node, { stage, nowMs });
          const { framework, role } = claimant;
          const given = parts.map((part) => ({ framework, role, node: node.name, part }));
          made.push(...given);
          this.holdings.push(...given);
          // Ranked only once a node: what is given shows in the ranks of the next.
        }
        const takers = new Set(
          made.slice(before).map(({ framework, role }) => `${role} ${framework}`),
        );
        for (const taker of takers) {
          const [role = "", framework = ""] = taker.split(" ");
          this.countGrant(framework, role);
        }
      }
    return made;
  }

  countGrant(framework: string, role: string): void {
    for (const path of pathsOf(framework, role))
      this.grants.set(path, (this.grants.get(path) ?? 0) + 1);
  }

  /** Roles and frameworks that nothing names any more start anew when they come back. */
  forget(): void {
    const named = new Set<string>();
    const name = (role: string): void => prefixes(role).forEach((one) => named.add(one));
    for (const { role } of this.claimants) name(role);
    for (const { role } of this.holdings) name(role);
    for (const role of [...this.quotas.keys(), ...this.weights.keys()]) name(role);
    for (const part of this.nodes.flatMap(({ parts }) => parts)) name(reservedRole(part) ?? "");
    const leaves = new Set(
      [...this.claimants, ...this.holdings].map(({ framework, role }) => `${role}/./${framework}`),
    );
    for (const path of this.grants.keys()) {
      const [role = "", framework] = path.split("/.");
      if (!named.has(role) || (framework && !leaves.has(path))) this.grants.delete(path);
    }
  }

  free(node: NaiveNode): Portion[] {
    return node.parts
      .map((part) => {
        const key = stackKey(part);
        const held = this.holdings.filter(
          (one) => one.node === node.name && stackKey(one.part) === key,
        );
        const left = (kind: Kind): number =>
          Math.max(0, part[kind] - held.reduce((sum, one) => sum + one.part[kind], 0));
        return { ...part, cpus: left("cpus"), memMiB: left("memMiB") };
      })
      .filter((part) => part.cpus > 0 || part.memMiB > 0);
  }

  consumed(role: string, kind: Kind): number {
    let sum = 0;
    for (const one of this.holdings)
      if (isAtOrBelow(one.role, role) && !reservedRole(one.part)) sum += one.part[kind];
    for (const part of this.nodes.flatMap(({ parts }) => parts)) {
      const owner = reservedRole(part);
      if (owner !== undefined && isAtOrBelow(owner, role)) sum += part[kind];
    }
    return sum;
  }

  private offerOf(
    claimant: NaiveClaimant,
    node: NaiveNode,
    at: { readonly stage: "guarantees" | "fair"; readonly nowMs: number },
  ): Portion[] {
    const { role } = claimant;
    if (node.far && !this.frameworks.get(claimant.framework)?.regionAware) return [];
    const free = this.free(node);
    const open = free.find((part) => !reservedRole(part)) ?? portion({});
    const own = free.filter((part) => {
      const owner = reservedRole(part);
      return owner !== undefined && isAtOrBelow(role, owner);
    });
    const amount = {
      cpus: Math.min(open.cpus, this.bound(role, "cpus", at.stage)),
      memMiB: Math.min(open.memMiB, this.bound(role, "memMiB", at.stage)),
    };
    const progress = kinds.some((kind) => this.owed(role, kind) > 0 && amount[kind] > 0);
    if (at.stage === "guarantees" && !progress) return [];
    const parts = [{ ...open, ...amount }, ...own].filter((p) => p.cpus > 0 || p.memMiB > 0);
    const sum = (kind: Kind): number => parts.reduce((all, part) => all + part[kind], 0);
    if (sum("cpus") < 1 || sum("memMiB") < 4) return [];
    const filter = this.filters.get(`${role} ${claimant.framework} ${node.name}`);
    return filter && filter.untilMs > at.nowMs && holdsBack(filter, parts) ? [] : parts;
  }

  /** The most the role may have more of the unreserved. */
  private bound(role: string, kind: Kind, stage: "guarantees" | "fair"): number {
    const due = this.owed(role, kind);
    const headroom = this.needBelow(undefined, kind);
    const surplus = headroom > 0 ? Math.max(0, this.available(kind) - headroom) : Infinity;
    const limits = prefixes(role).map(
      (one) => (this.quotas.get(one)?.limit[kind] ?? Infinity) - this.consumed(one, kind),
    );
    const most = stage === "guarantees" && due > 0 ? due : due + surplus;
    return Math.max(0, Math.min(most, ...limits));
  }

  private ranked(): NaiveClaimant[] {
    const total = (kind: Kind): number =>
      this.nodes.flatMap(({ parts }) => parts).reduce((sum, part) => sum + part[kind], 0);
    const all = { cpus: total("cpus"), memMiB: total("memMiB") };
    const rank = (path: string): readonly [number, number] => {
      const held = this.holdings.filter((one) => pathsOf(one.framework, one.role).includes(path));
      const fractions = kinds.map((kind) =>
        all[kind] > 0 ? held.reduce((sum, { part }) => sum + part[kind], 0) / all[kind] : 0,
      );
      const weight = this.weights.get(path) ?? 1;
      return [Math.max(...fractions) / weight, this.grants.get(path) ?? 0];
    };
    const ranks = new Map<string, readonly [number, number]>();
    const rankOf = (path: string): readonly [number, number] => {
      const known = ranks.get(path) ?? rank(path);
      ranks.set(path, known);
      return known;
    };
    return this.claimants
      .filter(({ framework, suppressed }) => this.frameworks.get(framework)?.active && !suppressed)
      .sort((a, b) => {
        const [one, other] = [pathsOf(a.framework, a.role), pathsOf(b.framework, b.role)];
        const level = one.findIndex((path, index) => path !== other[index]);
        const [x = "", y = ""] = [one[level], other[level]];
        const [p, q] = [rankOf(x), rankOf(y)];
        return p[0] - q[0] || p[1] - q[1] || (x < y ? -1 : 1);
      });
  }

  private available(kind: Kind): number {
    return this.nodes
      .filter(({ active }) => active)
      .flatMap((node) => this.free(node))
      .filter((part) => !reservedRole(part))
      .reduce((sum, part) => sum + part[kind], 0);
  }

  private missing(role: string, kind: Kind): number {
    return (this.quotas.get(role)?.guarantee[kind] ?? 0) - this.consumed(role, kind);
  }

  private needBelow(role: string | undefined, kind: Kind): number {
    const all = new Set([...this.quotas.keys()].flatMap(prefixes));
    const depth = role === undefined ? 1 : role.split("/").length + 1;
    return [...all]
      .filter((one) => one.split("/").length === depth)
      .filter((one) => role === undefined || isAtOrBelow(one, role))
      .reduce((sum, one) => sum + this.need(one, kind), 0);
  }

  private need(role: string, kind: Kind): number {
    return Math.max(0, this.missing(role, kind), this.needBelow(role, kind));
  }

  private owed(role: string, kind: Kind): number {
    const chain = prefixes(role);
    return chain.reduce((most, one, index) => {
      const next = chain[index + 1];
      const others = this.needBelow(one, kind) - (next === undefined ? 0 : this.need(next, kind));
      return Math.max(most, this.missing(one, kind) - others);
    }, 0);
  }

  private usedPart(node: NaiveNode): number {
    const free = this.free(node);
    return Math.max(
      0,
      ...kinds.map((kind) => {
        const total = node.parts.reduce((sum, part) => sum + part[kind], 0);
        return total > 0 ? 1 - free.reduce((sum, part) => sum + part[kind], 0) / total : 0;
      }),
    );
  }
}

function holdsBack(filter: Filter, parts: readonly Portion[]): boolean {
  return parts.every((part) =>
    filter.refused.some(
      (one) =>
        stackKey(one) === stackKey(part) && one.cpus >= part.cpus && one.memMiB >= part.memMiB,
    ),
  );
}

export function isAtOrBelow(role: string, above: string): boolean {
  return role === above || role.startsWith(`${above}/`);
}

/** `a`, `a/b`, `a/b/c`. */
function prefixes(role: string): string[] {
  const names = role.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

function pathsOf(framework: string, role: string): string[] {
  return [...prefixes(role), `${role}/.`, `${role}/./${framework}`];
}

/** By who has it, where, and how it is reserved. */
export function summed(holdings: readonly NaiveHolding[]): Record<string, string> {
  const sums = new Map<string, { cpus: number; memMiB: number }>();
  for (const { framework, role: path, node, part } of holdings) {
    const key = `${node} to ${framework} in ${path}: ${stackKey(part)}`;
    const sum = sums.get(key) ?? { cpus: 0, memMiB: 0 };
    sums.set(key, { cpus: sum.cpus + part.cpus, memMiB: sum.memMiB + part.memMiB });
  }
  return Object.fromEntries(
    [...sums].map(([key, { cpus, memMiB }]) => [key, `${cpus} cpus, ${memMiB} MiB`]),
  );
}
