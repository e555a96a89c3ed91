import type { TaskReason, TaskSpec, TaskState } from "../model/task";

/** What a status says of a task beside who it is. */
export interface TaskReport {
  readonly state: TaskState;
  readonly reason: TaskReason | undefined;
  readonly message: string;
  readonly exitCode: number | undefined;
}

/**
 * The one table of what a worker can do to a task, step name to arguments. The union of steps and the
 * executors' type derive from it, so a step without an executor does not compile.
 */
interface StepArguments {
  /** Makes sure the image is on this machine. */
  "ensure-image": { readonly image: string };
  create: { readonly spec: TaskSpec };
  start: { readonly containerId: string };
  /** Out of the catalog, TERM, and KILL after `graceMs`. */
  stop: { readonly containerId: string; readonly graceMs: number };
  remove: { readonly containerId: string };
  /** Says so to the framework. */
  report: { readonly report: TaskReport };
  /** Nothing of it is left here and the framework knows. */
  forget: object;
}

export type StepName = keyof StepArguments;

export type StepOf<Name extends StepName> = {
  [N in Name]: { readonly name: N; readonly taskId: string } & StepArguments[N];
}[Name];

export type Step = StepOf<StepName>;
