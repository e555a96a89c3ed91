import type { MemberStatus } from "../model/member";
import type { AdmittedNode, NodeInfo } from "../model/node-info";
import type { TaskRecord } from "../model/task";
import { isTerminal } from "../model/task";
import { removeTask } from "./holdings";
import { rescindOffersOf } from "./offers";
import type { KernelState } from "./state";
import { remember } from "./state";
import { newNode, review, supply } from "./supply";
import { compareListing, endTask, loseSight, regainSight, sendKill } from "./tasks";

/** A drain whose deadline is not known (a new master found the node draining) gets this long. */
const defaultDrainMs = 30_000;

export function admitKnown(state: KernelState, admitted: AdmittedNode): void {
  const known = state.nodes.get(admitted.name);
  if (!known) {
    state.nodes.set(admitted.name, newNode(admitted));
    if (admitted.draining) drain(state, admitted.name, defaultDrainMs);
    return;
  }
  const before = known.admitted.draining;
  known.admitted = { ...known.admitted, draining: admitted.draining };
  if (admitted.draining && !before) drain(state, admitted.name, defaultDrainMs);
  if (!admitted.draining && before) undrain(state, admitted.name);
}

/** The store is the truth about who is admitted; who is attached to us is admitted by that. */
export function reconcileAdmitted(state: KernelState, nodes: readonly AdmittedNode[]): void {
  state.nodesKnown = true;
  const stored = new Map(nodes.map((node) => [node.name, node]));
  for (const node of nodes) admitKnown(state, node);
  for (const [name, node] of state.nodes) {
    const before = stored.get(name);
    if (node.attached && (!before || differs(before, node.admitted)))
      state.emit({ kind: "admit", node: node.admitted });
    else if (!before && !node.attached) forget(state, name);
  }
}

export function attach(state: KernelState, info: NodeInfo, tasks: readonly TaskRecord[]): void {
  const { name, address, voter } = info;
  const known = state.nodes.get(name);
  const admitted = { name, address, voter, draining: known?.admitted.draining ?? false };
  if (!known || differs(known.admitted, admitted)) state.emit({ kind: "admit", node: admitted });
  const node = known ?? newNode(admitted);
  state.nodes.set(name, node);
  node.admitted = admitted;
  node.info = info;
  node.attached = true;
  state.forgotten.delete(name);
  rescindOffersOf(state, name);
  supply(state, info);
  review(state, name);
  state.tellAgent(name, { kind: "attached", term: state.term });
  compareListing(state, name, tasks);
  if (state.isReachable(name)) regainSight(state, name);
}

export function detach(state: KernelState, name: string): void {
  const node = state.nodes.get(name);
  if (!node) return;
  node.attached = false;
  rescindOffersOf(state, name);
  review(state, name);
  if (state.members.get(name) === "dead") bury(state, name);
}

export function changeMember(state: KernelState, name: string, status: MemberStatus): void {
  const before = state.members.get(name);
  state.members.set(name, status);
  review(state, name);
  const node = state.nodes.get(name);
  if (!node || before === status) return;
  if (status === "left") {
    rescindOffersOf(state, name);
    endAllOn(state, name, "TASK_LOST", `node '${name}' has left the cluster`);
    state.emit({ kind: "sweep-catalog", node: name });
    state.tellAllFrameworks({ kind: "failure", node: name });
  } else if (status === "dead") {
    rescindOffersOf(state, name);
    if (!node.attached) bury(state, name);
  } else if (node.attached) regainSight(state, name);
}

/** Both the mesh and its stream say that it is gone. */
function bury(state: KernelState, name: string): void {
  loseSight(state, name);
  state.emit({ kind: "sweep-catalog", node: name });
  state.tellAllFrameworks({ kind: "failure", node: name });
}

export function changeHealth(
  state: KernelState,
  name: string,
  unhealthy: string | undefined,
): void {
  const node = state.nodes.get(name);
  if (!node?.info) return;
  node.info = { ...node.info, unhealthy };
  if (unhealthy !== undefined) rescindOffersOf(state, name);
  review(state, name);
}

export function drain(state: KernelState, name: string, deadlineMs: number): void {
  const node = state.nodes.get(name);
  if (!node) return;
  node.admitted = { ...node.admitted, draining: true };
  node.drainUntilMs = state.at.nowMs + deadlineMs;
  state.draining.add(name);
  review(state, name);
  rescindOffersOf(state, name);
  state.tellAllFrameworks({ kind: "drain", node: name, deadlineMs });
}

export function undrain(state: KernelState, name: string): void {
  const node = state.nodes.get(name);
  if (!node) return;
  node.admitted = { ...node.admitted, draining: false };
  node.drainUntilMs = undefined;
  state.draining.delete(name);
  review(state, name);
  state.tellAllFrameworks({ kind: "drain-cancelled", node: name });
}

export function endDrains(state: KernelState): void {
  for (const name of state.draining) {
    const node = state.nodes.get(name);
    if ((node?.drainUntilMs ?? 0) > state.at.nowMs) continue;
    state.draining.delete(name);
    if (node) node.drainUntilMs = undefined;
    for (const task of state.tasksOn(name)) sendKill(state, task, "node-drained");
  }
}

/** Gone for good. An agent that lives in spite of it attaches anew and is admitted anew. */
export function forget(state: KernelState, name: string): void {
  const node = state.nodes.get(name);
  if (!node) return;
  rescindOffersOf(state, name);
  endAllOn(state, name, "TASK_GONE_BY_OPERATOR", `node '${name}' was forgotten`);
  if (node.admitted.draining) state.tellAllFrameworks({ kind: "drain-cancelled", node: name });
  state.nodes.delete(name);
  state.draining.delete(name);
  remember(state.forgotten, name);
  if (state.allocator.hasNode(name)) state.allocator.removeNode(name);
  review(state, name);
  state.tellAllFrameworks({ kind: "failure", node: name });
  if (node.attached)
    state.emit({ kind: "disconnect", node: name, reason: "the node was forgotten" });
  state.emit({ kind: "sweep-catalog", node: name });
}

function endAllOn(
  state: KernelState,
  name: string,
  how: "TASK_LOST" | "TASK_GONE_BY_OPERATOR",
  message: string,
): void {
  for (const task of state.tasksOn(name))
    if (isTerminal(task.status.state)) removeTask(state, task);
    else endTask(state, task, how, message);
}

function differs(a: AdmittedNode, b: AdmittedNode): boolean {
  return a.address !== b.address || a.voter !== b.voter || a.draining !== b.draining;
}
