import type { SchedulerCall } from "../../model/scheduler";
import type { TaskSpec } from "../../model/task";
import type { MesosCall, MesosTaskStatus, Operation, TaskInfo } from "./messages";
import type { OfferBook } from "./offer-book";
import { CallRefused, clip, TaskRefused } from "./refusal";
import { refuseMs } from "./filters";
import { toTaskSpec } from "./task-info";

type Accept = NonNullable<MesosCall["accept"]>;

export interface Launches {
  readonly call: SchedulerCall;
  /** Of tasks that the kernel is not asked to launch. */
  readonly turnedDown: readonly MesosTaskStatus[];
}

const noGroups =
  "LAUNCH_GROUP is not there: a task is one container; launch the tasks of the group by LAUNCH";

/** Throws CallRefused for operations other than launches: nothing of the call is done then. */
export function launchesOf(accept: Accept, framework: string, offers: OfferBook): Launches {
  const { operations = [], offer_ids: ids = [], filters } = accept;
  for (const operation of operations) refuseOthers(operation);
  const offerIds = ids.map(({ value }) => value);
  const origin = { framework, ...offers.place(offerIds) };
  const turnedDown = operations
    .flatMap(groupedTasks)
    .map((task) => errorStatus(task, "REASON_TASK_GROUP_INVALID", noGroups));
  const tasks: TaskSpec[] = [];
  for (const task of operations.flatMap(singleTasks)) {
    const made = specOrReason(() => toTaskSpec(task, origin));
    if (typeof made !== "string") tasks.push(made);
    else turnedDown.push(errorStatus(task, "REASON_TASK_INVALID", made));
  }
  const call = { kind: "accept", offerIds, tasks, refuseMs: refuseMs(filters) } as const;
  return { call, turnedDown };
}

function singleTasks({ type, launch }: Operation): readonly TaskInfo[] {
  return type === "LAUNCH" ? (launch?.task_infos ?? []) : [];
}

function groupedTasks({ type, launch_group: group }: Operation): readonly TaskInfo[] {
  return type === "LAUNCH_GROUP" ? (group?.task_group?.tasks ?? []) : [];
}

function refuseOthers({ type = "UNKNOWN" }: Operation): void {
  if (type === "LAUNCH" || type === "LAUNCH_GROUP") return;
  throw new CallRefused(
    400,
    `operation ${clip(type)} is not there: nodes have no reservations, volumes or disks to change; nothing of this ACCEPT was done, its offers are still held`,
  );
}

function specOrReason(make: () => TaskSpec): TaskSpec | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof TaskRefused) return error.message;
    throw error;
  }
}

function errorStatus(
  { task_id, agent_id }: TaskInfo,
  reason: string,
  message: string,
): MesosTaskStatus {
  return { task_id, agent_id, state: "TASK_ERROR", source: "SOURCE_MASTER", reason, message };
}
