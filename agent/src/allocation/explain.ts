import type { Refusal } from "../model/scheduler";
import type { Claimant } from "./claimant";
import { isWorth } from "./claimant";
import type { Hindrance } from "./offering";
import { Offering } from "./offering";
import { addScaled, at, kinds, scalarKinds, unitsOf, zeroScalars } from "./quantity/scalars";
import { mayUse } from "./reserved";
import { roomUnderLimits } from "./role";
import type { AllocatorState } from "./state";
import type { SupplyNode } from "./supply-node";
import { sumInto, unreserved } from "./supply-node";

type Reason = Pick<Refusal, "rule" | "message">;

/**
 * Why this framework is not offered this node, worked out from the state as it is: nothing is recorded in a
 * cycle. undefined: the next cycle may offer it.
 */
export function explain(
  state: AllocatorState,
  node: SupplyNode,
  who: { readonly framework: string; readonly role: string },
  nowMs: number,
): Refusal | undefined {
  const reason = ofNode(node) ?? ofClaimant(state, who) ?? ofPair(state, node, who, nowMs);
  return reason && { node: node.name, ...reason };
}

function ofNode(node: SupplyNode): Reason | undefined {
  if (node.inactive) return node.inactive;
  return node.closed
    ? { rule: "maintenance", message: "it is out of service, as scheduled" }
    : undefined;
}

function ofClaimant(
  state: AllocatorState,
  who: { readonly framework: string; readonly role: string },
): Reason | undefined {
  const framework = state.frameworks.get(who.framework);
  const name = `framework '${who.framework}'`;
  if (!framework?.active) return { rule: "unsubscribed", message: `${name} is not subscribed` };
  const claimant = framework.claimants.get(who.role);
  if (!claimant?.member) return { rule: "role", message: `${name} is not in role '${who.role}'` };
  if (claimant.suppressed) return { rule: "suppressed", message: `${name} wants no offers` };
  return undefined;
}

function ofPair(
  state: AllocatorState,
  node: SupplyNode,
  who: { readonly framework: string; readonly role: string },
  nowMs: number,
): Reason | undefined {
  const claimant = state.claimant(who.framework, who.role);
  const hindrance = new Offering(state).hindrance(claimant, node, "fair");
  return hindrance && reasonOf(hindrance, { node, claimant, nowMs });
}

interface Case {
  readonly node: SupplyNode;
  readonly claimant: Claimant;
  readonly nowMs: number;
}

function reasonOf(hindrance: Hindrance, given: Case): Reason | undefined {
  const { framework } = given.claimant;
  switch (hindrance) {
    case "region":
      return { rule: "region", message: `it is in another region than the master` };
    case "gpus":
      return { rule: "gpus", message: `it has gpus, which '${framework.name}' does not use` };
    case "constraint":
      return { rule: "constraint", message: "the framework's offer constraints exclude it" };
    case "declined":
      return ofFilter(given);
    case "too-little":
      return ofAmount(given);
    // Only the stage of guarantees has it.
    case "nothing-owed":
      return undefined;
  }
}

function ofFilter({ node, claimant, nowMs }: Case): Reason | undefined {
  const untilMs = claimant.filters.get(node)?.untilMs ?? nowMs;
  if (untilMs <= nowMs) return undefined;
  const seconds = Math.ceil((untilMs - nowMs) / 1000);
  const message = `framework '${claimant.framework.name}' declined it, asked again in ${seconds} s`;
  return { rule: "declined", message };
}

function ofAmount({ node, claimant }: Case): Reason {
  const { role, framework } = claimant;
  const all = sumInto(zeroScalars(), node.free);
  const usable = zeroScalars();
  for (const stock of node.free)
    if (mayUse(role.path, stock.role)) addScaled(usable, stock.scalars, 1);
  const { cpus, memMiB } = unitsOf(usable);
  const has = `has ${cpus} cpus and ${memMiB} MiB of memory free`;
  if (!isWorth(all, framework.minimum)) return { rule: "resources", message: has };
  if (!isWorth(usable, framework.minimum))
    return { rule: "reserved", message: `${has} for role '${role.path}', the rest is reserved` };
  const free = unreserved(node).scalars;
  for (let k = 0; k < kinds; k++)
    if (roomUnderLimits(role, k) < at(free, k))
      return {
        rule: "quota-limit",
        message: `role '${role.path}' may have ${roomUnderLimits(role, k) / 1000} more ${scalarKinds[k] ?? ""} by its quota`,
      };
  return { rule: "quota-guarantee", message: "what is free is kept for guarantees of other roles" };
}
