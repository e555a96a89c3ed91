import { KernelBench } from "../../test/fakes/kernel-bench";
import { MasterBench } from "../../test/fakes/master-bench";
import { serviceSpec, taskSpec, taskStatus } from "../../test/fakes/specs";
import type { Master } from "./master";

async function running(): Promise<{ bench: MasterBench; master: Master }> {
  const bench = new MasterBench("n1", "n2", "n3");
  const master = bench.master("n1");
  master.start(1);
  bench.attachAll("n1");
  await bench.clock.advanceSettled(100);
  await bench.settled(master.control.putService(serviceSpec("web", { instances: 3 })));
  return { bench, master };
}

describe("the master's figures", () => {
  it("say what it has in office, and for how long", async () => {
    const { bench, master } = await running();
    const { uptimeMs } = master.control.masterFigures();
    await bench.clock.advanceSettled(1000);
    expect(master.control.masterFigures()).toMatchObject({
      uptimeMs: uptimeMs + 1000,
      recovering: false,
      nodes: { active: 3, unhealthy: 0, draining: 0, detached: 0, unreachable: 0 },
      total: { cpus: 12, memMiB: 12_000, diskMiB: 0 },
      allocated: { cpus: 0.3, memMiB: 96, diskMiB: 0 },
      tasks: [{ framework: "services", role: "services", states: { TASK_RUNNING: 3 } }],
      ended: {},
      frameworks: { connected: 1, disconnected: 0 },
      store: { waiting: 0, written: 4, failed: 0 },
    });
  });

  it("count a task that ends once, whoever says it again", async () => {
    const { bench, master } = await running();
    await bench.settled(master.control.deleteService("web"));
    bench.attachAll("n1");
    await bench.clock.advanceSettled(100);
    expect(master.control.masterFigures()).toMatchObject({
      tasks: [],
      ended: { TASK_KILLED: 3 },
      allocated: { cpus: 0 },
    });
  });

  it("put each node in one state, the first that is so", async () => {
    const { bench, master } = await running();
    const health = { kind: "health", unhealthy: "Docker does not answer" } as const;
    bench.agent("n1").say(health);
    bench.agent("n2").say(health);
    await bench.settled(master.control.drain("n2", 0));
    bench.links.isolate("n3", true);
    await bench.clock.advanceSettled(10);
    expect(master.control.masterFigures().nodes).toMatchObject({
      unhealthy: 1,
      draining: 1,
      detached: 1,
    });
    bench.turn(master, "n3", "dead");
    await bench.clock.advanceSettled(10);
    expect(master.control.masterFigures().nodes).toMatchObject({ detached: 0, unreachable: 1 });
  });

  it("count writes that Consul did not take", async () => {
    const { bench, master } = await running();
    bench.store.away = "no leader";
    const put = master.control.putService(serviceSpec("api"));
    await expect(bench.settled(put)).rejects.toMatchObject({ fault: "store-unavailable" });
    expect(master.control.masterFigures().store).toEqual({ waiting: 0, written: 4, failed: 1 });
  });

  it("are nobody's who is not in office", () => {
    const master = new MasterBench("n1").master("n1");
    expect(() => master.control.masterFigures()).toThrow("not the master");
  });
});

describe("the master's inventory", () => {
  it("has the tasks of all, and how those of a framework ended", async () => {
    const { bench, master } = await running();
    await bench.settled(
      master.control.putService(serviceSpec("web", { instances: 2, image: "web:1" })),
    );
    await bench.clock.advanceSettled(100);
    expect(master.control.inventory()).toMatchObject({
      nodes: [{ name: "n1" }, { name: "n2" }, { name: "n3" }],
      frameworks: [{ id: "services", tasks: 2, ended: { TASK_KILLED: 1 } }],
      tasks: [
        { role: "services", status: { state: "TASK_RUNNING" } },
        { status: { state: "TASK_RUNNING" } },
      ],
    });
  });
});

describe("how tasks ended", () => {
  const spec = taskSpec("t1");
  const ended = { spec, state: "TASK_FINISHED" } as const;

  it("does not count what ended before this term", () => {
    const bench = new KernelBench(["n1"]).attach("n1", [ended]);
    expect(bench.kernel.ended()).toEqual({});
  });

  it("counts one that is lost with its node's disk, and one that was launched wrongly", () => {
    const bench = new KernelBench(["n1"]).attach("n1", [{ spec, state: "TASK_RUNNING" }]);
    bench.attach("n1", []);
    expect(bench.kernel.ended()).toEqual({ TASK_LOST: 1 });
    bench.call({ kind: "accept", offerIds: ["9-9"], tasks: [taskSpec("t2")], refuseMs: 0 });
    expect(bench.kernel.ended()).toEqual({ TASK_LOST: 1, TASK_DROPPED: 1 });
  });

  it("counts an end once, though the agent says it until it is acknowledged", () => {
    const bench = new KernelBench(["n1"]).attach("n1", [{ spec, state: "TASK_RUNNING" }]);
    const status = taskStatus("t1", "n1", "TASK_FAILED", { uuid: "u2" });
    for (let again = 0; again < 3; again++)
      bench.feed({ kind: "status", node: "n1", spec, status });
    expect(bench.kernel.ended()).toEqual({ TASK_FAILED: 1 });
  });
});
