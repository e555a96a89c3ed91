import { taskSpec } from "../../test/fakes/specs";
import type { TaskState } from "./task";
import { isTerminal, taskResources } from "./task";

describe("a task", () => {
  it.each<[TaskState, boolean]>([
    ["TASK_STAGING", false],
    ["TASK_RUNNING", false],
    ["TASK_KILLING", false],
    ["TASK_UNREACHABLE", false],
    ["TASK_FINISHED", true],
    ["TASK_LOST", true],
    ["TASK_GONE", true],
  ])("in %s has ended: %s", (state, ended) => {
    expect(isTerminal(state)).toBe(ended);
  });

  it("holds its cpus, memory and host ports; one number for tcp and udp counts once", () => {
    const port = { name: "dns", containerPort: 53, hostPort: 53 };
    const ports = [
      { ...port, protocol: "tcp" as const },
      { ...port, protocol: "udp" as const },
    ];
    expect(taskResources(taskSpec("t", { cpus: 0.5, memMiB: 64, ports }))).toEqual({
      cpus: 0.5,
      memMiB: 64,
      diskMiB: 0,
      ports: [{ begin: 53, end: 53 }],
    });
  });
});
