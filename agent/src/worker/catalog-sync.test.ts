import { WorkerBench, benchTask } from "../../test/fakes/worker-bench";

const id = "covey-task-t1";

async function running(): Promise<WorkerBench> {
  const bench = new WorkerBench();
  await bench.start();
  bench.launch(benchTask("t1"));
  await bench.clock.advanceSettled(10);
  return bench;
}

describe("the catalog", () => {
  it("keeps a passing entry passing by refreshing its TTL", async () => {
    const bench = await running();
    await bench.clock.advanceSettled(300_000);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
    expect(bench.catalog.journal).toEqual([`register ${id}`, `passing ${id}`]);
  });

  it("that lost everything gets it all again within 15 s", async () => {
    const bench = await running();
    bench.catalog.wipe();
    await bench.clock.advanceSettled(16_000);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });

  it("that is down blocks no task, and is brought up to date when it is back", async () => {
    const bench = new WorkerBench();
    bench.catalog.down = true;
    await bench.start();
    bench.launch(benchTask("t1"));
    bench.launch(benchTask("t2", { ports: [] }));
    await bench.clock.advanceSettled(10);
    expect(bench.last("t1").state).toBe("TASK_RUNNING");
    await bench.clock.advanceSettled(60_000);
    bench.catalog.down = false;
    await bench.clock.advanceSettled(16_000);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:31000"]);
  });

  it("that was down when a task ended loses the entry when it is back", async () => {
    const bench = await running();
    bench.catalog.down = true;
    bench.kill("t1");
    await bench.clock.advanceSettled(2000);
    expect(bench.last("t1").state).toBe("TASK_KILLED");
    expect(bench.catalog.entry(id)).toBeDefined();
    bench.catalog.down = false;
    await bench.clock.advanceSettled(16_000);
    expect(bench.catalog.entry(id)).toBeUndefined();
  });

  it("shows a task at the first port that it shares, not at its own", async () => {
    const bench = new WorkerBench();
    await bench.start();
    bench.launch(benchTask("t1", { labels: { "covey.shared-ports": "80,443" } }));
    await bench.clock.advanceSettled(10);
    expect(bench.catalog.passing("web")).toEqual(["10.0.0.1:80"]);
  });

  it("does not hear of tasks without a name or without a port", async () => {
    const bench = new WorkerBench();
    await bench.start();
    bench.launch(benchTask("t1", { ports: [] }));
    bench.launch(benchTask("t2", { catalogName: undefined }));
    await bench.clock.advanceSettled(10);
    expect(bench.last("t2").state).toBe("TASK_RUNNING");
    expect(bench.catalog.journal).toEqual([]);
  });
});
