import type { Portion } from "../model/portion";
import { portion } from "../model/portion";
import type { Resources } from "../model/resources";
import { sumResources } from "../model/resources";
import type { TaskSpec, TaskState } from "../model/task";
import { isTerminal, taskResources } from "../model/task";
import { frameworkOf, inRole } from "./registry";
import type { KernelFramework, KernelNode, KernelState, KernelTask } from "./state";

type Found = Omit<KernelTask, "role">;

/** Whatever the kernel learns of a task it writes down here, so that the allocator's books are right. */
export function putTask(state: KernelState, found: Found): void {
  const before = state.tasks.get(found.spec.id);
  const task = { ...found, role: before?.role ?? roleOf(state, found.spec) };
  const held = before !== undefined && isHeld(before);
  if (isHeld(task) && !held) take(state, task);
  if (held && !isHeld(task)) giveBack(state, before);
  record(state, task, before);
  // One not known before may have ended, and been counted, long ago: agents say it until it is acknowledged.
  if (held && !isHeld(task)) countEnding(state, task.spec.framework, task.status.state);
}

/** Launched on an offer: what it holds its framework has already. */
export function putLaunched(state: KernelState, task: KernelTask): void {
  record(state, task, undefined);
}

export function removeTask(state: KernelState, task: KernelTask): void {
  const { id, framework } = task.spec;
  if (!state.tasks.delete(id)) return;
  state.ended.delete(id);
  if (isHeld(task)) giveBack(state, task);
  state.frameworks.get(framework)?.tasks.delete(id);
  const node = state.nodes.get(task.node);
  if (!node) return;
  node.tasks.delete(id);
  node.used = undefined;
}

/** Once a task. */
export function countEnding(state: KernelState, framework: string, how: TaskState): void {
  state.endings.add(how);
  state.frameworks.get(framework)?.endings.add(how);
}

/** Once its last task has ended, nothing is left of a framework that was removed. */
export function dropIfDone(state: KernelState, { id, tasks }: KernelFramework): void {
  if (!state.removed.has(id)) return;
  const left = [...tasks].flatMap((taskId) => state.tasks.get(taskId) ?? []);
  if (left.some(isHeld)) return;
  for (const task of left) removeTask(state, task);
  state.frameworks.delete(id);
  state.allocator.removeFramework(id);
}

export function countHeld({ tasks }: KernelNode): number {
  let count = 0;
  for (const task of tasks.values()) if (isHeld(task)) count++;
  return count;
}

export function usedOn(node: KernelNode): Resources {
  if (!node.used) {
    const held = [...node.tasks.values()].filter(isHeld);
    node.used = sumResources(held.map(({ spec }) => taskResources(spec)));
  }
  return node.used;
}

function portionOf(spec: TaskSpec): Portion {
  return portion(taskResources(spec));
}

function roleOf(state: KernelState, spec: TaskSpec): string {
  return spec.role ?? state.frameworks.get(spec.framework)?.roles[0] ?? "*";
}

function record(state: KernelState, task: KernelTask, before: KernelTask | undefined): void {
  const { id, framework } = task.spec;
  state.tasks.set(id, task);
  if (!before) frameworkOf(state, framework, task.role).tasks.add(id);
  const node = state.nodes.get(task.node);
  if (!node) return;
  node.tasks.set(id, task);
  if (!before || isHeld(before) !== isHeld(task)) node.used = undefined;
}

function take(state: KernelState, { spec, node, role }: KernelTask): void {
  if (!state.allocator.hasNode(node)) return;
  const holder = { framework: spec.framework, role, node };
  inRole(state, holder, () => state.allocator.hold(holder, [portionOf(spec)]));
}

function giveBack(state: KernelState, { spec, node, role }: KernelTask): void {
  state.allocator.giveBack({ framework: spec.framework, role, node }, [portionOf(spec)]);
}

function isHeld(task: KernelTask): boolean {
  return !isTerminal(task.status.state);
}
