import type { TaskState } from "../model/task";

/** In the order in which a task goes through them. */
export const liveStates = [
  "TASK_STAGING",
  "TASK_STARTING",
  "TASK_RUNNING",
  "TASK_KILLING",
  "TASK_UNREACHABLE",
] as const satisfies readonly TaskState[];

/** Each is the last of a task. */
export const endStates = [
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
  "TASK_UNKNOWN",
] as const satisfies readonly TaskState[];
