import { taskLabels } from "../../model/task-labels";
import type { TaskSpec, TaskState, TaskStatus } from "../../model/task";

/** The attributes of its node that a task was placed by, kept in labels: found again after a change of master. */
export const attributeLabelPrefix = "covey.at.";

/** One task of a service, as this framework knows it. */
export interface Instance {
  readonly taskId: string;
  readonly service: string;
  readonly version: string;
  readonly node: string;
  readonly spec: TaskSpec;
  readonly state: TaskState;
  readonly healthy: boolean | undefined;
  /** Monotonic; when we launched it or first heard of it. */
  readonly knownSinceMs: number;
  /** Since when it has been ready without a break; undefined: it is not. */
  readonly readySinceMs: number | undefined;
  /** When we last asked for its death. */
  readonly killAskedMs: number | undefined;
  /** It was lost and came back, or turned up when nobody missed it: the first to go when there are too many. */
  readonly cameBack: boolean;
}

export function launched(spec: TaskSpec, node: string, nowMs: number): Instance {
  return {
    taskId: spec.id,
    service: spec.labels[taskLabels.service] ?? "",
    version: spec.labels[taskLabels.version] ?? "",
    node,
    spec,
    state: "TASK_STAGING",
    healthy: undefined,
    knownSinceMs: nowMs,
    readySinceMs: undefined,
    killAskedMs: undefined,
    cameBack: false,
  };
}

export function updated(before: Instance, status: TaskStatus, nowMs: number): Instance {
  const { state, healthy, node } = status;
  const { spec } = before;
  return {
    ...before,
    state,
    healthy,
    node,
    readySinceMs: isReady({ state, healthy, spec }) ? (before.readySinceMs ?? nowMs) : undefined,
    cameBack: before.cameBack || (isLostSight(before) && !isLostSight({ state })),
  };
}

/** Serves: runs, and is healthy where somebody looks. */
export function isReady(instance: Pick<Instance, "state" | "healthy" | "spec">): boolean {
  if (instance.state !== "TASK_RUNNING") return false;
  const { health, readiness } = instance.spec;
  return (health === undefined && readiness === undefined) || instance.healthy === true;
}

/** Not counted, and replaced at once. */
export function isLostSight(instance: Pick<Instance, "state">): boolean {
  return instance.state === "TASK_UNREACHABLE";
}

/** On its way out, by our wish or its agent's. */
export function isDying(instance: Pick<Instance, "state" | "killAskedMs">): boolean {
  return instance.killAskedMs !== undefined || instance.state === "TASK_KILLING";
}

/** After its grace and this, a kill that has shown no effect is asked for again. */
const killPatienceMs = 30_000;

/** undefined: nobody asked for its death, or its agent is not there to hear it. */
export function killAgainMs(instance: Instance): number | undefined {
  if (instance.killAskedMs === undefined || isLostSight(instance)) return undefined;
  return instance.killAskedMs + instance.spec.killGraceMs + killPatienceMs;
}

/** What its node had under this attribute when it was placed there. */
export function placedBy(instance: Instance, attribute: string): string | undefined {
  return attribute === "node"
    ? instance.node
    : instance.spec.labels[`${attributeLabelPrefix}${attribute}`];
}
