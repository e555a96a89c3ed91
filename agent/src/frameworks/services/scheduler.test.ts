import { OfferWorld } from "../../../test/fakes/offer-world";
import { SeededRandom } from "../../../test/fakes/seeded-random";
import { resources, serviceSpec, taskSpec, taskStatus } from "../../../test/fakes/specs";
import type { Refusal } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import { ServicesScheduler } from "./scheduler";

const health: ServiceSpec["health"] = {
  kind: "http",
  port: "http",
  path: "/",
  intervalMs: 1000,
  timeoutMs: 1000,
  graceMs: 0,
  maxFailures: 3,
};
const http = {
  name: "http",
  containerPort: 80,
  hostPort: undefined,
  protocol: "tcp",
} as const;

function bench(...nodes: string[]) {
  const scheduler = new ServicesScheduler(new SeededRandom("services"));
  const world = new OfferWorld(scheduler);
  for (const node of nodes) world.addNode(node);
  const want = (...specs: ServiceSpec[]) => {
    const all = Object.fromEntries(specs.map((spec) => [spec.name, spec]));
    world.obey(scheduler.desired(all, true, world.at()));
  };
  const view = (refusals: Refusal[] = [], recovering = false) =>
    scheduler.view("web", { refusals, recovering });
  const why = (refusals: Refusal[] = []) => scheduler.why("web", { refusals, recovering: false });
  const ids = () => [...world.tasks.keys()];
  const kills = () => world.heard.filter((line) => line.startsWith("kill"));
  return { scheduler, world, want, view, why, ids, kills };
}

const declined = (node: string): Refusal => ({ node, rule: "declined", message: "declined" });

describe("the services framework", () => {
  it("launches what is missing, spread over the nodes, then wants no offers", () => {
    const { world, want, view } = bench("n1", "n2", "n3");
    want(serviceSpec("web", { instances: 3, ports: [http], env: { A: "1" }, health }));
    expect([...world.tasks.values()].map((task) => task.node).sort()).toEqual(["n1", "n2", "n3"]);
    const [task] = world.tasks.values();
    expect(task?.spec).toMatchObject({
      framework: "services",
      image: "web:1",
      env: { A: "1" },
      health,
      catalogName: "web",
      labels: { "covey.service": "web", "covey.version": view()?.version },
    });
    expect(task?.spec.id).toMatch(/^web\.[a-z0-9]+\.[a-z0-9]+$/);
    expect(world.wantsOffers).toBe(false);
    expect(view()).toMatchObject({ phase: "deploying", running: 0, healthy: 0, updated: 0 });
    world.settle();
    expect(view()).toMatchObject({ phase: "running", running: 3, healthy: 3, updated: 3 });
  });

  it("counts an instance that is checked only once it is healthy", () => {
    const { world, want, view, ids } = bench("n1");
    want(serviceSpec("web", { ports: [http], health }));
    world.become(ids()[0] ?? "", "TASK_RUNNING");
    expect(view()).toMatchObject({ phase: "deploying", running: 1, healthy: 0 });
    world.become(ids()[0] ?? "", "TASK_RUNNING", true);
    expect(view()).toMatchObject({ phase: "running", healthy: 1 });
  });

  it("scales up in one go, and down by what does not serve, then by the newest", () => {
    const { world, want, ids, kills } = bench("n1", "n2");
    want(serviceSpec("web", { instances: 1 }));
    world.settle().pass(1000);
    want(serviceSpec("web", { instances: 3 }));
    expect(ids()).toHaveLength(3);
    const [first, second, third] = ids();
    world.become(third ?? "", "TASK_RUNNING", true);
    want(serviceSpec("web", { instances: 2 }));
    expect(kills()).toEqual([`kill ${second}: service 'web' wants 2 instances`]);
    world.settle();
    want(serviceSpec("web", { instances: 1 }));
    expect(world.settle().tasks.has(first ?? "")).toBe(true);
    expect(ids()).toHaveLength(1);
  });

  it("kills every instance of a service that is no longer wanted, also one it learns of later", () => {
    const { world, want, ids } = bench("n1");
    want(serviceSpec("web", { instances: 2 }));
    want();
    expect(world.settle().tasks.size).toBe(0);
    const spec = taskSpec("web.1.a", { labels: { "covey.service": "web" } });
    world.tasks.set(spec.id, {
      spec,
      node: "n1",
      state: "TASK_RUNNING",
      healthy: true,
      dying: false,
    });
    world.become(spec.id, "TASK_RUNNING", true).settle();
    expect(ids()).toEqual([]);
  });

  it("kills nothing because of a list that may be old", () => {
    const { world, scheduler, want } = bench("n1");
    want(serviceSpec("web", { instances: 2 }));
    world.obey(scheduler.desired({}, false, world.at()));
    expect([...world.tasks.values()].some((task) => task.dying)).toBe(false);
    want();
    expect([...world.tasks.values()].every((task) => task.dying)).toBe(true);
  });

  it("decides nothing before it knows what is wanted", () => {
    const { world, scheduler } = bench("n1");
    const status = taskStatus("web.1.a", "n1", "TASK_RUNNING", { uuid: "u1" });
    const calls = scheduler.event(
      { kind: "update", status, spec: taskSpec("web.1.a") },
      world.at(),
    );
    expect(calls).toEqual([{ kind: "acknowledge", taskId: "web.1.a", uuid: "u1" }]);
  });

  it("finds its tasks again after a change of master, and launches none twice", () => {
    const before = bench("n1", "n2");
    const web = serviceSpec("web", { instances: 2 });
    before.want(web);
    before.world.settle();
    const after = bench("n1", "n2");
    for (const [id, task] of before.world.tasks) {
      after.world.tasks.set(id, task);
      after.world.become(id, "TASK_RUNNING", true);
    }
    after.want(web);
    expect(after.ids()).toEqual(before.ids());
    expect(after.view()).toMatchObject({ phase: "running", updated: 2 });
  });
});

describe("an update in place", () => {
  it("starts one new, waits until it serves, kills one old, and so on", () => {
    const { world, want, view } = bench("n1", "n2", "n3");
    const web = serviceSpec("web", { instances: 2, ports: [http], health });
    want(web);
    world.settle();
    const old = view()?.version;
    want({ ...web, image: "web:2" });
    expect(view()).toMatchObject({ phase: "deploying", healthy: 2, updated: 0 });
    let most = 0;
    for (let step = 0; step < 8 && view()?.phase !== "running"; step++) {
      most = Math.max(most, world.tasks.size);
      expect(view()?.healthy).toBeGreaterThanOrEqual(2);
      world.settle();
    }
    world.settle();
    expect(most).toBe(3);
    expect(view()?.version).not.toBe(old);
    expect(view()).toMatchObject({ phase: "running", updated: 2, running: 2 });
  });

  it("kills one old first where the new finds no place beside it: a fixed port", () => {
    const { world, want, view, kills } = bench("n1", "n2");
    const fixed = { ...http, hostPort: 31080 };
    const web = serviceSpec("web", { instances: 2, ports: [fixed] });
    want(web);
    world.settle();
    want({ ...web, image: "web:2" });
    expect(kills()).toHaveLength(1);
    expect(kills()[0]).toContain(`makes room for version ${view()?.version}`);
    for (let step = 0; step < 8; step++) {
      world.settle();
      expect(world.seen().filter((task) => !task.dying).length).toBeGreaterThanOrEqual(1);
    }
    expect(view()).toMatchObject({ phase: "running", updated: 2, running: 2 });
  });

  it("kills nothing where that would not help: the old go on, and the reason is said", () => {
    const { world, want, view, kills } = bench("n1", "n2");
    const web = serviceSpec("web", { instances: 2 });
    want(web);
    world.settle();
    want({ ...web, memMiB: 64_000 });
    world.pass(60_000);
    expect(kills()).toEqual([]);
    expect(view([declined("n1"), declined("n2")])).toMatchObject({
      phase: "unplaceable",
      healthy: 2,
      updated: 0,
      problem:
        "no node has 64000 MiB of memory for one instance: n1: needs 64000 MiB of memory, 3968 free; " +
        "n2: needs 64000 MiB of memory, 3968 free. Lower 'memMiB', or add a node that has it",
    });
  });

  it("stops where the new version does not live, and the old goes on serving", () => {
    const { world, want, view } = bench("n1", "n2");
    const web = serviceSpec("web", { instances: 2 });
    want(web);
    world.settle();
    want({ ...web, image: "nope:1" });
    for (let round = 0; round < 4; round++) {
      const fresh = world.seen().find((task) => task.spec.image === "nope:1");
      if (fresh) world.end(fresh.spec.id, "TASK_FAILED", "image-not-found", "no such image");
      world.pass(500);
    }
    expect(view()).toMatchObject({ phase: "failing", healthy: 2, updated: 0 });
    expect(view()?.problem).toMatch(
      /^image 'nope:1' does not exist on the node and could not be pulled \(n[12]\): correct 'image'/,
    );
  });
});

describe("failures", () => {
  it("are replaced at once the first time, then after 1 s, 2 s, 4 s ... 60 s", () => {
    const { world, want, ids, view } = bench("n1");
    want(serviceSpec("web"));
    const delays: number[] = [];
    for (let round = 0; round < 10; round++) {
      world.end(ids()[0] ?? "", "TASK_FAILED", "container-exited");
      const sinceMs = world.nowMs;
      while (ids().length === 0) world.pass(100);
      delays.push(world.nowMs - sinceMs);
    }
    expect(delays).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(view()).toMatchObject({ phase: "failing", failures: 10 });
  });

  it("are forgiven when the service has been whole for 10 s", () => {
    const { world, want, ids, view } = bench("n1");
    want(serviceSpec("web"));
    for (let round = 0; round < 2; round++) world.end(ids()[0] ?? "", "TASK_FAILED");
    world.pass(1000).settle();
    expect(view()).toMatchObject({ phase: "failing", failures: 2 });
    world.pass(10_000);
    expect(view()).toMatchObject({ phase: "running", failures: 0, problem: undefined });
  });

  it("of an instance that had proven itself start the count anew: replaced at once", () => {
    const { world, want, ids } = bench("n1", "n2");
    want(serviceSpec("web", { instances: 2 }));
    world.settle().pass(11_000);
    for (let round = 0; round < 2; round++) {
      world.end(ids()[0] ?? "", "TASK_FAILED");
      expect(ids()).toHaveLength(2);
    }
  });

  it("are remembered for why, the ten newest", () => {
    const { world, want, ids, why } = bench("n1");
    want(serviceSpec("web"));
    for (let round = 0; round < 12; round++) {
      world.end(ids()[0] ?? "", "TASK_FAILED", "container-oom", `round ${round}`);
      world.pass(60_000);
    }
    expect(
      why()
        ?.failures.map((one) => one.message)
        .slice(0, 2),
    ).toEqual(["round 11", "round 10"]);
    expect(why()?.failures).toHaveLength(10);
    expect(why()?.summary).toMatch(/^0 of 1 instances are ready: instances of 'web' end again/);
  });

  it("keep the next instance away from the node they happened on", () => {
    const { world, want, ids } = bench("n1", "n2");
    want(serviceSpec("web"));
    const node = world.tasks.get(ids()[0] ?? "")?.node;
    world.end(ids()[0] ?? "", "TASK_FAILED");
    expect(world.tasks.get(ids()[0] ?? "")?.node).not.toBe(node);
  });

  it("a new version has none", () => {
    const { world, want, ids, view } = bench("n1");
    want(serviceSpec("web"));
    for (let round = 0; round < 3; round++) {
      world.end(ids()[0] ?? "", "TASK_FAILED");
      world.pass(5000);
    }
    world.end(ids()[0] ?? "", "TASK_FAILED");
    want(serviceSpec("web", { image: "web:2" }));
    expect(ids()).toHaveLength(1);
    expect(view()).toMatchObject({ phase: "deploying", failures: 0 });
  });
});

describe("lost nodes", () => {
  it("have their instances replaced at once; those that come back are killed, being too many", () => {
    const { world, want, kills, view } = bench("n1", "n2", "n3");
    want(serviceSpec("web", { instances: 3 }));
    world.settle().lose("n1");
    expect(world.seen()).toHaveLength(3);
    world.settle();
    expect(view()?.phase).toBe("running");
    const back = world.on("n1").map((task) => task.spec.id);
    world.giveBack("n1");
    expect(kills()).toEqual([`kill ${back[0]}: service 'web' wants 3 instances`]);
    world.settle();
    expect(view()).toMatchObject({ phase: "running", running: 3, failures: 0 });
  });

  it("keep their instances where the replacements do not serve yet", () => {
    const { world, want } = bench("n1", "n2");
    want(serviceSpec("web", { instances: 1 }));
    world.settle();
    const [task] = world.seen();
    world.lose(task?.node ?? "").giveBack(task?.node ?? "");
    expect(world.settle().seen()).toEqual([task]);
  });

  it("draining ones are left instance by instance, each after its replacement serves", () => {
    const { world, want, kills, view } = bench("n1", "n2");
    want(serviceSpec("web", { instances: 2 }));
    world.settle().drain("n1", true);
    expect(kills()).toEqual([]);
    world.settle();
    expect(kills()[0]).toContain("node 'n1' is being drained");
    world.settle();
    expect(world.on("n1")).toEqual([]);
    expect(view()).toMatchObject({ phase: "running", running: 2 });
  });
});

describe("why", () => {
  it("names for each node the rule that turned the instance down, the kernel's where it has one", () => {
    const { world, want, why, view } = bench();
    world.addNode("n1", resources({ memMiB: 100 })).addNode("n2", resources(), { rack: "r1" });
    const constraints = [{ attribute: "rack", operator: "LIKE" as const, value: "r2" }];
    want(serviceSpec("web", { memMiB: 200, constraints }));
    const draining = { node: "n3", rule: "draining", message: "it is being drained" };
    expect(why([declined("n1"), declined("n2"), draining])?.refusals).toEqual([
      { node: "n1", rule: "constraint", message: "rack LIKE r2: the node has no attribute 'rack'" },
      { node: "n2", rule: "constraint", message: "rack LIKE r2: 'r1' does not match" },
      draining,
    ]);
    expect(view([declined("n1"), draining])?.problem).toMatch(
      /^no node takes an instance of 'web'/,
    );
    expect(view([])?.problem).toMatch(/^no node is there to take an instance of 'web'/);
  });

  it("says that all is well, and that it cannot know yet", () => {
    const { world, want, why, view, scheduler } = bench("n1");
    want(serviceSpec("web"));
    expect(why()?.summary).toBe("0 of 1 instances are ready, the others are starting");
    world.settle();
    expect(why()).toMatchObject({ summary: "all 1 instances run and are healthy", refusals: [] });
    expect(view([], true)?.phase).toBe("deploying");
    expect(scheduler.why("web", { refusals: [], recovering: true })?.summary).toContain(
      "not yet known",
    );
    expect(scheduler.view("nope", { refusals: [], recovering: false })).toBeUndefined();
  });

  it("a kill without effect is repeated", () => {
    const { world, want, kills } = bench("n1");
    want(serviceSpec("web"));
    world.settle();
    want();
    expect(kills()).toHaveLength(1);
    world.pass(31_000);
    expect(kills()).toHaveLength(2);
  });
});
