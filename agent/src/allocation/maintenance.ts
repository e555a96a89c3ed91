import { expireFilter } from "./refusing";
import type { AllocatorState } from "./state";
import type { SupplyNode, Unavailability } from "./supply-node";

/** Asks a framework to give a node back by a time (Mesos InverseOffer, docs/maintenance.md). */
export interface InverseOffer {
  readonly framework: string;
  readonly node: string;
  readonly unavailability: Unavailability;
}

/** undefined: the node is not to be out of service (any more). */
export function schedule(
  state: AllocatorState,
  node: SupplyNode,
  unavailability: Unavailability | undefined,
  nowMs: number,
): void {
  node.unavailability = unavailability;
  node.inverse.clear();
  if (unavailability) {
    state.unavailable.add(node);
    const { startMs, endMs } = unavailability;
    state.deadlines.add(startMs, { kind: "edge", node });
    if (endMs !== undefined) state.deadlines.add(endMs, { kind: "edge", node });
  } else state.unavailable.delete(node);
  passEdge(state, node, nowMs);
}

/** Filters end, nodes go out of service and come back. */
export function passTime(state: AllocatorState, nowMs: number): void {
  for (;;) {
    const due = state.deadlines.takeDue(nowMs);
    if (!due) return;
    if (due.kind === "filter") expireFilter(state, due);
    else passEdge(state, due.node, nowMs);
  }
}

/** One for each framework that holds something of a node that is to be out of service, until it answers. */
export function inverseOffers(state: AllocatorState, nowMs: number): InverseOffer[] {
  const made: InverseOffer[] = [];
  for (const node of state.unavailable) {
    const { unavailability } = node;
    if (!unavailability) continue;
    for (const leaf of node.holdings.keys()) {
      const framework = state.claimants[leaf]?.framework;
      if (!framework?.active) continue;
      const before = node.inverse.get(framework.name);
      if (before && before.againAtMs > nowMs) continue;
      node.inverse.set(framework.name, { state: "unanswered", againAtMs: Infinity });
      made.push({ framework: framework.name, node: node.name, unavailability });
    }
  }
  return made;
}

/** When the next framework may be asked again; undefined: none. */
export function nextInverseMs(state: AllocatorState): number | undefined {
  let next: number | undefined;
  for (const node of state.unavailable)
    for (const { againAtMs } of node.inverse.values())
      if (againAtMs < (next ?? Infinity)) next = againAtMs;
  return next;
}

function passEdge(state: AllocatorState, node: SupplyNode, nowMs: number): void {
  if (state.nodes.get(node.name) !== node) return;
  const { startMs = Infinity, endMs = Infinity } = node.unavailability ?? {};
  const closed = startMs <= nowMs && nowMs < endMs;
  if (endMs <= nowMs) {
    node.unavailability = undefined;
    node.inverse.clear();
    state.unavailable.delete(node);
  }
  if (closed === node.closed) return;
  state.touch(node, () => {
    node.closed = closed;
  });
}
