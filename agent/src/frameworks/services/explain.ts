import type { ServicePhase, ServiceView, WhyView } from "../../contract/index";
import { shownProvision } from "../../model/provision";
import type { Refusal } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import { isReady } from "./instance";
import type { Failure, ServiceState } from "./service-state";
import { isWhole } from "./service-state";
import type { Tally } from "./tally";

export interface ViewInput {
  readonly service: ServiceState;
  readonly tally: Tally;
  /** The kernel's reasons, node by node. */
  readonly refusals: readonly Refusal[];
  /** After a change of master: what is known of instances is incomplete. */
  readonly recovering: boolean;
}

export function viewService(input: ViewInput): ServiceView {
  const { service, tally } = input;
  const phase = phaseOf(input);
  const instances = [...tally.instances.values()];
  const ready = instances.filter(isReady);
  return {
    spec: { ...service.spec, provision: shownProvision(service.spec.provision) },
    version: service.version,
    phase,
    problem: problemOf(input, phase),
    running: instances.filter((one) => one.state === "TASK_RUNNING").length,
    healthy: ready.length,
    updated: ready.filter((one) => one.version === service.version).length,
    failures: service.ended,
  };
}

export function explainService(input: ViewInput): WhyView {
  const { service } = input;
  const view = viewService(input);
  return {
    service: service.spec.name,
    wanted: service.spec.instances,
    healthy: view.healthy,
    summary: summaryOf(input, view),
    refusals: service.unplaced && !input.recovering ? mergeRefusals(service, input.refusals) : [],
    failures: service.failures.map(({ taskId, node, message, atMs }) => ({
      taskId,
      node,
      message,
      atMs,
    })),
  };
}

function phaseOf(input: ViewInput): ServicePhase {
  const { service, tally, recovering } = input;
  if (recovering) return "deploying";
  const struggles = service.backoff.rounds >= 2;
  if (isWhole(service, tally) && !struggles) return "running";
  if (struggles) return "failing";
  return service.unplaced ? "unplaceable" : "deploying";
}

function problemOf(input: ViewInput, phase: ServicePhase): string | undefined {
  const { service } = input;
  const last = service.failures.find((failure) => failure.version === service.version);
  if (phase === "failing") return failingSentence(service, last);
  if (phase === "unplaceable")
    return unplaceableSentence(service.spec, mergeRefusals(service, input.refusals));
  return undefined;
}

function failingSentence(service: ServiceState, last: Failure | undefined): string {
  const { name, image } = service.spec;
  if (last?.reason === "image-not-found")
    return (
      `image '${image}' does not exist on the node and could not be pulled (${last.node}): ` +
      `correct 'image' of service '${name}', or bring it to the nodes; the engine said: ${last.message}`
    );
  const what = last
    ? `${last.message} (task ${last.taskId} on ${last.node})`
    : "the cause is not known";
  return `instances of '${name}' end again and again, ${service.ended} so far; the last: ${what}; see its log, then change the service`;
}

/** More nodes than this are counted, not listed. */
const nodesListed = 8;

/** Why none of these nodes takes an instance, and the way out. */
export function unplaceableSentence(spec: ServiceSpec, refusals: readonly Refusal[]): string {
  if (refusals.length === 0)
    return `no node is there to take an instance of '${spec.name}': add a node, or wait for one to come back`;
  const [what, wayOut] = lacking(spec, refusals);
  const list = refusals.slice(0, nodesListed).map(({ node, message }) => `${node}: ${message}`);
  const more = refusals.length - list.length;
  if (more > 0) list.push(`and ${more} nodes more`);
  return `${what}: ${list.join("; ")}. ${wayOut}`;
}

function lacking(spec: ServiceSpec, refusals: readonly Refusal[]): [string, string] {
  const all = (test: (refusal: Refusal) => boolean) => refusals.every(test);
  const add = `or add a node that has it`;
  if (all(({ message }) => message.startsWith(`needs ${spec.memMiB} MiB of memory`)))
    return [`no node has ${spec.memMiB} MiB of memory for one instance`, `Lower 'memMiB', ${add}`];
  if (all(({ message }) => message.startsWith(`needs ${spec.cpus} cpus`)))
    return [`no node has ${spec.cpus} cpus for one instance`, `Lower 'cpus', ${add}`];
  if (all(({ rule }) => rule === "resources"))
    return [
      `no node has ${spec.cpus} cpus and ${spec.memMiB} MiB of memory for one instance`,
      `Lower 'cpus' or 'memMiB', ${add}`,
    ];
  if (all(({ rule }) => rule === "port"))
    return [
      `no node has the ports of '${spec.name}' free for one instance`,
      spec.sharedPorts === undefined
        ? "Leave 'hostPort' out, choose another, or widen the nodes' port ranges"
        : "Choose other 'sharedPorts', or add a node where they are free",
    ];
  if (all(({ rule }) => rule === "constraint"))
    return [
      `the constraints of '${spec.name}' leave no node for one instance`,
      "Loosen 'constraints', lower 'instances', or add a node that meets them",
    ];
  return [`no node takes an instance of '${spec.name}'`, "Free or add a node, or ask for less"];
}

/** Where the kernel only says that we declined a node, our own reason for declining it is the answer. */
const hollowRules: ReadonlySet<string> = new Set(["declined", "suppressed", "offered"]);

function mergeRefusals(service: ServiceState, refusals: readonly Refusal[]): Refusal[] {
  return refusals.map((refusal) =>
    hollowRules.has(refusal.rule) ? (service.refusals.get(refusal.node) ?? refusal) : refusal,
  );
}

function summaryOf(input: ViewInput, view: ServiceView): string {
  const { service, recovering } = input;
  const wanted = service.spec.instances;
  if (recovering)
    return "the master has just changed and agents are still coming back: what runs is not yet known";
  if (view.phase === "running")
    return wanted === 0 ? "no instances are wanted" : `all ${wanted} instances run and are healthy`;
  const counted = `${view.updated} of ${wanted} instances are ready`;
  if (view.problem !== undefined) return `${counted}: ${view.problem}`;
  const old = view.healthy - view.updated;
  return old > 0
    ? `${counted}, ${old} of an older version still serve`
    : `${counted}, the others are starting`;
}
