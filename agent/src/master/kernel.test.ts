import { admittedNode, desired, KernelBench, lineOf } from "../../test/fakes/kernel-bench";
import { nodeInfo, resources, taskSpec, taskStatus } from "../../test/fakes/specs";
import type { TaskSpec } from "../model/task";
import { Kernel, recoveryMs } from "./kernel";
import { offerTimeoutMs } from "./offers";
import { builtInInfo } from "./registry";

const t1 = taskSpec("t1");
/** One node with t1 running on it, nothing in the bench's ear. */
function running(): KernelBench {
  const bench = new KernelBench(["n1"], { n1: "alive" }).attach("n1").launch(["7-1"], [t1]);
  bench.feed({
    kind: "status",
    node: "n1",
    status: taskStatus("t1", "n1", "TASK_RUNNING"),
    spec: t1,
  });
  bench.call({ kind: "suppress" }).take();
  return bench;
}

describe("recovery", () => {
  it("offers nothing until every admitted node that the mesh sees has attached", () => {
    const bench = new KernelBench(["n1", "n2", "n3"], { n1: "alive", n2: "suspect", n3: "dead" });
    expect(bench.take()).toEqual(["subscribed 7", "sweep n3"]);
    bench.attach("n1", [{ spec: t1, state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual(["n1 < attached 7", "update t1 TASK_RUNNING"]);
    expect(bench.kernel.recovering).toBe(true);
    expect(bench.why()).toEqual(["n1 recovering", "n2 detached", "n3 unreachable"]);
    bench.attach("n2");
    expect(bench.take()).toEqual(["n2 < attached 7", "offers 7-1:n1:3 7-2:n2:4"]);
  });

  it("waits no longer than its limit for those that do not come", () => {
    const bench = new KernelBench(["n1", "n2"], { n1: "alive", n2: "alive" }).attach("n1");
    expect(bench.kernel.deadlineMs()).toBe(recoveryMs);
    bench.take();
    expect(bench.pass(recoveryMs - 1).take()).toEqual([]);
    expect(bench.pass(1).take()).toEqual(["offers 7-1:n1:4"]);
  });

  it("does not end before somebody has said which nodes there are", () => {
    const kernel = new Kernel();
    const at = { nowMs: 0, wallMs: 0 };
    kernel.handle({ kind: "started", term: 1, nodes: [], members: {}, frameworks: [] }, at);
    expect(kernel.recovering).toBe(true);
    kernel.handle(desired([]), at);
    expect(kernel.recovering).toBe(false);
  });

  it("ends with an empty answer for a framework that nothing can be offered", () => {
    expect(new KernelBench().take()).toEqual(["subscribed 7", "offers"]);
  });

  it("admits a node it has never heard of, and again when its address changes", () => {
    const bench = new KernelBench().attach("n9");
    expect(bench.take()).toContain("admit n9");
    expect(bench.attach("n9").take()).not.toContain("admit n9");
    bench.feed({ kind: "attached", node: nodeInfo("n9", { address: "10.9.9.9" }), tasks: [] });
    expect(bench.take()).toContain("admit n9");
  });

  it("asks again for what is attached and not in the store, and forgets what is neither", () => {
    const bench = new KernelBench(["gone"]).attach("n1");
    bench.take();
    bench.feed(desired([]));
    expect(bench.take()).toEqual(["failure gone", "sweep gone", "admit n1"]);
  });
});

describe("offers", () => {
  it("become launches, whose resources are then taken", () => {
    const bench = new KernelBench().attach("n1");
    bench.take();
    expect(bench.launch(["7-1"], [t1]).take()).toEqual(["n1 < launch t1"]);
    expect(bench.kernel.usedOn("n1")).toMatchObject({ cpus: 1, memMiB: 100 });
    expect(bench.kernel.tasks()[0]?.status.state).toBe("TASK_STAGING");
    expect(bench.why()).toEqual(["n1 declined"]);
    expect(bench.call({ kind: "revive" }).take()).toEqual(["offers 7-2:n1:3"]);
  });

  it.each<[string, string[], TaskSpec[], string[]]>([
    ["an offer nobody made", ["9-9"], [t1], ["update t1 TASK_DROPPED invalid-offer"]],
    ["an offer named twice", ["7-1", "7-1"], [t1], ["update t1 TASK_DROPPED invalid-offer"]],
    ["no offer", [], [t1], ["update t1 TASK_DROPPED invalid-offer"]],
    ["offers of two nodes", ["7-1", "7-2"], [t1], ["update t1 TASK_DROPPED invalid-offer"]],
    [
      "more than the offer has, by the second task",
      ["7-1"],
      [taskSpec("a", { cpus: 3 }), taskSpec("b", { cpus: 2 })],
      ["n1 < launch a", "update b TASK_ERROR task-invalid"],
    ],
    [
      "a task id that is taken",
      ["7-1"],
      [t1, t1],
      ["n1 < launch t1", "update t1 TASK_ERROR task-invalid"],
    ],
    [
      "a task of another framework",
      ["7-1"],
      [taskSpec("x", { framework: "other" })],
      ["update x TASK_ERROR task-invalid"],
    ],
  ])("are checked when accepted: %s", (_what, offerIds, tasks, expected) => {
    const bench = new KernelBench(["n1", "n2"], { n1: "alive", n2: "alive" })
      .attach("n1")
      .attach("n2");
    bench.call({ kind: "suppress" }).take();
    expect(bench.launch(offerIds, tasks).take()).toEqual(expected);
  });

  it("that are not answered go back and are made again a little later", () => {
    const bench = new KernelBench().attach("n1");
    bench.take();
    expect(bench.kernel.deadlineMs()).toBe(offerTimeoutMs);
    expect(bench.pass(offerTimeoutMs).take()).toEqual(["rescind 7-1"]);
    expect(bench.pass(5000).take()).toEqual(["offers 7-2:n1:4"]);
  });

  it("that are declined come back when their time is up, or at once when there is more", () => {
    const bench = new KernelBench().attach("n1").launch(["7-1"], [t1]);
    bench.take();
    const ended = taskStatus("t1", "n1", "TASK_FAILED", { uuid: "u" });
    bench.feed({ kind: "status", node: "n1", status: ended, spec: t1 });
    expect(bench.take()).toEqual(["update t1 TASK_FAILED", "offers 7-2:n1:4"]);
    bench.call({ kind: "decline", offerIds: ["7-2"], refuseMs: 0 });
    expect(bench.take()).toEqual([]);
    expect(bench.pass(100).take()).toEqual(["offers 7-3:n1:4"]);
  });

  it("stop when suppressed, and a revive is always answered", () => {
    const bench = running();
    expect(bench.why()).toEqual(["n1 suppressed"]);
    bench.feed({ kind: "health", node: "n1", unhealthy: "Docker does not answer" });
    expect(bench.call({ kind: "revive" }).take()).toEqual(["offers"]);
    expect(bench.why()).toEqual(["n1 unhealthy"]);
    expect(bench.feed({ kind: "health", node: "n1", unhealthy: undefined }).take()).toEqual([
      "offers 7-2:n1:3",
    ]);
  });

  it("of a node that shrank below what runs on it are not made", () => {
    const bench = running().call({ kind: "revive" });
    bench.take();
    const small = nodeInfo("n1", { resources: resources({ cpus: 0.5 }) });
    const record = { spec: t1, status: taskStatus("t1", "n1", "TASK_RUNNING") };
    bench.feed({ kind: "attached", node: small, tasks: [record] });
    expect(bench.why()).toEqual(["n1 resources"]);
  });
});

describe("a new master", () => {
  it("offers nothing on a cluster's first day before all whom the mesh sees have attached", () => {
    const bench = new KernelBench([], { n1: "alive", n2: "alive" });
    bench.call({ kind: "revive" }).attach("n1");
    expect(bench.take().filter((line) => line.startsWith("offers"))).toEqual([]);
    bench.attach("n2");
    expect(bench.take().at(-1)).toMatch(/^offers .*n1.*n2/);
  });
});

describe("a lost node", () => {
  it("that is dead: tasks unreachable, offers rescinded, catalog swept; back: what is so is said", () => {
    const bench = running().call({ kind: "revive" });
    bench.take();
    bench.feed({ kind: "detached", node: "n1" });
    expect(bench.take()).toEqual(["rescind 7-2"]);
    expect(bench.member("n1", "dead").take()).toEqual([
      "update t1 TASK_UNREACHABLE node-lost",
      "sweep n1",
      "failure n1",
    ]);
    expect(bench.kernel.tasks()[0]?.status.state).toBe("TASK_UNREACHABLE");
    bench.member("n1", "alive").take();
    bench.attach("n1", [{ spec: t1, state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual(["n1 < attached 7", "update t1 TASK_RUNNING", "offers 7-3:n1:3"]);
  });

  it("that the mesh buries while its stream lives keeps its tasks, but is offered no more", () => {
    const bench = running().member("n1", "dead");
    expect(bench.take()).toEqual([]);
    expect(bench.why()).toEqual(["n1 unreachable"]);
    expect(bench.member("n1", "alive").take()).toEqual([]);
  });

  it("that the mesh has buried is lost when its stream ends too, and back when it attaches", () => {
    const bench = running().member("n1", "dead").feed({ kind: "detached", node: "n1" });
    expect(bench.take()).toEqual([
      "update t1 TASK_UNREACHABLE node-lost",
      "sweep n1",
      "failure n1",
    ]);
    bench.attach("n1", [{ spec: t1, state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual(["n1 < attached 7", "update t1 TASK_RUNNING"]);
  });

  it("that has left: its tasks are lost for good", () => {
    const bench = running().member("n1", "left");
    expect(bench.take()).toEqual(["update t1 TASK_LOST node-lost", "sweep n1", "failure n1"]);
    expect(bench.kernel.tasks()).toEqual([]);
  });

  it("of which only the stream broke keeps its tasks", () => {
    const bench = running().feed({ kind: "detached", node: "n1" });
    expect(bench.take()).toEqual([]);
    expect(bench.why()).toEqual(["n1 detached"]);
    expect(bench.kernel.tasks()[0]?.status.state).toBe("TASK_RUNNING");
  });

  it("that comes back without a task (its launch never arrived) has lost it", () => {
    const bench = running().feed({ kind: "detached", node: "n1" }).attach("n1");
    expect(bench.take()).toEqual(["n1 < attached 7", "update t1 TASK_LOST node-lost"]);
  });

  it("that is forgotten: its tasks are gone", () => {
    const bench = running().feed({ kind: "forget", node: "n1" });
    expect(bench.take()).toEqual([
      "update t1 TASK_GONE_BY_OPERATOR node-lost",
      "failure n1",
      "disconnect n1",
      "sweep n1",
    ]);
    expect(bench.kernel.nodes().size).toBe(0);
  });
});

describe("tasks", () => {
  it("are killed by their agent, told again when it was away", () => {
    const bench = running().feed({ kind: "detached", node: "n1" });
    expect(bench.call({ kind: "kill", taskId: "t1", reason: "scale" }).take()).toEqual([]);
    bench.attach("n1", [{ spec: t1, state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual([
      "n1 < attached 7",
      "update t1 TASK_RUNNING",
      "n1 < kill t1 (scale)",
    ]);
  });

  it("that nobody knows: their framework hears so when it asks for their death", () => {
    const bench = running().call({ kind: "kill", taskId: "nope", reason: "scale" });
    expect(bench.take()).toEqual(["update nope TASK_UNKNOWN reconciliation"]);
  });

  it("that have ended free their resources at once, and are dropped when acknowledged", () => {
    const bench = running();
    const status = taskStatus("t1", "n1", "TASK_FAILED", { uuid: "u9" });
    bench.feed({ kind: "status", node: "n1", status, spec: t1 }).take();
    expect(bench.kernel.usedOn("n1")?.cpus).toBe(0);
    bench.call({ kind: "acknowledge", taskId: "t1", uuid: "u9" });
    expect(bench.take()).toEqual(["n1 < acknowledge t1"]);
    expect(bench.kernel.tasks()).toEqual([]);
  });

  it("that have ended stay so, whatever an old message says", () => {
    const bench = running();
    const status = taskStatus("t1", "n1", "TASK_FAILED", { uuid: "u9" });
    bench.feed({ kind: "status", node: "n1", status, spec: t1 }).take();
    const late = taskStatus("t1", "n1", "TASK_RUNNING", { uuid: "u8" });
    expect(bench.feed({ kind: "status", node: "n1", status: late, spec: t1 }).take()).toEqual([]);
  });

  it("are believed only from the node they run on", () => {
    const bench = running().attach("n2");
    bench.take();
    const status = taskStatus("t1", "n2", "TASK_FAILED");
    bench.feed({ kind: "status", node: "n2", status, spec: t1 });
    expect(bench.take()).toEqual([
      "note node 'n2' reported task 't1', which runs on 'n1': ignored",
    ]);
  });

  it("of a framework that is not here are kept and counted", () => {
    const other = taskSpec("o1", { framework: "other", cpus: 2 });
    const bench = new KernelBench().attach("n1", [{ spec: other, state: "TASK_RUNNING" }]);
    expect(bench.take()).toContain("offers 7-1:n1:2");
    expect(bench.kernel.tasks().map((task) => task.spec.id)).toEqual(["o1"]);
  });
});

describe("draining", () => {
  it("tells frameworks, offers nothing, and kills what is left at the deadline", () => {
    const bench = running().feed({ kind: "drain", node: "n1", deadlineMs: 2000 });
    expect(bench.take()).toEqual(["drain n1 2000"]);
    expect(bench.call({ kind: "revive" }).take()).toEqual(["offers"]);
    expect(bench.why()).toEqual(["n1 draining"]);
    expect(bench.kernel.deadlineMs()).toBe(2000);
    expect(bench.pass(2000).take()).toEqual(["n1 < kill t1 (node-drained)"]);
    expect(bench.feed({ kind: "undrain", node: "n1" }).take()).toEqual([
      "drain-cancelled n1",
      "offers 7-2:n1:3",
    ]);
  });

  it("goes on under a new master, which has read of it in the store", () => {
    const kernel = new Kernel();
    const nodes = [{ ...admittedNode("n1"), draining: true }];
    const at = { nowMs: 50, wallMs: 0 };
    const started = {
      kind: "started",
      term: 8,
      members: {},
      frameworks: [builtInInfo("services")],
    } as const;
    const effects = kernel.handle({ ...started, nodes }, at);
    expect(effects.map(lineOf)).toEqual(["subscribed 8", "drain n1 30000"]);
  });
});
