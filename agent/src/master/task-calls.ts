import type { SchedulerCall } from "../model/scheduler";
import { isTerminal } from "../model/task";
import { removeTask } from "./holdings";
import { reconcileTask } from "./reconciliation";
import type { KernelState } from "./state";
import { sendKill } from "./tasks";

/** Of a task that is not known its framework hears what can be said (src/master/master.cpp, `Master::kill`). */
export function killTask(
  state: KernelState,
  framework: string,
  { taskId, reason, node }: Extract<SchedulerCall, { kind: "kill" }>,
): void {
  const task = state.tasks.get(taskId);
  if (task?.spec.framework !== framework) reconcileTask(state, framework, { taskId, node });
  else if (node !== undefined && node !== task.node) {
    const message = `framework '${framework}' kills task '${taskId}' on node '${node}', it is on '${task.node}': ignored`;
    state.emit({ kind: "note", message });
  } else sendKill(state, task, reason);
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
  if (isTerminal(task.status.state) && task.status.uuid === uuid) removeTask(state, task);
}
