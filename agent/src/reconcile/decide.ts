/**
 * Decide, then do: what a worker must do next for a task, from what is wanted and what is found. Knows no
 * engine, no clock and no framework.
 *
 * INVARIANTS
 * - The container is the durable record of its task: one that is found is wanted until a kill arrives.
 * - A container is created at most once per task id, and started only out of `created`: never twice.
 * - A container that ended stays until its terminal status is acknowledged, so that the status outlives the agent.
 */
import { isTerminal } from "../model/task";
import type { TaskSpec, TaskState } from "../model/task";
import { outcomeOf } from "./outcome";
import type { ContainerView } from "./outcome";
import type { Step, TaskReport } from "./step";

/** What the worker knows of a task beside its container. */
export interface TaskAim {
  readonly spec: TaskSpec;
  /** undefined: it shall run; else it shall end, and this is to be reported of it. */
  readonly ending: TaskReport | undefined;
  readonly imageReady: boolean;
  /** Its container has been there: it is not created again. */
  readonly seen: boolean;
  /** The start was asked for and its outcome is not known: it is not asked for again. */
  readonly startUnknown: boolean;
  /** What was last reported. */
  readonly reported: TaskState;
  /** The framework has acknowledged the terminal report. */
  readonly acknowledged: boolean;
}

/** The next step for a task, undefined where there is nothing to do. After a step the world is looked at again. */
export function decideTask(aim: TaskAim, container: ContainerView | undefined): Step | undefined {
  if (isTerminal(aim.reported)) return afterEnd(aim, container);
  if (aim.ending) return towardsEnd(aim, aim.ending, container);
  return towardsRunning(aim, container);
}

/** Which of the containers found belong to no known task; `gone` are tasks that ended here and are forgotten. */
export function decideStrays<C extends { readonly spec: TaskSpec }>(
  known: { has(taskId: string): boolean },
  gone: { has(taskId: string): boolean },
  found: readonly C[],
): { readonly adopt: C[]; readonly discard: C[] } {
  const strays = found.filter((container) => !known.has(container.spec.id));
  return {
    adopt: strays.filter((container) => !gone.has(container.spec.id)),
    discard: strays.filter((container) => gone.has(container.spec.id)),
  };
}

function towardsRunning(aim: TaskAim, container: ContainerView | undefined): Step | undefined {
  const taskId = aim.spec.id;
  if (!container) {
    if (aim.seen) return { name: "report", taskId, report: vanished };
    return aim.imageReady
      ? { name: "create", taskId, spec: aim.spec }
      : { name: "ensure-image", taskId, image: aim.spec.image };
  }
  if (container.state === "running")
    return aim.reported === "TASK_RUNNING"
      ? undefined
      : { name: "report", taskId, report: running };
  if (container.state === "created" && container.error === "")
    return aim.startUnknown
      ? { name: "report", taskId, report: startLost }
      : { name: "start", taskId, containerId: container.id };
  return { name: "report", taskId, report: outcomeOf(aim.spec, container) };
}

function towardsEnd(
  aim: TaskAim,
  ending: TaskReport,
  container: ContainerView | undefined,
): Step | undefined {
  const taskId = aim.spec.id;
  if (container?.state !== "running")
    return {
      name: "report",
      taskId,
      report: { ...ending, exitCode: container?.exitCode ?? ending.exitCode },
    };
  if (aim.reported !== "TASK_KILLING")
    return {
      name: "report",
      taskId,
      report: { ...ending, state: "TASK_KILLING", exitCode: undefined },
    };
  return stop(aim, container);
}

function afterEnd(aim: TaskAim, container: ContainerView | undefined): Step | undefined {
  const taskId = aim.spec.id;
  if (container?.state === "running") return stop(aim, container);
  if (!aim.acknowledged) return undefined;
  return container
    ? { name: "remove", taskId, containerId: container.id }
    : { name: "forget", taskId };
}

function stop(aim: TaskAim, container: ContainerView): Step {
  return {
    name: "stop",
    taskId: aim.spec.id,
    containerId: container.id,
    graceMs: aim.spec.killGraceMs,
  };
}

const running: TaskReport = {
  state: "TASK_RUNNING",
  reason: undefined,
  message: "running",
  exitCode: undefined,
};

const vanished: TaskReport = {
  state: "TASK_FAILED",
  reason: "container-exited",
  message: "its container was removed by someone else than Covey",
  exitCode: undefined,
};

const startLost: TaskReport = {
  state: "TASK_FAILED",
  reason: "container-start-failed",
  message: "Docker went away while the container was to be started, and has not started it",
  exitCode: undefined,
};
