import type { TaskRecord, TaskSpec, TaskStatus } from "../model/task";
import { isTerminal } from "../model/task";
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
  state.putTask({ spec, node, status, unreachable, kill: known?.kill });
  if (unreachable) return;
  state.tellFramework(spec.framework, { kind: "update", status, spec });
  if (ended) boundEnded(state);
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
    if (isTerminal(task.status.state)) state.removeTask(task);
    else endTask(state, task, "TASK_LOST", `node '${node}' came back without it`);
  }
  for (const record of listing) {
    takeReport(state, node, record);
    const task = state.tasks.get(record.spec.id);
    if (task?.kill !== undefined && task.node === node) sendKill(state, task, task.kill);
  }
}

export function loseSight(state: KernelState, node: string): void {
  for (const task of state.tasksOn(node)) {
    if (isTerminal(task.status.state) || task.unreachable) continue;
    state.putTask({ ...task, unreachable: true });
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
    state.putTask({ ...task, unreachable: false });
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
  how: "TASK_LOST" | "TASK_GONE",
  message: string,
): void {
  const { spec, node } = task;
  state.removeTask(task);
  const status = state.ownStatus({ id: spec.id, node }, how, "node-lost", message);
  state.tellFramework(spec.framework, { kind: "update", status, spec });
}

export function killTask(
  state: KernelState,
  framework: string,
  taskId: string,
  reason: string,
): void {
  const task = state.tasks.get(taskId);
  if (task?.spec.framework !== framework) {
    const message = `no task '${taskId}' of framework '${framework}' is known`;
    const status = state.ownStatus({ id: taskId, node: "" }, "TASK_LOST", undefined, message);
    const spec = unknownSpec(taskId, framework);
    state.tellFramework(framework, { kind: "update", status, spec });
    return;
  }
  sendKill(state, task, reason);
}

export function sendKill(state: KernelState, task: KernelTask, reason: string): void {
  if (isTerminal(task.status.state)) return;
  state.putTask({ ...task, kill: reason });
  state.tellAgent(task.node, { kind: "kill", term: state.term, taskId: task.spec.id, reason });
}

export function acknowledge(
  state: KernelState,
  framework: string,
  taskId: string,
  uuid: string,
): void {
  const task = state.tasks.get(taskId);
  if (task?.spec.framework !== framework) return;
  state.tellAgent(task.node, { kind: "acknowledge", term: state.term, taskId, uuid });
  if (isTerminal(task.status.state) && task.status.uuid === uuid) state.removeTask(task);
}

function boundEnded(state: KernelState): void {
  const ended = [...state.tasks.values()].filter((task) => isTerminal(task.status.state));
  for (const task of ended) if (task.status.uuid === "") state.removeTask(task);
  for (const task of ended.slice(0, Math.max(0, ended.length - endedLimit))) state.removeTask(task);
}

/** An update needs a spec; of a task nobody knows only the names can be said. */
function unknownSpec(id: string, framework: string): TaskSpec {
  return {
    id,
    framework,
    image: "",
    command: undefined,
    env: {},
    labels: {},
    cpus: 0,
    memMiB: 0,
    ports: [],
    network: "bridge",
    health: undefined,
    killGraceMs: 0,
    catalogName: undefined,
  };
}
