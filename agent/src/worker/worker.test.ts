import type { TaskSpec } from "../model/task";
import type { ExecOutcome } from "../ports/containers";
import { WorkerBench, benchHealth, benchTask } from "../../test/fakes/worker-bench";

async function running(...ids: string[]): Promise<WorkerBench> {
  const bench = new WorkerBench();
  await bench.start();
  ids.forEach((id, index) => bench.launch(benchTask(id, { ports: [portOf(index)] })));
  await bench.clock.advanceSettled(10);
  return bench;
}

function portOf(index: number): ReturnType<typeof benchTask>["ports"][number] {
  return { name: "http", containerPort: 80, hostPort: 31000 + index, protocol: "tcp" };
}

describe("a container that dies", () => {
  it("is reported from the engine's event, without asking the engine first", async () => {
    const bench = new WorkerBench({ look: 150 });
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(1000);
    bench.containers.exit("t1", { exitCode: 137 });
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", exitCode: 137 });
    expect(bench.catalog.passing("web")).toEqual([]);
  });

  it("is removed only some time after its end was acknowledged, out of its successor's way", async () => {
    const bench = new WorkerBench({}, 2000);
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    bench.containers.exit("t1", { exitCode: 1 });
    await bench.clock.advanceSettled(1900);
    expect(bench.containers.all()).toHaveLength(1);
    await bench.clock.advanceSettled(200);
    expect(bench.containers.all()).toEqual([]);
  });
});

describe("launch", () => {
  it("creates and starts one container, reports it and shows it in the catalog", async () => {
    const bench = await running("t1");
    expect(bench.containers.journal).toEqual(["create t1", "start t1"]);
    expect(bench.states("t1")).toEqual(["TASK_RUNNING"]);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
    expect(bench.catalog.entry("covey-task-t1")?.meta).toMatchObject({
      "covey-node": "n1",
      "covey-task": "t1",
      service: "web",
    });
    expect(bench.worker.records()).toMatchObject([
      { spec: { id: "t1" }, status: { state: "TASK_RUNNING", containerId: "container-1" } },
    ]);
  });

  it("of the same task twice starts it once", async () => {
    const bench = await running("t1");
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    expect(bench.containers.journal).toEqual(["create t1", "start t1"]);
  });

  it("of a task that has ended here is refused", async () => {
    const bench = await running("t1");
    bench.containers.exit("t1", { exitCode: 0 });
    await bench.clock.advanceSettled(10);
    expect(bench.containers.all()).toEqual([]);
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(1000);
    expect(bench.containers.all()).toEqual([]);
  });

  it("runs at most four engine operations at once", async () => {
    const bench = new WorkerBench({ create: 100 });
    await bench.start();
    for (let index = 0; index < 8; index++)
      bench.launch(benchTask(`t${index}`, { ports: [portOf(index)] }));
    await bench.clock.advanceSettled(150);
    expect(bench.containers.all()).toHaveLength(4);
    await bench.clock.advanceSettled(100);
    expect(bench.containers.all()).toHaveLength(8);
  });

  it("fails with the image's name where the image is not there", async () => {
    const bench = new WorkerBench();
    bench.containers.missingImages.add("web:1");
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", reason: "image-not-found" });
    expect(bench.last("t1").message).toContain("web:1");
    expect(bench.worker.records()).toEqual([]);
  });

  it("says how far its image has come, and nothing of that once it is to end", async () => {
    const bench = new WorkerBench();
    await bench.start();
    bench.containers.pullProgress = ["pulling web:1", "pulling web:1: 1 of 2 layers"];
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    const said = bench
      .statuses("t1")
      .map(({ state, message, uuid }) => [state, message, uuid !== ""]);
    expect(said).toEqual([
      ["TASK_STAGING", "pulling web:1", false],
      ["TASK_STAGING", "pulling web:1: 1 of 2 layers", false],
      ["TASK_RUNNING", "running", true],
    ]);
    bench.launch(benchTask("t2"));
    bench.worker.obey({ kind: "kill", term: 1, taskId: "t2", reason: "no more" });
    await bench.clock.advanceSettled(10);
    expect(bench.states("t2")).toEqual(["TASK_KILLED"]);
  });

  it("fails with the port where the port is taken, and leaves no container", async () => {
    const bench = new WorkerBench();
    bench.containers.takenPorts.add(31000);
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", reason: "port-taken" });
    expect(bench.containers.all()).toEqual([]);
  });
});

describe("the end of a container", () => {
  it("is seen at once: status and catalog", async () => {
    const bench = await running("t1");
    bench.containers.exit("t1", { exitCode: 137 });
    await bench.clock.advanceSettled(1);
    expect(bench.last("t1")).toMatchObject({
      state: "TASK_FAILED",
      reason: "container-exited",
      exitCode: 137,
    });
    expect(bench.catalog.entry("covey-task-t1")).toBeUndefined();
  });

  it("is seen after the event stream was broken", async () => {
    const bench = await running("t1");
    bench.containers.fault = "down";
    bench.containers.exit("t1", { exitCode: 0 });
    bench.containers.fault = undefined;
    bench.containers.breakEvents();
    await bench.clock.advanceSettled(1);
    expect(bench.last("t1").state).toBe("TASK_FINISHED");
  });

  it("is told when someone else removed it", async () => {
    const bench = await running("t1");
    bench.containers.vanish("t1");
    await bench.clock.advanceSettled(1);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", reason: "container-exited" });
    expect(bench.last("t1").message).toContain("removed by someone else");
  });
});

describe("statuses", () => {
  it("are sent again, ever more slowly, until acknowledged; the container stays so long", async () => {
    const bench = new WorkerBench();
    bench.acknowledging = false;
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    bench.containers.exit("t1", { exitCode: 0 });
    await bench.clock.advanceSettled(10);
    await bench.clock.advanceSettled(7000);
    expect(bench.states("t1").filter((state) => state === "TASK_FINISHED")).toHaveLength(4);
    await bench.clock.advanceSettled(60_000);
    expect(bench.states("t1").filter((state) => state === "TASK_FINISHED")).toHaveLength(7);
    expect(bench.containers.all()).toHaveLength(1);
    bench.acknowledge(bench.last("t1"));
    await bench.clock.advanceSettled(10);
    expect(bench.containers.all()).toEqual([]);
    expect(bench.worker.records()).toEqual([]);
  });

  it("are all sent again at once to a new master", async () => {
    const bench = new WorkerBench();
    bench.acknowledging = false;
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    bench.worker.obey({ kind: "attached", term: 2 });
    expect(bench.statuses("t1").map(({ uuid }) => uuid)).toEqual([
      bench.last("t1").uuid,
      bench.last("t1").uuid,
    ]);
  });
});

describe("terms", () => {
  it("a command of a deposed master is refused", async () => {
    const bench = await running("t1");
    bench.worker.obey({ kind: "attached", term: 5 });
    bench.worker.obey({ kind: "launch", term: 4, spec: benchTask("t2") });
    bench.worker.obey({ kind: "kill", term: 4, taskId: "t1", reason: "old" });
    await bench.clock.advanceSettled(10);
    expect(bench.containers.journal).toEqual(["create t1", "start t1"]);
  });
});

describe("kill", () => {
  it("takes it out of the catalog before TERM, and reports the reason", async () => {
    const bench = await running("t1");
    let shownAtTerm: unknown = "not stopped";
    bench.containers.afterChange = (entry) => {
      if (entry === "stop t1") shownAtTerm = bench.catalog.entry("covey-task-t1");
    };
    bench.kill("t1", "scaled down to 0");
    await bench.clock.advanceSettled(10);
    expect(shownAtTerm).toBeUndefined();
    expect(bench.states("t1")).toEqual(["TASK_RUNNING", "TASK_KILLING", "TASK_KILLED"]);
    expect(bench.last("t1")).toMatchObject({
      reason: "killed-by-framework",
      message: "scaled down to 0",
      exitCode: 143,
    });
    expect(bench.containers.all()).toEqual([]);
  });

  it.each(["node-drained", "framework-removed"])("by the master itself is %s", async (reason) => {
    const bench = await running("t1");
    bench.kill("t1", reason);
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_KILLED", reason });
  });

  it("waits no longer than a second for a catalog that does not answer", async () => {
    const bench = await running("t1");
    const deregister = jest
      .spyOn(bench.catalog, "deregister")
      .mockReturnValue(new Promise(() => undefined));
    bench.kill("t1");
    await bench.clock.advanceSettled(1010);
    expect(deregister).toHaveBeenCalledTimes(1);
    expect(bench.last("t1").state).toBe("TASK_KILLED");
  });

  it("gives a process that does not heed TERM its grace", async () => {
    const bench = await running("t1");
    bench.containers.stubborn.add("t1");
    bench.kill("t1");
    await bench.clock.advanceSettled(2990);
    expect(bench.last("t1").state).toBe("TASK_KILLING");
    await bench.clock.advanceSettled(20);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_KILLED", exitCode: 137 });
  });

  it("does not wait for the image of a task that is being fetched", async () => {
    const bench = new WorkerBench({ ensureImage: 60_000 });
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    bench.kill("t1");
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1").state).toBe("TASK_KILLED");
    await bench.clock.advanceSettled(60_000);
    expect(bench.containers.journal).toEqual([]);
  });
});

describe("readiness", () => {
  const readiness = {
    ...benchHealth,
    kind: "command",
    port: "",
    maxFailures: 1,
    graceMs: 0,
  } as const;
  const ready = { ...readiness, command: ["ready"] };

  async function launched(spec: Partial<TaskSpec>, answer: ExecOutcome): Promise<WorkerBench> {
    const bench = new WorkerBench();
    await bench.start();
    bench.containers.execs.set("t1 ready", answer);
    bench.launch(benchTask("t1", spec));
    await bench.clock.advanceSettled(200);
    return bench;
  }

  it("keeps a task that lacks it out of the catalog, says why, and never kills it", async () => {
    const bench = await launched({ readiness: ready }, { exitCode: 1, output: "warming up" });
    await bench.clock.advanceSettled(60_000);
    expect(bench.last("t1")).toMatchObject({
      state: "TASK_RUNNING",
      healthy: false,
      message: "not ready: its command: ended with exit code 1: warming up",
    });
    expect(bench.catalog.passing("web")).toEqual([]);
    bench.containers.execs.set("t1 ready", { exitCode: 0, output: "" });
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(true);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });

  it("and health are both needed: the one that fails is named, whichever it is", async () => {
    const checks = { health: benchHealth, readiness: ready };
    const bench = await launched(checks, { exitCode: undefined, output: "" });
    expect(bench.last("t1")).toMatchObject({
      healthy: false,
      message: "not ready: its command: has not ended within 500 ms",
    });
    bench.containers.execs.set("t1 ready", { exitCode: 0, output: "" });
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(true);
    bench.prober.set(31000, "answered 500");
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1")).toMatchObject({ healthy: false });
    expect(bench.last("t1").message).toMatch(/^HTTP .*answered 500/);
    expect(bench.catalog.passing("web")).toEqual([]);
  });

  it("comes back only after as many successes in a row as were asked for", async () => {
    const twice = { ...benchHealth, minSuccesses: 2 };
    const bench = new WorkerBench();
    await bench.start();
    bench.launch(benchTask("t1", { health: twice }));
    await bench.clock.advanceSettled(500);
    expect(bench.last("t1").healthy).toBeUndefined();
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(true);
    bench.prober.set(31000, "answered 500");
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(false);
    bench.prober.set(31000, undefined);
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(false);
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(true);
  });
});

describe("health", () => {
  async function probed(answer: string | undefined): Promise<WorkerBench> {
    const bench = new WorkerBench();
    await bench.start();
    bench.prober.set(31000, answer);
    bench.launch(benchTask("t1", { health: benchHealth }));
    await bench.clock.advanceSettled(50);
    return bench;
  }

  it("is told within 100 ms of the first success, and only then passes in the catalog", async () => {
    const bench = await probed("connection refused");
    expect(bench.last("t1").healthy).toBeUndefined();
    expect(bench.catalog.passing("web")).toEqual([]);
    bench.prober.set(31000, undefined);
    await bench.clock.advanceSettled(100);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_RUNNING", healthy: true });
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });

  it("failures within the grace do not count; after it maxFailures in a row kill the task", async () => {
    const bench = await probed("connection refused");
    await bench.clock.advanceSettled(4900);
    expect(bench.states("t1")).toEqual(["TASK_RUNNING"]);
    await bench.clock.advanceSettled(2500);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", reason: "unhealthy" });
    expect(bench.last("t1").message).toMatch(/3 failed checks.*HTTP \/.*connection refused/);
    expect(bench.containers.all()).toEqual([]);
  });

  it("one failure takes it out of rotation, the next success puts it back", async () => {
    const bench = await probed(undefined);
    bench.prober.set(31000, "answered 500");
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(false);
    expect(bench.catalog.passing("web")).toEqual([]);
    bench.prober.set(31000, undefined);
    await bench.clock.advanceSettled(1000);
    expect(bench.last("t1").healthy).toBe(true);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });
});

describe("an engine that fails", () => {
  it.each(["down", "hanging"] as const)(
    "%s: the node is unhealthy within 30 s, says why, keeps its tasks, and comes back by itself",
    async (fault) => {
      const bench = await running("t1");
      bench.containers.fault = fault;
      await bench.clock.advanceSettled(30_000);
      expect(bench.worker.unhealthy).toMatch(/Docker/);
      expect(bench.heard.at(-1)).toMatchObject({ kind: "health" });
      expect(bench.states("t1")).toEqual(["TASK_RUNNING"]);
      bench.containers.fault = undefined;
      await bench.clock.advanceSettled(12_000);
      expect(bench.worker.unhealthy).toBeUndefined();
      expect(bench.heard.at(-1)).toEqual({ kind: "health", unhealthy: undefined });
      expect(bench.states("t1")).toEqual(["TASK_RUNNING"]);
    },
  );

  it("a launch waits for it 30 s, then fails so that another node may have the task", async () => {
    const bench = await running();
    bench.containers.fault = "down";
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(29_000);
    expect(bench.statuses("t1")).toEqual([]);
    await bench.clock.advanceSettled(3000);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", reason: "docker-unavailable" });
    bench.containers.fault = undefined;
    await bench.clock.advanceSettled(60_000);
    expect(bench.containers.journal).toEqual([]);
    expect(bench.worker.records()).toEqual([]);
  });

  it("down when the agent starts: what runs is adopted when it is back", async () => {
    const bench = await running("t1");
    bench.containers.fault = "down";
    await bench.restart();
    expect(bench.worker.adopted).toBe(false);
    expect(bench.worker.unhealthy).toMatch(/dockerd/);
    expect(bench.catalog.entry("covey-task-t1")).toBeDefined();
    bench.containers.fault = undefined;
    await bench.clock.advanceSettled(6000);
    expect(bench.worker.adopted).toBe(true);
    expect(bench.worker.records()).toMatchObject([{ status: { state: "TASK_RUNNING" } }]);
  });
});

describe("a node that leaves", () => {
  it("kills all tasks, removes their containers and catalog entries, and takes no more", async () => {
    const bench = await running("t1", "t2");
    bench.acknowledging = false;
    const left = bench.worker.stopTasks();
    await bench.clock.advanceSettled(100);
    await left;
    expect(bench.containers.all()).toEqual([]);
    expect(bench.catalog.passing("web")).toEqual([]);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_KILLED", reason: "node-drained" });
    bench.launch(benchTask("t3"));
    await bench.clock.advanceSettled(100);
    expect(bench.last("t3").state).toBe("TASK_DROPPED");
    expect(bench.containers.all()).toEqual([]);
  });
});
