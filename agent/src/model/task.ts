import type { ContainerOptions } from "./container";
import type { HealthCheck } from "./health";
import type { Provision } from "./provision";
import type { Resources } from "./resources";
import { normalisePorts, singlePort } from "./resources";

/** Mesos' names and meaning (include/mesos/v1/mesos.proto, TaskState). */
export type TaskState =
  | "TASK_STAGING"
  | "TASK_STARTING"
  | "TASK_RUNNING"
  | "TASK_KILLING"
  | "TASK_FINISHED"
  | "TASK_FAILED"
  | "TASK_KILLED"
  | "TASK_ERROR"
  | "TASK_LOST"
  | "TASK_DROPPED"
  | "TASK_UNREACHABLE"
  | "TASK_GONE"
  | "TASK_GONE_BY_OPERATOR"
  | "TASK_UNKNOWN";

/** Why a task is in its state, for programs; `message` says it for people. */
export type TaskReason =
  | "image-not-found"
  | "port-taken"
  | "container-create-failed"
  | "container-start-failed"
  | "container-exited"
  | "container-oom"
  | "unhealthy"
  | "docker-unavailable"
  | "killed-by-framework"
  | "node-drained"
  | "node-lost"
  | "framework-removed"
  | "invalid-offer"
  | "task-invalid"
  | "reconciliation";

export interface TaskPort {
  readonly name: string;
  /** The port the process listens on; with host networking equal to `hostPort`. */
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: "tcp" | "udp";
}

/** One container, as a framework launches it. Everything the worker needs is in here. */
export interface TaskSpec {
  readonly id: string;
  /** The framework that launched it: `services`, ... */
  readonly framework: string;
  /** In whose share it counts; undefined: in the only role of the framework. */
  readonly role?: string | undefined;
  readonly image: string;
  readonly command: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** The framework's own; come back in every status, so that it can find its tasks again. */
  readonly labels: Readonly<Record<string, string>>;
  readonly cpus: number;
  readonly memMiB: number;
  /** Undefined: none. */
  readonly diskMiB?: number | undefined;
  readonly ports: readonly TaskPort[];
  readonly network: "bridge" | "host";
  readonly health: HealthCheck | undefined;
  /** While it fails nobody is sent there, but nothing is killed for it; `maxFailures` means nothing. */
  readonly readiness?: HealthCheck | undefined;
  readonly killGraceMs: number;
  /** undefined: the defaults. */
  readonly container?: ContainerOptions | undefined;
  /** undefined: nothing beyond its image, pulled where it is missing; also of every task that has its container already. */
  readonly provision?: Provision | undefined;
  /** Under which name the catalog shows it; undefined: not at all. */
  readonly catalogName: string | undefined;
}

export interface TaskStatus {
  readonly taskId: string;
  readonly state: TaskState;
  readonly reason: TaskReason | undefined;
  readonly message: string;
  /** All its checks, readiness too. undefined: it has none, or they have not been asked yet. */
  readonly healthy: boolean | undefined;
  readonly node: string;
  readonly containerId: string | undefined;
  readonly exitCode: number | undefined;
  /** Wall clock. */
  readonly atMs: number;
  /** Resent until a framework acknowledges it; '' where no acknowledgement is due. */
  readonly uuid: string;
}

/** A task as an agent reports it when it attaches, and as the master knows it. */
export interface TaskRecord {
  readonly spec: TaskSpec;
  readonly status: TaskStatus;
}

const terminalStates: ReadonlySet<TaskState> = new Set<TaskState>([
  "TASK_FINISHED",
  "TASK_FAILED",
  "TASK_KILLED",
  "TASK_ERROR",
  "TASK_LOST",
  "TASK_DROPPED",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
  "TASK_UNKNOWN",
]);

/** UNREACHABLE is not terminal: the task may run on, and come back with its node. */
export function isTerminal(state: TaskState): boolean {
  return terminalStates.has(state);
}

/** What a task holds of its node from its launch until it has ended. */
export function taskResources(spec: TaskSpec): Resources {
  return {
    cpus: spec.cpus,
    memMiB: spec.memMiB,
    diskMiB: spec.diskMiB ?? 0,
    ports: normalisePorts(spec.ports.map((port) => singlePort(port.hostPort))),
  };
}
