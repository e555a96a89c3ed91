import { WorkerBench, benchHealth, benchTask } from "../../test/fakes/worker-bench";

describe("an agent that starts again", () => {
  it("adopts what runs: nothing is started again, the catalog is not disturbed", async () => {
    const bench = new WorkerBench();
    await bench.start();
    bench.launch(benchTask("t1", { health: benchHealth }));
    await bench.clock.advanceSettled(200);
    const entriesBefore = [...bench.catalog.journal];
    await bench.restart();
    expect(bench.worker.records()).toMatchObject([
      { spec: { id: "t1" }, status: { state: "TASK_RUNNING", healthy: true } },
    ]);
    await bench.clock.advanceSettled(60_000);
    expect(bench.containers.journal).toEqual(["create t1", "start t1"]);
    expect(bench.catalog.journal).toEqual(entriesBefore);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });

  it("reports what ended while it was away", async () => {
    const bench = new WorkerBench();
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    await bench.worker.stop();
    bench.containers.exit("t1", { exitCode: 7 });
    await bench.restart();
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1")).toMatchObject({ state: "TASK_FAILED", exitCode: 7 });
    expect(bench.containers.all()).toEqual([]);
    expect(bench.catalog.entry("covey-task-t1")).toBeUndefined();
  });

  it("removes catalog entries of tasks that are gone, and no others", async () => {
    const bench = new WorkerBench();
    const entry = {
      service: "web",
      address: "10.0.0.1",
      port: 1,
      tags: [],
      meta: {},
      check: { kind: "ttl", ttlMs: 30_000 },
    } as const;
    await bench.catalog.register({ ...entry, id: "covey-task-old" });
    await bench.catalog.register({ ...entry, id: "covey-agent" });
    await bench.start();
    await bench.clock.advanceSettled(10);
    expect(bench.catalog.entry("covey-task-old")).toBeUndefined();
    expect(bench.catalog.entry("covey-agent")).toBeDefined();
  });

  /** The life of a task, and the change of the engine after which the agent is killed. */
  it.each(["create t1", "start t1", "stop t1", "remove t1"])(
    "killed right after '%s': no duplicate, no orphan, the end is told",
    async (crash) => {
      const bench = new WorkerBench();
      await bench.start();
      let restarted: Promise<void> | undefined;
      bench.containers.afterChange = (entry) => {
        if (entry === crash) restarted ??= bench.restart();
      };
      bench.launch(benchTask("t1"));
      await bench.clock.advanceSettled(20);
      expect(bench.states("t1")).toContain("TASK_RUNNING");
      bench.kill("t1");
      await bench.clock.advanceSettled(20);
      await bench.clock.advanceSettled(10_000);
      await restarted;
      expect(bench.containers.journal).toEqual(["create t1", "start t1", "stop t1", "remove t1"]);
      expect(["TASK_KILLED", "TASK_FAILED"]).toContain(bench.last("t1").state);
      expect(bench.containers.all()).toEqual([]);
      expect(bench.worker.records()).toEqual([]);
      expect(bench.catalog.passing("web")).toEqual([]);
    },
  );

  it("killed while it fetched the image: knows nothing of the task, and may be told to launch it again", async () => {
    const bench = new WorkerBench();
    await bench.start();
    let restarted: Promise<void> | undefined;
    bench.containers.afterChange = (entry) => {
      if (entry === "ensure-image web:1") restarted ??= bench.restart();
    };
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(20);
    await restarted;
    expect(bench.worker.records()).toEqual([]);
    expect(bench.containers.all()).toEqual([]);
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(20);
    expect(bench.containers.journal).toEqual(["create t1", "start t1"]);
  });

  it("delivers an end that was not acknowledged before, and keeps the container until it is", async () => {
    const bench = new WorkerBench();
    bench.acknowledging = false;
    await bench.start();
    bench.launch(benchTask("t1"));
    await bench.clock.advanceSettled(10);
    bench.containers.exit("t1", { exitCode: 0 });
    await bench.clock.advanceSettled(10);
    for (let round = 0; round < 3; round++) {
      await bench.restart();
      expect(bench.worker.records()).toMatchObject([{ status: { state: "TASK_FINISHED" } }]);
      expect(bench.containers.all()).toHaveLength(1);
    }
    bench.acknowledge(bench.last("t1"));
    await bench.clock.advanceSettled(10);
    expect(bench.containers.all()).toEqual([]);
  });
});
