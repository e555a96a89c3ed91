import type { ReconciledTask } from "../model/scheduler";
import type { TaskSpec, TaskState } from "../model/task";
import { isTerminal } from "../model/task";
import type { KernelState } from "./state";
import { shownStatus } from "./tasks";

/** Answers what can be known by now; none named: of all its tasks that have not ended. */
export function reconcile(
  state: KernelState,
  framework: string,
  tasks: readonly ReconciledTask[],
): void {
  if (tasks.length > 0) {
    for (const task of tasks) reconcileTask(state, framework, task);
    return;
  }
  for (const taskId of state.frameworks.get(framework)?.tasks ?? []) {
    const task = state.tasks.get(taskId);
    if (task && !isTerminal(task.status.state))
      reconcileTask(state, framework, { taskId, node: undefined });
  }
}

/** Mesos' six cases (src/master/master.cpp, `Master::_reconcileTasks`). */
export function reconcileTask(
  state: KernelState,
  framework: string,
  { taskId, node }: ReconciledTask,
): void {
  const task = state.tasks.get(taskId);
  if (task?.spec.framework === framework) {
    const status = { ...shownStatus(state, task), reason: "reconciliation" as const, uuid: "" };
    state.tellFramework(framework, { kind: "update", status, spec: task.spec });
    return;
  }
  const found = unknownTask(state, taskId, node);
  if (!found) return;
  const id = { id: taskId, node: node ?? "" };
  const status = state.ownStatus(id, found.state, "reconciliation", found.message);
  state.tellFramework(framework, { kind: "update", status, spec: unknownSpec(taskId, framework) });
}

/** undefined: an agent that is still away may have it. */
function unknownTask(
  state: KernelState,
  taskId: string,
  name: string | undefined,
): { readonly state: TaskState; readonly message: string } | undefined {
  if (name === undefined) {
    if (state.recoverUntilMs !== undefined) return undefined;
    return { state: "TASK_UNKNOWN", message: `no task '${taskId}' is known` };
  }
  if (state.forgotten.has(name))
    return { state: "TASK_GONE_BY_OPERATOR", message: `node '${name}' was forgotten` };
  const node = state.nodes.get(name);
  if (!node) {
    if (!state.nodesKnown || state.missing.has(name)) return undefined;
    return { state: "TASK_UNKNOWN", message: `there is no node '${name}'` };
  }
  if (node.attached) return { state: "TASK_GONE", message: `node '${name}' has no such task` };
  return state.isReachable(name)
    ? undefined
    : { state: "TASK_UNREACHABLE", message: `node '${name}' is lost` };
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
