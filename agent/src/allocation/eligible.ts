import type { Claimant, FrameworkTerms } from "./claimant";
import { meetsConstraints } from "./constraints";
import type { SupplyNode } from "./supply-node";
import { sumOf } from "./supply-node";

const gpus = 3;
const ofOtherRegions = 1;
const ofGpus = 2;

/** As a lane of the fair tree: what a framework can use. */
export function abilitiesOf(terms: FrameworkTerms): number {
  return (terms.regionAware ? ofOtherRegions : 0) | (terms.gpus ? ofGpus : 0);
}

/** What a framework must be able to use to be offered the node. */
export function laneOf(node: SupplyNode, region: string | undefined): number {
  const { domain } = node.traits;
  const remote = region !== undefined && domain !== undefined && domain.region !== region;
  // Scarce machines are kept for those who can use what is scarce about them (Mesos --filter_gpu_resources).
  return (remote ? ofOtherRegions : 0) | (sumOf(node.total, gpus) > 0 ? ofGpus : 0);
}

/** Why the framework could not use this node whatever is free there; undefined: it could. */
export function ineligibility(
  claimant: Claimant,
  node: SupplyNode,
  region: string | undefined,
): "region" | "gpus" | "constraint" | undefined {
  const missing = laneOf(node, region) & ~abilitiesOf(claimant.framework.terms);
  if (missing & ofOtherRegions) return "region";
  if (missing & ofGpus) return "gpus";
  const { constraints } = claimant;
  return constraints.length === 0 || meetsConstraints(node.traits, constraints)
    ? undefined
    : "constraint";
}
