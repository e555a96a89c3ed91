import { taskSpec, taskStatus } from "../../../test/fakes/specs";
import type { FrameworkCapability } from "../../model/framework";
import type { TaskReason, TaskState, TaskStatus } from "../../model/task";
import { encodeEvent } from "./codec";
import { mesosReasons, toMesosStatus } from "./mesos-status";

function said(
  state: TaskState,
  changes: Partial<TaskStatus> = {},
  capabilities: FrameworkCapability[] = [],
) {
  const status = taskStatus("f.a", "n1", state, changes);
  const spec = taskSpec("f.a", { framework: "f", network: "host", labels: { team: "eng" } });
  const reader = { framework: "f", capabilities, addressOf: () => "10.0.0.1" };
  return toMesosStatus({ kind: "update", status, spec }, reader);
}

describe("a status", () => {
  it("has all that Mesos' has", () => {
    const changes = {
      atMs: 1_700_000_000_500,
      uuid: "00112233445566778899aabbccddeeff",
      message: "runs",
      healthy: true,
      containerId: "c1",
    };
    expect(said("TASK_RUNNING", changes)).toEqual({
      task_id: { value: "a" },
      state: "TASK_RUNNING",
      source: "SOURCE_AGENT",
      agent_id: { value: "n1" },
      timestamp: 1_700_000_000.5,
      message: "runs",
      uuid: "ABEiM0RVZneImaq7zN3u/w==",
      healthy: true,
      container_status: {
        container_id: { value: "c1" },
        network_infos: [{ ip_addresses: [{ ip_address: "10.0.0.1" }] }],
      },
      labels: { labels: [{ key: "team", value: "eng" }] },
    });
  });

  it.each<[TaskState, string | undefined, string]>([
    ["TASK_STAGING", "TASK_STAGING", "TASK_STAGING"],
    ["TASK_STARTING", "TASK_STARTING", "TASK_STARTING"],
    ["TASK_RUNNING", "TASK_RUNNING", "TASK_RUNNING"],
    ["TASK_KILLING", undefined, "TASK_KILLING"],
    ["TASK_FINISHED", "TASK_FINISHED", "TASK_FINISHED"],
    ["TASK_FAILED", "TASK_FAILED", "TASK_FAILED"],
    ["TASK_KILLED", "TASK_KILLED", "TASK_KILLED"],
    ["TASK_ERROR", "TASK_ERROR", "TASK_ERROR"],
    ["TASK_LOST", "TASK_LOST", "TASK_LOST"],
    ["TASK_DROPPED", "TASK_LOST", "TASK_DROPPED"],
    ["TASK_UNREACHABLE", "TASK_LOST", "TASK_UNREACHABLE"],
    ["TASK_GONE", "TASK_LOST", "TASK_GONE"],
    ["TASK_GONE_BY_OPERATOR", "TASK_LOST", "TASK_GONE_BY_OPERATOR"],
    ["TASK_UNKNOWN", "TASK_LOST", "TASK_UNKNOWN"],
  ])("%s is %s to a plain framework, %s to one that knows it", (state, plain, knowing) => {
    expect(said(state)?.state).toBe(plain);
    expect(said(state, {}, ["PARTITION_AWARE", "TASK_KILLING_STATE"])?.state).toBe(knowing);
  });

  it.each(Object.entries(mesosReasons))("of reason %s has a reason of Mesos", (reason, name) => {
    const status = said("TASK_FAILED", { reason: reason as TaskReason });
    if (!status) throw new Error("nothing was said");
    expect(status.reason).toBe(name);
    // Encoding knows the names there are.
    const event = { type: "UPDATE", update: { status } } as const;
    expect(encodeEvent("application/x-protobuf", event).length).toBeGreaterThan(0);
  });

  it("says by whose word, and since when its node is out of sight", () => {
    const changes = { reason: "node-lost", atMs: 1000 } as const;
    expect(said("TASK_UNREACHABLE", changes, ["PARTITION_AWARE"])).toMatchObject({
      source: "SOURCE_MASTER",
      unreachable_time: { nanoseconds: 1_000_000_000 },
    });
    expect(said("TASK_GONE_BY_OPERATOR", changes)?.reason).toBe("REASON_AGENT_REMOVED_BY_OPERATOR");
  });
});
