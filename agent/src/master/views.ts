import type { NodeView, TaskView } from "../contract/index";
import type { Member } from "../model/member";
import { noResources } from "../model/resources";
import { taskLabels } from "../model/task-labels";
import type { Kernel } from "./kernel";
import type { Fitness } from "./successor";

/** Whom the views are made for: the master's name, and who the voters are. */
interface Offices {
  readonly master: string;
  readonly voters: readonly string[];
}

/** Nodes admitted, and members of the mesh that are not (yet): each once, by name. */
export function nodeViews(
  kernel: Kernel,
  members: readonly Member[],
  { master, voters }: Offices,
): NodeView[] {
  const byName = new Map(members.map((member) => [member.record.name, member]));
  const names = new Set([...kernel.nodes().keys(), ...byName.keys()]);
  return [...names].sort().map((name) => ({
    name,
    ...admittedPart(kernel, name, byName.get(name)),
    ...attachedPart(kernel, name),
    voter: voters.includes(name),
    master: name === master,
    status: byName.get(name)?.status ?? "unknown",
    used: kernel.usedOn(name) ?? noResources,
    tasks: kernel.liveTasksOn(name),
  }));
}

/** Of one node, without the cost of a whole view; undefined where there is none of this name. */
export function fitnessOf(
  kernel: Kernel,
  members: readonly Member[],
  name: string,
): Fitness | undefined {
  const member = members.find((one) => one.record.name === name);
  if (!member && !kernel.nodes().has(name)) return undefined;
  const { draining } = admittedPart(kernel, name, member);
  const { attached, unhealthy } = attachedPart(kernel, name);
  return { status: member?.status ?? "unknown", draining, attached, unhealthy };
}

function admittedPart(
  kernel: Kernel,
  name: string,
  member: Member | undefined,
): Pick<NodeView, "address" | "draining"> {
  const admitted = kernel.nodes().get(name)?.admitted;
  if (admitted) {
    const { address, draining } = admitted;
    return { address, draining };
  }
  return { address: member?.record.mesh.address ?? "", draining: false };
}

/** As of the last attach in this term; nothing is known of a node that has not attached. */
function attachedPart(
  kernel: Kernel,
  name: string,
): Pick<NodeView, "attached" | "unhealthy" | "attributes" | "total"> {
  const node = kernel.nodes().get(name);
  const attached = node?.attached ?? false;
  if (!node?.info) return { attached, unhealthy: undefined, attributes: {}, total: noResources };
  const { unhealthy, attributes, resources } = node.info;
  return { attached, unhealthy, attributes, total: resources };
}

export function taskViews(kernel: Kernel): TaskView[] {
  return kernel.tasks().map(({ spec, status, node }) => ({
    id: spec.id,
    framework: spec.framework,
    service: spec.labels[taskLabels.service],
    version: spec.labels[taskLabels.version],
    node,
    address: kernel.nodes().get(node)?.admitted.address ?? "",
    state: status.state,
    healthy: status.healthy,
    message: status.message,
    containerId: status.containerId,
    ports: spec.ports,
    atMs: status.atMs,
  }));
}
