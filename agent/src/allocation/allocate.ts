import type { Resources } from "../model/resources";
import { addResources, subtractResources, sumResources } from "../model/resources";
import type { Refusal } from "../model/scheduler";
import type { OfferFilters } from "./filters";
import { dominantShare } from "./share";

export interface AllocatableNode {
  readonly name: string;
  readonly total: Resources;
  /** Held by tasks. */
  readonly used: Resources;
  /** In offers that are still out. */
  readonly offered: Resources;
  /** Why the whole node is out of the question; undefined: it is fit. */
  readonly unfit: Pick<Refusal, "rule" | "message"> | undefined;
}

export interface Claimant {
  readonly framework: string;
  /** false: it has suppressed offers. */
  readonly wantsOffers: boolean;
  /** Held by its tasks and by offers it has in hand. */
  readonly held: Resources;
}

export interface Grant {
  readonly framework: string;
  readonly node: string;
  readonly resources: Resources;
}

export interface AllocationInput {
  readonly nodes: readonly AllocatableNode[];
  readonly claimants: readonly Claimant[];
  readonly filters: OfferFilters;
  readonly nowMs: number;
}

/**
 * The least worth offering: what the smallest service may ask for. Both are needed, unlike Mesos'
 * "or": a crumb without cpus or without memory places nothing.
 */
const minimum = { cpus: 0.01, memMiB: 4 } as const;

/**
 * One pass of dominant resource fairness over frameworks of one role: each node's free resources go
 * whole to the framework with the smallest dominant share that wants them; then shares are counted anew.
 * Ties: the name, so that the same input gives the same output.
 */
export function allocate(input: AllocationInput): Grant[] {
  const total = sumResources(input.nodes.map((node) => node.total));
  const held = new Map(input.claimants.map((one) => [one.framework, one.held]));
  const grants: Grant[] = [];
  for (const node of input.nodes) {
    const free = freeOf(node);
    if (node.unfit || !isWorthOffering(free)) continue;
    const takers = input.claimants.filter((one) => wants(one, node, free, input));
    const poorest = takers.reduce<Claimant | undefined>(
      (best, one) => (best && !comesBefore(one, best, held, total) ? best : one),
      undefined,
    );
    if (!poorest) continue;
    grants.push({ framework: poorest.framework, node: node.name, resources: free });
    held.set(poorest.framework, addResources(heldBy(poorest, held), free));
  }
  return grants;
}

/** Why this framework is not offered this node now; undefined: the next pass may offer it. */
export function explainNoOffer(
  input: AllocationInput,
  node: AllocatableNode,
  framework: string,
): Refusal | undefined {
  const refuse = (rule: string, message: string): Refusal => ({ node: node.name, rule, message });
  if (node.unfit) return refuse(node.unfit.rule, node.unfit.message);
  const free = freeOf(node);
  if (!isWorthOffering(free))
    return node.offered.cpus > 0 || node.offered.memMiB > 0
      ? refuse("offered", "what it has free is in an offer that has not been answered yet")
      : refuse("resources", `has ${free.cpus} cpus and ${free.memMiB} MiB of memory free`);
  const claimant = input.claimants.find((one) => one.framework === framework);
  if (!claimant) return refuse("unsubscribed", `framework '${framework}' is not subscribed`);
  if (!claimant.wantsOffers)
    return refuse("suppressed", `framework '${framework}' wants no offers`);
  const untilMs = input.filters.heldUntilMs({
    framework,
    node: node.name,
    free,
    nowMs: input.nowMs,
  });
  if (untilMs === undefined) return undefined;
  const seconds = Math.ceil((untilMs - input.nowMs) / 1000);
  return refuse("declined", `framework '${framework}' declined it, asked again in ${seconds} s`);
}

/** Never below zero, also where a node came back smaller than what runs on it. */
export function freeOf(node: Pick<AllocatableNode, "total" | "used" | "offered">): Resources {
  const rest = subtractResources(subtractResources(node.total, node.used), node.offered);
  return {
    cpus: Math.max(0, rest.cpus),
    memMiB: Math.max(0, rest.memMiB),
    diskMiB: Math.max(0, rest.diskMiB),
    ports: rest.ports,
  };
}

function isWorthOffering(free: Resources): boolean {
  return free.cpus >= minimum.cpus && free.memMiB >= minimum.memMiB;
}

function wants(
  claimant: Claimant,
  node: AllocatableNode,
  free: Resources,
  input: AllocationInput,
): boolean {
  if (!claimant.wantsOffers) return false;
  const { framework } = claimant;
  const claim = { framework, node: node.name, free, nowMs: input.nowMs };
  return input.filters.heldUntilMs(claim) === undefined;
}

function comesBefore(
  a: Claimant,
  b: Claimant,
  held: ReadonlyMap<string, Resources>,
  total: Resources,
): boolean {
  const difference = dominantShare(heldBy(a, held), total) - dominantShare(heldBy(b, held), total);
  return difference === 0 ? a.framework < b.framework : difference < 0;
}

function heldBy(claimant: Claimant, held: ReadonlyMap<string, Resources>): Resources {
  return held.get(claimant.framework) ?? claimant.held;
}
