import { portion } from "../model/portion";
import type { Resources } from "../model/resources";
import { explainShortage, subtractResources, sumResources } from "../model/resources";
import type { SchedulerCall } from "../model/scheduler";
import type { TaskSpec } from "../model/task";
import { taskResources } from "../model/task";
import { countEnding, putLaunched } from "./holdings";
import { giveBack, heldBy } from "./offers";
import type { HeldOffer, KernelFramework, KernelState } from "./state";

type Accept = Extract<SchedulerCall, { kind: "accept" }>;

/** Tasks on the offers of one node and role; what is left over goes back. */
export function accept(state: KernelState, framework: KernelFramework, call: Accept): void {
  const held = call.offerIds.map((id) => heldBy(state, framework, id));
  const offers = held.filter((offer) => offer !== undefined);
  const [first] = offers;
  const wrong = offersWrong(call, held);
  if (wrong !== undefined || !first) {
    const turned = {
      node: first?.offer.node ?? "",
      state: "TASK_DROPPED",
      reason: "invalid-offer",
    } as const;
    for (const task of call.tasks)
      turnDown(state, framework, task, { ...turned, message: wrong ?? "" });
    for (const one of new Set(offers))
      giveBack(state, [one], { rest: one.offer.portions, refuseMs: undefined });
    return;
  }
  const { node, role } = first.offer;
  let rest = sumResources(offers.map(({ offer }) => offer.resources));
  for (const task of call.tasks) {
    const mistake = taskWrong(state, framework, { task, rest, role });
    if (mistake !== undefined) {
      const turned = { node, state: "TASK_ERROR", reason: "task-invalid" } as const;
      turnDown(state, framework, task, { ...turned, message: mistake });
      continue;
    }
    rest = subtractResources(rest, taskResources(task));
    launch(state, { node, role, spec: task });
  }
  // All of it is unreserved, for nodes are made known so (supply.ts): what is left is one portion.
  giveBack(state, offers, { rest: [portion(rest)], refuseMs: call.refuseMs });
}

function offersWrong(call: Accept, held: readonly (HeldOffer | undefined)[]): string | undefined {
  if (call.offerIds.length === 0) return "accept names no offer";
  if (new Set(call.offerIds).size < call.offerIds.length) return "accept names an offer twice";
  const missing = held.indexOf(undefined);
  if (missing >= 0)
    return `offer '${call.offerIds[missing] ?? ""}' is not held by this framework (any more)`;
  const nodes = [...new Set(held.map((one) => one?.offer.node ?? ""))];
  if (nodes.length > 1) return `offers of several nodes in one accept: ${nodes.join(", ")}`;
  const roles = [...new Set(held.map((one) => one?.offer.role ?? ""))];
  return roles.length > 1
    ? `offers of several roles in one accept: ${roles.join(", ")}`
    : undefined;
}

function taskWrong(
  state: KernelState,
  { id: framework }: KernelFramework,
  {
    task,
    rest,
    role,
  }: { readonly task: TaskSpec; readonly rest: Resources; readonly role: string },
): string | undefined {
  if (task.framework !== framework)
    return `task '${task.id}' names framework '${task.framework}', it is '${framework}'`;
  if (task.role !== undefined && task.role !== role)
    return `task '${task.id}' names role '${task.role}', the offer is for role '${role}'`;
  if (state.tasks.has(task.id)) return `a task '${task.id}' exists already: ids must be unique`;
  const shortage = explainShortage(rest, taskResources(task));
  return shortage === undefined
    ? undefined
    : `the offer does not cover task '${task.id}': ${shortage}`;
}

function launch(
  state: KernelState,
  { node, role, spec }: { readonly node: string; readonly role: string; readonly spec: TaskSpec },
): void {
  const status = state.ownStatus({ id: spec.id, node }, "TASK_STAGING", undefined, "launched");
  putLaunched(state, { spec, node, role, status, unreachable: false, kill: undefined });
  state.tellAgent(node, { kind: "launch", term: state.term, spec });
}

function turnDown(
  state: KernelState,
  { id: framework }: KernelFramework,
  spec: TaskSpec,
  why: {
    readonly node: string;
    readonly state: "TASK_DROPPED" | "TASK_ERROR";
    readonly reason: "invalid-offer" | "task-invalid";
    readonly message: string;
  },
): void {
  const task = { id: spec.id, node: why.node };
  countEnding(state, framework, why.state);
  const status = state.ownStatus(task, why.state, why.reason, why.message);
  state.tellFramework(framework, { kind: "update", status, spec });
}
