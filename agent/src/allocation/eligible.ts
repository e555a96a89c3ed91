import type { Claimant } from "./claimant";
import { meetsConstraints } from "./constraints";
import type { SupplyNode } from "./supply-node";
import { sumOf } from "./supply-node";

const gpus = 3;

/** Why the framework could not use this node whatever is free there; undefined: it could. */
export function ineligibility(
  claimant: Claimant,
  node: SupplyNode,
  region: string | undefined,
): "region" | "gpus" | "constraint" | undefined {
  const { terms } = claimant.framework;
  if (region !== undefined && !terms.regionAware) {
    const { domain } = node.traits;
    if (domain && domain.region !== region) return "region";
  }
  // Scarce machines are kept for those who can use what is scarce about them (Mesos --filter_gpu_resources).
  if (!terms.gpus && sumOf(node.total, gpus) > 0) return "gpus";
  const { constraints } = claimant;
  return constraints.length === 0 || meetsConstraints(node.traits, constraints)
    ? undefined
    : "constraint";
}
