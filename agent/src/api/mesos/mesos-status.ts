import type { FrameworkCapability } from "../../model/framework";
import type { SchedulerEvent } from "../../model/scheduler";
import type { TaskReason, TaskState, TaskStatus } from "../../model/task";
import type { MesosTaskStatus } from "./messages";
import { mesosTaskId } from "./task-id";

export interface StatusReader {
  readonly framework: string;
  readonly capabilities: readonly FrameworkCapability[];
  /** undefined: the node is not known any more. */
  readonly addressOf: (node: string) => string | undefined;
}

/** Mesos' names (mesos.proto, TaskStatus.Reason); undefined: Mesos gives none for it. */
export const mesosReasons: Readonly<Record<TaskReason, string | undefined>> = {
  "image-not-found": "REASON_CONTAINER_LAUNCH_FAILED",
  "port-taken": "REASON_CONTAINER_LAUNCH_FAILED",
  "container-create-failed": "REASON_CONTAINER_LAUNCH_FAILED",
  "container-start-failed": "REASON_CONTAINER_LAUNCH_FAILED",
  "container-exited": undefined,
  "container-oom": "REASON_CONTAINER_LIMITATION_MEMORY",
  unhealthy: "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED",
  "docker-unavailable": "REASON_CONTAINER_LAUNCH_FAILED",
  "killed-by-framework": undefined,
  "node-drained": "REASON_AGENT_DRAINING",
  "node-lost": "REASON_AGENT_REMOVED",
  "framework-removed": "REASON_FRAMEWORK_REMOVED",
  "invalid-offer": "REASON_INVALID_OFFERS",
  "task-invalid": "REASON_TASK_INVALID",
  reconciliation: "REASON_RECONCILIATION",
};

const ofPartitions: ReadonlySet<TaskState> = new Set<TaskState>([
  "TASK_DROPPED",
  "TASK_UNREACHABLE",
  "TASK_GONE",
  "TASK_GONE_BY_OPERATOR",
  "TASK_UNKNOWN",
]);

/** One without PARTITION_AWARE knows only TASK_LOST. */
function shownState(state: TaskState, capabilities: readonly FrameworkCapability[]): TaskState {
  const aware = capabilities.includes("PARTITION_AWARE");
  return !aware && ofPartitions.has(state) ? "TASK_LOST" : state;
}

/** undefined: nothing is said of it, for the framework does not know the state. */
export function toMesosStatus(
  { status, spec }: Extract<SchedulerEvent, { kind: "update" }>,
  { capabilities, framework, addressOf }: StatusReader,
): MesosTaskStatus | undefined {
  if (status.state === "TASK_KILLING" && !capabilities.includes("TASK_KILLING_STATE"))
    return undefined;
  const state = shownState(status.state, capabilities);
  const { uuid } = status;
  return {
    task_id: { value: mesosTaskId(framework, status.taskId) },
    state,
    source: uuid === "" ? "SOURCE_MASTER" : "SOURCE_AGENT",
    agent_id: { value: status.node },
    timestamp: status.atMs / 1000,
    ...saidOf(status),
    ...containerOf(
      status.containerId,
      spec.network === "host" ? addressOf(status.node) : undefined,
    ),
    ...labelsOf(spec.labels),
    ...(state === "TASK_UNREACHABLE"
      ? { unreachable_time: { nanoseconds: status.atMs * 1e6 } }
      : {}),
  };
}

type Optional = Partial<MesosTaskStatus>;

function saidOf(status: TaskStatus): Optional {
  const { healthy, message, uuid } = status;
  const reason = reasonOf(status);
  return {
    ...(message === "" ? {} : { message }),
    ...(reason === undefined ? {} : { reason }),
    ...(uuid === "" ? {} : { uuid: Buffer.from(uuid, "hex").toString("base64") }),
    ...(healthy === undefined ? {} : { healthy }),
  };
}

function labelsOf(own: Readonly<Record<string, string>>): Optional {
  const labels = Object.entries(own).map(([key, value]) => ({ key, value }));
  return labels.length === 0 ? {} : { labels: { labels } };
}

function reasonOf({ state, reason }: TaskStatus): string | undefined {
  if (reason === "node-lost" && state === "TASK_GONE_BY_OPERATOR")
    return "REASON_AGENT_REMOVED_BY_OPERATOR";
  return reason === undefined ? undefined : mesosReasons[reason];
}

/** Of a container on the node's own network its address is the node's; of others only their ports lead to them. */
function containerOf(id: string | undefined, address: string | undefined): Optional {
  if (id === undefined) return {};
  const ip_addresses = address === undefined ? [] : [{ ip_address: address }];
  return {
    container_status: {
      container_id: { value: id },
      ...(address === undefined ? {} : { network_infos: [{ ip_addresses }] }),
    },
  };
}
