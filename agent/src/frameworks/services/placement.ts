import type { Offer } from "../../model/offer";
import type { Resources } from "../../model/resources";
import { addResources, explainShortage } from "../../model/resources";
import type { Refusal } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import type { TaskPort } from "../../model/task";
import type { ConstraintContext } from "./constraints";
import { explainConstraint } from "./constraints";
import type { Instance } from "./instance";
import { isLostSight, placedBy } from "./instance";
import { choosePorts } from "./ports";

/** What one node has free for us now. */
export interface Candidate {
  readonly node: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly free: Resources;
}

export interface PlacementInput {
  readonly spec: ServiceSpec;
  readonly candidates: readonly Candidate[];
  /** All instances known, of all services. */
  readonly instances: readonly Instance[];
  /** How often this version ended early on a node of late: such a node is taken last. */
  readonly endedOn: (node: string) => number;
  readonly random: () => number;
  /** Who on this node holds a port that this service shares with nobody but its own; undefined: nobody. */
  readonly explainHeldPort: (node: string) => string | undefined;
}

export type Placement =
  | { readonly kind: "placed"; readonly candidate: Candidate; readonly ports: readonly TaskPort[] }
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };

/**
 * A place for one more instance: the filters first, each saying why; then, of the nodes left, the one with the
 * fewest instances of the service, then the fewest of any, then the most memory free, then by name.
 */
export function place(input: PlacementInput): Placement {
  const refusals: Refusal[] = [];
  const fitting: { candidate: Candidate; ports: readonly TaskPort[] }[] = [];
  const instances = input.instances.filter((one) => !isLostSight(one));
  const spread = spreadOf(input, instances);
  for (const candidate of input.candidates) {
    const verdict = examine(input, candidate, spread);
    if (verdict.kind === "refused") refusals.push({ node: candidate.node, ...verdict.why });
    else fitting.push({ candidate, ports: verdict.ports });
  }
  const cost = costs(input, instances);
  const [best] = fitting.sort((a, b) => compare(cost(a.candidate), cost(b.candidate)));
  return best ? { kind: "placed", ...best } : { kind: "refused", refusals };
}

type Spread = Pick<ConstraintContext, "taken" | "known">;

type Verdict =
  | { readonly kind: "fits"; readonly ports: readonly TaskPort[] }
  | { readonly kind: "refused"; readonly why: Pick<Refusal, "rule" | "message"> };

function examine(input: PlacementInput, candidate: Candidate, spread: Spread): Verdict {
  const { spec } = input;
  for (const constraint of spec.constraints) {
    const message = explainConstraint(constraint, { ...candidate, ...spread });
    if (message !== undefined) return { kind: "refused", why: { rule: "constraint", message } };
  }
  const need = { cpus: spec.cpus, memMiB: spec.memMiB, diskMiB: 0, ports: [] };
  const shortage = explainShortage(candidate.free, need);
  if (shortage !== undefined)
    return { kind: "refused", why: { rule: "resources", message: shortage } };
  const held = input.explainHeldPort(candidate.node);
  if (held !== undefined) return { kind: "refused", why: { rule: "port", message: held } };
  const choice = choosePorts(spec, candidate.free.ports, input.random);
  if (choice.kind === "refused")
    return { kind: "refused", why: { rule: "port", message: choice.message } };
  return { kind: "fits", ports: choice.ports };
}

/** Instances of any version count for constraints; those lost from sight do not. */
function spreadOf({ spec, candidates }: PlacementInput, instances: readonly Instance[]): Spread {
  const attributes = new Map(candidates.map((one) => [one.node, one.attributes]));
  const own =
    spec.constraints.length === 0 ? [] : instances.filter((one) => one.service === spec.name);
  return {
    taken: (attribute) =>
      own.map((one) => placedBy(one, attribute) ?? attributes.get(one.node)?.[attribute]),
    known: (attribute) =>
      candidates.flatMap((one) =>
        attribute === "node" ? one.node : (one.attributes[attribute] ?? []),
      ),
  };
}

type Cost = readonly (number | string)[];

function costs(input: PlacementInput, instances: readonly Instance[]): (one: Candidate) => Cost {
  const own = new Map<string, number>();
  const all = new Map<string, number>();
  for (const { node, service } of instances) {
    all.set(node, (all.get(node) ?? 0) + 1);
    if (service === input.spec.name) own.set(node, (own.get(node) ?? 0) + 1);
  }
  return ({ node, free }) => [
    (own.get(node) ?? 0) + input.endedOn(node),
    all.get(node) ?? 0,
    -free.memMiB,
    node,
  ];
}

function compare(a: Cost, b: Cost): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? left;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Offers of one node are one candidate. */
export function candidatesOf(offers: readonly Offer[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { node, attributes, resources } of offers) {
    const before = found.get(node);
    const free = before ? addResources(before.free, resources) : resources;
    found.set(node, { node, attributes, free });
  }
  return [...found.values()];
}
