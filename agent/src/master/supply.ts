import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
import { portion } from "../model/portion";
import type { Refusal } from "../model/scheduler";
import type { KernelNode, KernelState } from "./state";

/** A node in the kernel and in the allocator are two: the latter knows only those that have attached in this term. */
export function newNode(admitted: AdmittedNode): KernelNode {
  return {
    admitted,
    info: undefined,
    attached: false,
    drainUntilMs: undefined,
    used: undefined,
    tasks: new Map(),
    offers: new Map(),
  };
}

/** What it offers as of this attach; whoever had declined some of it is asked again. */
export function supply(state: KernelState, info: NodeInfo): void {
  const { name, address, attributes, resources } = info;
  const terms = {
    hostname: address,
    attributes,
    domain: undefined,
    resources: [portion(resources)],
  };
  if (state.allocator.hasNode(name)) state.allocator.updateNode(name, terms);
  else state.allocator.addNode(name, terms);
}

/** To be called whenever something has changed that `unfit` looks at. */
export function review(state: KernelState, name: string): void {
  const node = state.nodes.get(name);
  const away = isUp(state.members.get(name)) && !node?.attached;
  if (away) state.missing.add(name);
  else state.missing.delete(name);
  if (!node || !state.allocator.hasNode(name)) return;
  const why = unfit(state, name, node);
  if (why) state.allocator.deactivateNode(name, why);
  else state.allocator.reactivateNode(name);
}

/** Why the whole node is out of the question; undefined: it is fit. */
export function unfit(
  state: KernelState,
  name: string,
  node: KernelNode,
): Pick<Refusal, "rule" | "message"> | undefined {
  const status = state.members.get(name);
  if (status === "dead")
    return { rule: "unreachable", message: "the mesh has lost it: it is dead or cut off" };
  if (status === "left") return { rule: "left", message: "it has left the cluster" };
  if (!node.attached)
    return {
      rule: "detached",
      message: `its agent is not connected to the master (the mesh sees it ${status ?? "not at all"})`,
    };
  if (node.admitted.draining) return { rule: "draining", message: "it is being drained" };
  const unhealthy = node.info?.unhealthy;
  return unhealthy === undefined ? undefined : { rule: "unhealthy", message: unhealthy };
}

/** `suspect` is up: until the mesh has decided, its agent may well come back. */
function isUp(status: MemberStatus | undefined): boolean {
  return status === "alive" || status === "suspect";
}
