import { MasterBench, ObedientAgent } from "../../test/fakes/master-bench";
import { member, nodeInfo, serviceSpec } from "../../test/fakes/specs";
import { ControlError } from "../ports/control";
import type { Master } from "./master";

const web = serviceSpec("web", { instances: 3 });

async function running(): Promise<{ bench: MasterBench; master: Master }> {
  const bench = new MasterBench("n1", "n2", "n3");
  const master = bench.master("n1");
  master.start(1);
  bench.attachAll("n1");
  await bench.clock.advanceSettled(100);
  await bench.settled(master.control.putService(web));
  return { bench, master };
}

describe("the master", () => {
  it("admits the nodes that attach, keeps that, and runs a service on them", async () => {
    const { bench, master } = await running();
    expect(Object.keys(bench.store.state.nodes)).toEqual(["n1", "n2", "n3"]);
    expect(bench.store.written.filter((change) => change.kind === "put-node")).toHaveLength(3);
    expect(bench.tasks()).toHaveLength(3);
    expect(master.control.services()).toMatchObject([{ phase: "running", updated: 3 }]);
    expect(master.control.why("web").summary).toBe("all 3 instances run and are healthy");
    expect(master.control.tasks()).toMatchObject([
      { service: "web", framework: "services", state: "TASK_RUNNING" },
      { service: "web" },
      { service: "web" },
    ]);
    expect(master.control.nodes()).toMatchObject([
      { name: "n1", master: true, attached: true, status: "alive", tasks: 1, used: { cpus: 0.1 } },
      { name: "n2", master: false, tasks: 1 },
      { name: "n3", master: false, tasks: 1 },
    ]);
  });

  it("writes nothing for a service that is so already, and knows what it does not have", async () => {
    const { bench, master } = await running();
    const before = bench.store.written.length;
    await expect(bench.settled(master.control.putService({ ...web }))).resolves.toMatchObject({
      phase: "running",
    });
    expect(bench.store.written).toHaveLength(before);
    await expect(master.control.deleteService("nope")).rejects.toMatchObject({
      fault: "not-found",
      message: "there is no service 'nope': 'covey services' lists those there are",
    });
    await expect(master.control.drain("n9", 0)).rejects.toMatchObject({
      fault: "not-found",
      message: "there is no node 'n9'; admitted are: n1, n2, n3",
    });
    await bench.settled(master.control.deleteService("web"));
    expect(bench.tasks()).toEqual([]);
  });

  it("moves the tasks of a dead node, sweeps its catalog entries, and kills what comes back", async () => {
    const { bench, master } = await running();
    bench.links.isolate("n3", true);
    await bench.clock.advanceSettled(10);
    expect(master.control.nodes()[2]).toMatchObject({ attached: false, status: "alive" });
    expect(bench.tasks()).toHaveLength(3);
    bench.turn(master, "n3", "dead");
    await bench.clock.advanceSettled(10);
    expect(bench.swept).toEqual(["n3"]);
    expect(bench.agent("n1").tasks.size + bench.agent("n2").tasks.size).toBe(3);
    expect(master.control.services()).toMatchObject([{ phase: "running" }]);
    bench.links.isolate("n3", false);
    bench.turn(master, "n3", "alive");
    bench.agent("n3").attach(nodeInfo("n1").address);
    await bench.clock.advanceSettled(10);
    expect(bench.agent("n3").tasks.size).toBe(0);
    expect(bench.tasks()).toHaveLength(3);
  });

  it("sweeps until the catalog answers, unless the node is back before", async () => {
    const { bench, master } = await running();
    bench.catalog.down = true;
    for (const node of ["n2", "n3"]) {
      bench.links.isolate(node, true);
      bench.turn(master, node, "dead");
    }
    await bench.clock.advanceSettled(400);
    bench.turn(master, "n3", "alive");
    bench.catalog.down = false;
    await bench.clock.advanceSettled(5000);
    expect(bench.swept).toEqual(["n2", "n3", "n2"]);
  });

  it("drains a node durably: its tasks move, then it can be taken back", async () => {
    const { bench, master } = await running();
    await bench.settled(master.control.drain("n1", 30_000));
    expect(bench.agent("n1").tasks.size).toBe(0);
    expect(bench.tasks()).toHaveLength(3);
    expect(bench.store.state.nodes["n1"]?.draining).toBe(true);
    await bench.settled(master.control.undrain("n1"));
    expect(master.control.nodes()[0]).toMatchObject({ draining: false });
  });

  it("forgets a node that is gone for good", async () => {
    const { bench, master } = await running();
    bench.turn(master, "n3", "left");
    bench.members.delete("n3");
    await bench.settled(master.control.forget("n3"));
    expect(Object.keys(bench.store.state.nodes)).toEqual(["n1", "n2"]);
    expect(master.control.nodes().map((node) => node.name)).toEqual(["n1", "n2"]);
    expect(bench.agent("n3").closed).toBe("the node was forgotten");
  });

  it("hands over to a voter that is fit, and says what stands against any other", async () => {
    const { bench, master } = await running();
    const transfer = (to?: string): Promise<unknown> => master.control.transfer(to);
    await expect(transfer()).resolves.toEqual({ name: "n2", term: 2 });
    await bench.settled(master.control.drain("n2", 30_000));
    await expect(transfer()).resolves.toMatchObject({ name: "n3" });
    await expect(transfer("n2")).rejects.toMatchObject({
      fault: "conflict",
      message: "n2 cannot become master now: it is draining",
    });
    bench.agent("n3").say({ kind: "health", unhealthy: "Docker does not answer" });
    await bench.clock.advanceSettled(10);
    await expect(transfer()).rejects.toMatchObject({
      fault: "conflict",
      message:
        "no other voter is fit to be master: n2 is draining, n3 is unhealthy (Docker does not answer)",
    });
    await expect(transfer("n1")).rejects.toMatchObject({ message: "n1 is the master already" });
    await expect(transfer("n9")).rejects.toMatchObject({
      fault: "not-found",
      message: "there is no voter 'n9': only voters can be master, they are n1, n2, n3",
    });
  });

  it("holds still while its lease is over, and catches up when it holds again", async () => {
    const { bench, master } = await running();
    bench.mayAct = false;
    bench.links.isolate("n3", true);
    bench.turn(master, "n3", "dead");
    await bench.clock.advanceSettled(100);
    expect(bench.agent("n1").tasks.size + bench.agent("n2").tasks.size).toBe(2);
    bench.mayAct = true;
    master.resume();
    await bench.clock.advanceSettled(100);
    expect(bench.agent("n1").tasks.size + bench.agent("n2").tasks.size).toBe(3);
  });

  it("believes no agent that is not who its certificate says", async () => {
    const { bench, master } = await running();
    bench.agent("n2").say({ kind: "attach", node: nodeInfo("n3"), tasks: [] });
    await bench.clock.advanceSettled(10);
    expect(bench.agent("n2").closed).toContain("certificate is for 'n2', not 'n3'");
    expect(master.control.nodes()[2]).toMatchObject({ attached: true });
  });
});

describe("an agent that attaches again", () => {
  it("is heard on its new stream only; the old one is closed", async () => {
    const { bench, master } = await running();
    const old = bench.agent("n2");
    const again = new ObedientAgent(bench.links, "n2");
    for (const [id, task] of old.tasks) again.tasks.set(id, task);
    again.attach(nodeInfo("n1").address);
    old.say({ kind: "health", unhealthy: "said on the old stream" });
    await bench.clock.advanceSettled(10);
    expect(old.closed).toBe("the agent has attached again");
    expect(master.control.nodes()[1]).toMatchObject({ attached: true, unhealthy: undefined });
    again.say({ kind: "health", unhealthy: "Docker does not answer" });
    await bench.clock.advanceSettled(10);
    expect(master.control.nodes()[1]).toMatchObject({ unhealthy: "Docker does not answer" });
  });
});

describe("a change of master", () => {
  it("restarts and doubles no task; until all agents are back, nothing false is said", async () => {
    const { bench, master } = await running();
    const before = bench.tasks();
    master.stop("killed");
    const next = bench.master("n2");
    next.start(2);
    bench.agent("n2").attach(nodeInfo("n2").address);
    bench.agent("n3").attach(nodeInfo("n2").address);
    await bench.clock.advanceSettled(1000);
    expect(() => next.control.tasks()).toThrow(
      expect.objectContaining({ fault: "recovering" }) as Error,
    );
    expect(next.control.services()).toMatchObject([{ phase: "deploying" }]);
    bench.agent("n1").attach(nodeInfo("n2").address);
    await bench.clock.advanceSettled(10);
    expect(bench.tasks()).toEqual(before);
    expect(
      next.control
        .tasks()
        .map((task) => task.id)
        .sort(),
    ).toEqual(before);
    expect(next.control.services()).toMatchObject([{ phase: "running" }]);
    const launches = [...bench.agents.values()].flatMap((agent) => agent.heard);
    expect(launches.filter((message) => message.kind === "launch")).toHaveLength(3);
  });

  it("moves tasks of the node that died with the old master", async () => {
    const { bench, master } = await running();
    master.stop("killed");
    bench.links.isolate("n1", true);
    bench.members.set("n1", member("n1", "suspect"));
    const next = bench.master("n2");
    next.start(2);
    bench.agent("n2").attach(nodeInfo("n2").address);
    bench.agent("n3").attach(nodeInfo("n2").address);
    await bench.clock.advanceSettled(1000);
    expect(next.control.services()).toMatchObject([{ phase: "deploying" }]);
    bench.turn(next, "n1", "dead");
    await bench.clock.advanceSettled(10);
    expect(bench.agent("n2").tasks.size + bench.agent("n3").tasks.size).toBe(3);
    expect(bench.swept).toEqual(["n1"]);
  });

  it("the old one, fenced by the store, resigns and says so to whoever asks", async () => {
    const { bench, master } = await running();
    bench.store.state = { ...bench.store.state, term: 5 };
    await expect(
      bench.settled(master.control.putService({ ...web, instances: 4 })),
    ).rejects.toMatchObject({ fault: "deposed" });
    expect(bench.deposed).toEqual(["n1 5 term 5 has taken the store"]);
    expect(master.acting).toBe(false);
    expect(() => master.control.nodes()).toThrow(ControlError);
    expect(bench.agent("n2").closed).toBeDefined();
  });
});

describe("without the store", () => {
  it("what runs is looked after, writes are refused with the reason; back, they work again", async () => {
    const { bench, master } = await running();
    bench.store.away = "Consul has no leader";
    const more = { ...web, instances: 4 };
    await expect(bench.settled(master.control.putService(more))).rejects.toMatchObject({
      fault: "store-unavailable",
      message: expect.stringContaining("Consul has no leader") as string,
    });
    bench.links.isolate("n3", true);
    bench.turn(master, "n3", "dead");
    await bench.clock.advanceSettled(100);
    expect(bench.agent("n1").tasks.size + bench.agent("n2").tasks.size).toBe(3);
    bench.store.away = undefined;
    await bench.clock.advanceSettled(10_000);
    await bench.settled(master.control.putService(more));
    expect(master.control.services()).toMatchObject([{ spec: { instances: 4 }, updated: 4 }]);
  });

  it("a new master goes on from its own copy, and answers no question it cannot be sure of", async () => {
    const { bench, master } = await running();
    bench.copy = bench.store.state;
    bench.store.away = "connection refused";
    master.stop("killed");
    bench.links.isolate("n1", true);
    bench.members.set("n1", member("n1", "dead"));
    const next = bench.master("n2");
    next.start(2);
    bench.agent("n2").attach(nodeInfo("n2").address);
    bench.agent("n3").attach(nodeInfo("n2").address);
    await bench.clock.advanceSettled(100);
    expect(bench.agent("n2").tasks.size + bench.agent("n3").tasks.size).toBe(3);
    expect(() => next.control.services()).toThrow(
      expect.objectContaining({ fault: "store-unavailable" }) as Error,
    );
  });

  it("and without a copy it kills nothing for want of knowing better", async () => {
    const { bench, master } = await running();
    bench.store.away = "connection refused";
    master.stop("killed");
    const next = bench.master("n2");
    next.start(2);
    bench.attachAll("n2");
    await bench.clock.advanceSettled(20_000);
    expect(bench.tasks()).toHaveLength(3);
    bench.store.away = undefined;
    await bench.clock.advanceSettled(10_000);
    expect(next.control.services()).toMatchObject([{ phase: "running", updated: 3 }]);
    expect(bench.tasks()).toHaveLength(3);
  });

  it("that does not answer at all, a write is refused after its deadline", async () => {
    const { bench, master } = await running();
    bench.store.silent = true;
    const write = master.control.putService({ ...web, instances: 4 });
    await expect(bench.settled(write, 10_000)).rejects.toMatchObject({
      fault: "store-unavailable",
      message: expect.stringContaining("has not answered for 10 s") as string,
    });
  });

  it("that is back is found to be so by the next write, long before its turn to be asked", async () => {
    const { bench, master } = await running();
    bench.store.away = "no leader";
    const put = (instances: number): Promise<unknown> =>
      bench.settled(
        master.control.putService({ ...web, instances }).then(
          () => "written",
          (error: unknown) => (error instanceof ControlError ? error.fault : error),
        ),
        100,
      );
    expect(await put(4)).toBe("store-unavailable");
    await bench.clock.advanceSettled(60_000);
    bench.store.away = undefined;
    expect(await put(4)).toBe("store-unavailable");
    await bench.clock.advanceSettled(10);
    expect(await put(4)).toBe("written");
  });

  it("no more writes wait than may", async () => {
    const { bench, master } = await running();
    bench.store.silent = true;
    const writes = Array.from({ length: 300 }, (_, index) =>
      master.control
        .putService({ ...web, instances: 4 + index })
        .catch((error: unknown) => (error instanceof ControlError ? error.message : "")),
    );
    const answers = await bench.settled(Promise.all(writes), 20_000);
    expect(
      answers.filter(
        (text) => typeof text === "string" && text.startsWith("256 writes are waiting"),
      ),
    ).toHaveLength(44);
  });
});
