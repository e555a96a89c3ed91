import { subtractResources } from "../model/resources";
import type { RoleAmounts } from "../model/role";
import type { Refusal } from "../model/scheduler";
import type { Supply } from "../ports/framework";
import { usedOn } from "./holdings";
import type { KernelFramework, KernelState } from "./state";
import { unfit } from "./supply";

/** What a framework could have if all that is offered to others came back. */
export function freeSupply(state: KernelState, framework: KernelFramework | undefined): Supply {
  const nodes: Supply["nodes"][number][] = [];
  const refusals: Refusal[] = [];
  for (const [name, node] of state.nodes) {
    const why = unfit(state, name, node);
    if (why) refusals.push({ node: name, ...why });
    else if (node.info) {
      const { attributes, resources } = node.info;
      nodes.push({ node: name, attributes, free: subtractResources(resources, usedOn(node)) });
    }
  }
  return { nodes, refusals, quotaLeft: quotaLeft(state, framework?.roles[0] ?? "*") };
}

/** The least that its own limit and those above it leave, kind by kind. */
function quotaLeft(state: KernelState, role: string): RoleAmounts {
  const left: Record<string, number> = {};
  for (const name of withThoseAbove(role)) {
    const consumed: RoleAmounts = state.allocator.consumed(name) ?? {};
    for (const [kind, limit] of Object.entries(state.roles.get(name)?.limit ?? {})) {
      const rest = Math.max(0, limit - (consumed[kind as keyof RoleAmounts] ?? 0));
      left[kind] = Math.min(left[kind] ?? Infinity, rest);
    }
  }
  return left;
}

/** `eng/web`: that, and `eng`. */
function withThoseAbove(role: string): string[] {
  const parts = role.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
