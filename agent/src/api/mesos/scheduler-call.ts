import type { SchedulerCall } from "../../model/scheduler";
import { refuseMs } from "./filters";
import type { MesosCall, Value } from "./messages";
import { TaskRefused } from "./refusal";
import { kernelTaskId } from "./task-id";

/**
 * What the kernel is told of a call that is neither ACCEPT nor about the framework itself; undefined: nothing, because what
 * the call is about is not there (executors, inverse offers, operations) or nobody heeds it in Mesos either (REQUEST).
 */
export function toSchedulerCall(call: MesosCall, framework: string): SchedulerCall | undefined {
  switch (call.type) {
    case "DECLINE":
      return call.decline && decline(call.decline);
    case "REVIVE":
      return { kind: "revive", roles: rolesOf(call.revive) };
    case "SUPPRESS":
      return { kind: "suppress", roles: rolesOf(call.suppress) };
    case "KILL":
      return call.kill && kill(call.kill, framework);
    case "ACKNOWLEDGE":
      return call.acknowledge && acknowledge(call.acknowledge, framework);
    case "RECONCILE":
      return call.reconcile && reconcile(call.reconcile.tasks ?? [], framework);
    default:
      return undefined;
  }
}

function decline({
  offer_ids: ids = [],
  filters,
}: NonNullable<MesosCall["decline"]>): SchedulerCall {
  return {
    kind: "decline",
    offerIds: ids.map(({ value }) => value),
    refuseMs: refuseMs(filters),
  };
}

/** None named: all of its roles. */
function rolesOf(part: { readonly roles?: readonly string[] } | undefined): string[] | undefined {
  const roles = part?.roles ?? [];
  return roles.length === 0 ? undefined : [...roles];
}

function kill(
  { task_id: task, agent_id: agent }: NonNullable<MesosCall["kill"]>,
  framework: string,
): SchedulerCall | undefined {
  const taskId = idOrNone(framework, task);
  if (taskId === undefined) return undefined;
  return { kind: "kill", taskId, reason: "killed by its framework", node: agent?.value };
}

function acknowledge(
  { task_id: task, uuid }: NonNullable<MesosCall["acknowledge"]>,
  framework: string,
): SchedulerCall | undefined {
  const taskId = idOrNone(framework, task);
  if (taskId === undefined) return undefined;
  return { kind: "acknowledge", taskId, uuid: Buffer.from(uuid, "base64").toString("hex") };
}

function reconcile(
  asked: readonly { readonly task_id: Value; readonly agent_id?: Value }[],
  framework: string,
): SchedulerCall | undefined {
  const tasks = asked.flatMap(({ task_id: task, agent_id: agent }) => {
    const taskId = idOrNone(framework, task);
    return taskId === undefined ? [] : [{ taskId, node: agent?.value }];
  });
  // None left of those asked for is not the same as none asked for, which means all.
  return asked.length > 0 && tasks.length === 0 ? undefined : { kind: "reconcile", tasks };
}

/** An id that no task can have names none. */
function idOrNone(framework: string, { value }: Value): string | undefined {
  try {
    return kernelTaskId(framework, value);
  } catch (error) {
    if (error instanceof TaskRefused) return undefined;
    throw error;
  }
}
