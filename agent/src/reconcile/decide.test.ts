import type { TaskSpec } from "../model/task";
import { decideStrays, decideTask } from "./decide";
import type { TaskAim } from "./decide";
import type { ContainerView } from "./outcome";
import type { Step, TaskReport } from "./step";

const spec: TaskSpec = {
  id: "t1",
  framework: "services",
  image: "web:1",
  command: undefined,
  env: {},
  labels: {},
  cpus: 1,
  memMiB: 64,
  ports: [],
  network: "bridge",
  health: undefined,
  killGraceMs: 3000,
  catalogName: undefined,
};
const fresh: TaskAim = {
  spec,
  ending: undefined,
  imageReady: false,
  seen: false,
  startUnknown: false,
  reported: "TASK_STAGING",
  acknowledged: false,
};
const killed: TaskReport = {
  state: "TASK_KILLED",
  reason: "killed-by-framework",
  message: "scaled down",
  exitCode: undefined,
};
const created: ContainerView = {
  id: "c1",
  state: "created",
  exitCode: undefined,
  oomKilled: false,
  error: "",
};
const running: ContainerView = { ...created, state: "running" };
const exited: ContainerView = { ...created, state: "exited", exitCode: 0 };

describe("a task that shall run", () => {
  it("gets its image, then a container, then a start, then is reported", () => {
    expect(decideTask(fresh, undefined)).toEqual<Step>({
      name: "ensure-image",
      taskId: "t1",
      image: "web:1",
    });
    expect(decideTask({ ...fresh, imageReady: true }, undefined)?.name).toBe("create");
    expect(decideTask({ ...fresh, seen: true }, created)).toEqual<Step>({
      name: "start",
      taskId: "t1",
      containerId: "c1",
    });
    expect(decideTask({ ...fresh, seen: true }, running)).toMatchObject({
      name: "report",
      report: { state: "TASK_RUNNING" },
    });
  });

  it("needs nothing once it runs and that has been said", () => {
    expect(decideTask({ ...fresh, seen: true, reported: "TASK_RUNNING" }, running)).toBeUndefined();
  });

  it("is never created again once its container has been seen", () => {
    expect(decideTask({ ...fresh, imageReady: true, seen: true }, undefined)).toMatchObject({
      name: "report",
      report: { state: "TASK_FAILED", reason: "container-exited" },
    });
  });

  it("is never started again when the outcome of the first start is not known", () => {
    expect(decideTask({ ...fresh, seen: true, startUnknown: true }, created)).toMatchObject({
      name: "report",
      report: { state: "TASK_FAILED", reason: "container-start-failed" },
    });
  });

  it.each([
    ["exit code 0", exited, ["TASK_FINISHED", undefined], /exit code 0/],
    ["another", { ...exited, exitCode: 3 }, ["TASK_FAILED", "container-exited"], /exit code 3$/],
    ["a signal", { ...exited, exitCode: 139 }, ["TASK_FAILED", "container-exited"], /signal SEGV/],
    ["127", { ...exited, exitCode: 127 }, ["TASK_FAILED", "container-exited"], /was not found in/],
    [
      "OOM",
      { ...exited, exitCode: 137, oomKilled: true },
      ["TASK_FAILED", "container-oom"],
      /64 MiB/,
    ],
    [
      "no start",
      { ...created, error: "no exec" },
      ["TASK_FAILED", "container-start-failed"],
      /no exec/,
    ],
  ] as const)("that ended by %s is reported as such", (_how, container, expected, message) => {
    const step = decideTask({ ...fresh, seen: true, reported: "TASK_RUNNING" }, container);
    const report = step?.name === "report" ? step.report : undefined;
    expect([report?.state, report?.reason]).toEqual(expected);
    expect(report?.message).toMatch(message);
  });
});

describe("a task that shall end", () => {
  const ending: TaskAim = { ...fresh, seen: true, reported: "TASK_RUNNING", ending: killed };

  it("is said to be ending, then stopped with its grace, then reported with its exit code", () => {
    expect(decideTask(ending, running)).toMatchObject({ report: { state: "TASK_KILLING" } });
    expect(decideTask({ ...ending, reported: "TASK_KILLING" }, running)).toEqual<Step>({
      name: "stop",
      taskId: "t1",
      containerId: "c1",
      graceMs: 3000,
    });
    expect(
      decideTask({ ...ending, reported: "TASK_KILLING" }, { ...exited, exitCode: 143 }),
    ).toMatchObject({ report: { state: "TASK_KILLED", message: "scaled down", exitCode: 143 } });
  });

  it.each([undefined, created])("is reported at once where nothing runs (%#)", (container) => {
    expect(decideTask({ ...fresh, ending: killed }, container)).toMatchObject({
      name: "report",
      report: { state: "TASK_KILLED" },
    });
  });
});

describe("a task that has ended", () => {
  const ended: TaskAim = { ...fresh, seen: true, reported: "TASK_FINISHED" };

  it("keeps its container until the framework knows, then loses it, then is forgotten", () => {
    expect(decideTask(ended, exited)).toBeUndefined();
    expect(decideTask({ ...ended, acknowledged: true }, exited)).toEqual<Step>({
      name: "remove",
      taskId: "t1",
      containerId: "c1",
    });
    expect(decideTask({ ...ended, acknowledged: true }, undefined)?.name).toBe("forget");
  });

  it("is stopped should its container turn up running after all", () => {
    expect(decideTask(ended, running)?.name).toBe("stop");
  });
});

describe("containers of no known task", () => {
  const found = ["a", "b", "c"].map((id) => ({ ...running, spec: { ...spec, id } }));

  it("are adopted, but those of tasks that ended here are discarded", () => {
    const { adopt, discard } = decideStrays(new Set(["a"]), new Set(["c"]), found);
    expect(adopt.map((container) => container.spec.id)).toEqual(["b"]);
    expect(discard.map((container) => container.spec.id)).toEqual(["c"]);
  });
});
