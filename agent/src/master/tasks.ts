import type { TaskRecord, TaskStatus } from "../model/task";
import { isTerminal } from "../model/task";
import { countEnding, dropIfDone, putTask, removeTask } from "./holdings";
import type { KernelState, KernelTask } from "./state";

/** Ended tasks whose framework has not acknowledged their end; beyond this the oldest are dropped. */
const endedLimit = 1000;

/** An agent said something about one of its tasks, whether we knew the task or not. */
export function takeReport(state: KernelState, node: string, report: TaskRecord): void {
  const { spec, status } = report;
  const known = state.tasks.get(spec.id);
  if (known && known.node !== node) {
    const message = `node '${node}' reported task '${spec.id}', which runs on '${known.node}': ignored`;
    state.emit({ kind: "note", message });
    return;
  }
  if (known && isTerminal(known.status.state) && !isTerminal(status.state)) return;
  const ended = isTerminal(status.state);
  const unreachable = !ended && !state.isReachable(node);
  putTask(state, { spec, node, status, unreachable, kill: known?.kill });
  if (state.removed.has(spec.framework)) {
    endOrphan(state, spec.id);
    return;
  }
  if (unreachable) return;
  state.tellFramework(spec.framework, { kind: "update", status, spec });
  if (ended) boundEnded(state, spec.id);
}

/** Its framework was removed: nobody else asks for its end, or acknowledges it. */
function endOrphan(state: KernelState, id: string): void {
  const task = state.tasks.get(id);
  if (!task) return;
  if (!isTerminal(task.status.state)) {
    if (task.kill === undefined) sendKill(state, task, "framework-removed");
    return;
  }
  const { uuid, taskId } = task.status;
  if (uuid !== "")
    state.tellAgent(task.node, { kind: "acknowledge", term: state.term, taskId, uuid });
  removeTask(state, task);
  const framework = state.frameworks.get(task.spec.framework);
  if (framework) dropIfDone(state, framework);
}

/**
 * The agent's listing when it attaches is complete: a task of ours that is not in it does not exist (a launch
 * that never arrived, a container lost with the disk). Kills asked for in its absence are said again.
 */
export function compareListing(
  state: KernelState,
  node: string,
  listing: readonly TaskRecord[],
): void {
  const listed = new Set(listing.map((record) => record.spec.id));
  for (const task of state.tasksOn(node)) {
    if (listed.has(task.spec.id)) continue;
    if (isTerminal(task.status.state)) removeTask(state, task);
    else endTask(state, task, "TASK_LOST", `node '${node}' came back without it`);
  }
  for (const record of listing) {
    const asked = state.tasks.get(record.spec.id)?.kill;
    takeReport(state, node, record);
    const task = state.tasks.get(record.spec.id);
    if (task && asked !== undefined && task.node === node) sendKill(state, task, asked);
  }
}

export function loseSight(state: KernelState, node: string): void {
  for (const task of state.tasksOn(node)) {
    if (isTerminal(task.status.state) || task.unreachable) continue;
    putTask(state, { ...task, unreachable: true });
    state.tellFramework(task.spec.framework, {
      kind: "update",
      status: shownStatus(state, { ...task, unreachable: true }),
      spec: task.spec,
    });
  }
}

export function regainSight(state: KernelState, node: string): void {
  for (const task of state.tasksOn(node)) {
    if (!task.unreachable) continue;
    putTask(state, { ...task, unreachable: false });
    const { spec, status } = task;
    state.tellFramework(spec.framework, { kind: "update", status, spec });
  }
}

/** As frameworks and people see it. */
export function shownStatus(state: KernelState, task: KernelTask): TaskStatus {
  if (!task.unreachable) return task.status;
  const { spec, node } = task;
  const message = `node '${node}' is lost; the task may run on there`;
  return state.ownStatus({ id: spec.id, node }, "TASK_UNREACHABLE", "node-lost", message);
}

/** The end of a task by our own knowledge: no agent will report it. */
export function endTask(
  state: KernelState,
  task: KernelTask,
  how: "TASK_LOST" | "TASK_GONE_BY_OPERATOR",
  message: string,
): void {
  const { spec, node } = task;
  removeTask(state, task);
  countEnding(state, spec.framework, how);
  const status = state.ownStatus({ id: spec.id, node }, how, "node-lost", message);
  state.tellFramework(spec.framework, { kind: "update", status, spec });
  const framework = state.frameworks.get(spec.framework);
  if (framework) dropIfDone(state, framework);
}

export function sendKill(state: KernelState, task: KernelTask, reason: string): void {
  if (isTerminal(task.status.state)) return;
  putTask(state, { ...task, kill: reason });
  state.tellAgent(task.node, { kind: "kill", term: state.term, taskId: task.spec.id, reason });
}

function boundEnded(state: KernelState, id: string): void {
  const task = state.tasks.get(id);
  if (task?.status.uuid === "") {
    removeTask(state, task);
    return;
  }
  state.ended.add(id);
  for (const oldest of state.ended) {
    if (state.ended.size <= endedLimit) return;
    const forgotten = state.tasks.get(oldest);
    state.ended.delete(oldest);
    if (forgotten) removeTask(state, forgotten);
  }
}
