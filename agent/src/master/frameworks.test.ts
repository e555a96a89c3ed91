import { admittedNode, desired, frameworkInfo, KernelBench } from "../../test/fakes/kernel-bench";
import { taskSpec, taskStatus } from "../../test/fakes/specs";

const spark = (id: string) => taskSpec(id, { framework: "f7-1", role: "*" });

/** One node, and a framework that has launched `a` on it. */
function launched(): KernelBench {
  const bench = new KernelBench(["n1"], { n1: "alive" }, []).attach("n1").subscribe("f7-1");
  bench.launch(["7-1"], [spark("a")], "f7-1").runs("n1", spark("a"));
  bench.take();
  return bench;
}

describe("a framework that is not built in", () => {
  it("is told that it has subscribed, and offered what is free", () => {
    const bench = new KernelBench(["n1"], { n1: "alive" }, []).attach("n1");
    bench.take();
    expect(bench.subscribe("f7-1").take()).toEqual([
      "f7-1 < subscribed 7",
      "f7-1 < offers 7-1:n1:4",
    ]);
  });

  it("is not offered anything in the roles it has suppressed, until it revives them", () => {
    const bench = new KernelBench(["n1"], { n1: "alive" }, []).attach("n1");
    bench.subscribe("f7-1", { roles: ["eng", "ops"] }, ["eng", "ops"]);
    expect(bench.take().filter((line) => line.includes("offers"))).toEqual([]);
    bench.call({ kind: "revive", roles: ["ops"] }, "f7-1");
    expect(bench.take()).toEqual(["f7-1 < offers 7-1:n1:4"]);
  });

  it("shares what is free with others: who has less is offered first", () => {
    const bench = launched().pass(5001).feed({ kind: "disconnect", framework: "f7-1" });
    bench.subscribe("f7-2", { roles: ["eng"] }).take();
    bench.call({ kind: "decline", offerIds: ["7-3"], refuseMs: 100 }, "f7-2");
    bench.subscribe("f7-1").take();
    bench.call({ kind: "decline", offerIds: ["7-4"], refuseMs: 100 }, "f7-1");
    expect(bench.pass(100).take()).toEqual(["f7-2 < offers 7-5:n1:3"]);
  });

  it("has its offers taken back when its scheduler is gone, and its tasks left alone", () => {
    const bench = launched().pass(5001);
    expect(bench.take()).toEqual(["f7-1 < offers 7-2:n1:3"]);
    bench.feed({ kind: "disconnect", framework: "f7-1" });
    bench.runs("n1", spark("a"));
    expect(bench.take()).toEqual([]);
    expect(bench.why("f7-1")).toEqual(["n1 unsubscribed"]);
  });

  it("goes on where it was when its scheduler comes back in time", () => {
    const bench = launched().feed({ kind: "disconnect", framework: "f7-1" }).pass(59_999);
    bench.subscribe("f7-1").pass(60_000);
    expect(bench.take()).toEqual([
      "f7-1 < subscribed 7",
      "f7-1 < offers 7-2:n1:3",
      "f7-1 < rescind 7-2",
    ]);
    bench.call({ kind: "reconcile", tasks: [] }, "f7-1");
    expect(bench.take()).toEqual(["f7-1 < update a TASK_RUNNING reconciliation"]);
  });

  it("is removed with its tasks when it does not: they are killed, and their end needs nobody's word", () => {
    const bench = launched().feed({ kind: "disconnect", framework: "f7-1" });
    expect(bench.pass(59_999).take()).toEqual([]);
    expect(bench.pass(1).take()).toEqual(["n1 < kill a (framework-removed)", "removed f7-1"]);
    const status = taskStatus("a", "n1", "TASK_KILLED", { uuid: "u9" });
    bench.feed({ kind: "status", node: "n1", status, spec: spark("a") });
    expect(bench.take()).toEqual(["n1 < acknowledge a"]);
    expect(bench.kernel.frameworks().size).toBe(0);
    expect(bench.kernel.tasks()).toEqual([]);
    expect(bench.kernel.wasRemoved("f7-1")).toBe(true);
  });

  it("that was removed while an agent was away: what it comes back with is killed", () => {
    const bench = launched().feed({ kind: "detached", node: "n1" });
    bench.feed({ kind: "teardown", framework: "f7-1" }).take();
    bench.attach("n1", [{ spec: spark("a"), state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual(["n1 < attached 7", "n1 < kill a (framework-removed)"]);
  });

  it("hears nothing of others, and cannot end what is theirs", () => {
    const bench = launched().subscribe("f7-2", { roles: ["eng"] });
    bench.take();
    bench.call({ kind: "kill", taskId: "a", reason: "mine" }, "f7-2");
    expect(bench.take()).toEqual(["f7-2 < update a TASK_UNKNOWN reconciliation"]);
    bench.launch(["7-1"], [taskSpec("b", { framework: "f7-2" })], "f7-2");
    expect(bench.take()).toEqual(["f7-2 < update b TASK_DROPPED invalid-offer"]);
  });
});

describe("after a change of master", () => {
  const known = [{ id: "f6-1", info: frameworkInfo() }];
  const old = taskSpec("a", { framework: "f6-1", role: "*" });

  it("a framework that the store knows may come back for as long as it has asked for", () => {
    const bench = new KernelBench([], {}, []).feed(desired([], { frameworks: known }));
    expect(bench.kernel.deadlineMs()).toBe(60_000);
    bench.subscribe("f6-1");
    expect(bench.kernel.deadlineMs()).toBeUndefined();
  });

  it("a task whose framework the store does not know is nobody's, and killed", () => {
    const bench = new KernelBench(["n1"], { n1: "alive" }, []);
    bench.take();
    bench.attach("n1", [{ spec: old, state: "TASK_RUNNING" }]);
    expect(bench.take()).toEqual(["n1 < attached 7", "n1 < kill a (framework-removed)"]);
  });

  it("nobody is taken for removed because of a copy that may be old", () => {
    const fresh = new KernelBench([], { n1: "alive" }, [], false);
    fresh.attach("n1", [{ spec: old, state: "TASK_RUNNING" }]);
    fresh.feed(desired([admittedNode("n1")], { authoritative: false }));
    expect(fresh.take().filter((line) => line.includes("kill"))).toEqual([]);
    fresh.feed(desired([admittedNode("n1")], { frameworks: known }));
    expect(fresh.take().filter((line) => line.includes("kill"))).toEqual([]);
    fresh.subscribe("f6-1").call({ kind: "reconcile", tasks: [] }, "f6-1");
    expect(fresh.take()).toContain("f6-1 < update a TASK_RUNNING reconciliation");
  });

  it("what a framework's tasks hold counts in its share before its scheduler is back", () => {
    const bench = new KernelBench(["n1"], { n1: "alive" }, []);
    bench.feed(desired([admittedNode("n1")], { frameworks: known }));
    bench.attach("n1", [{ spec: old, state: "TASK_RUNNING" }]);
    const [everybody] = bench.kernel.roles();
    expect(everybody).toMatchObject({ name: "*", consumed: { cpus: 1 }, frameworks: ["f6-1"] });
  });
});

describe("roles", () => {
  const role = { name: "eng", weight: 2, guarantee: {}, limit: { cpus: 1, memMiB: 64 } };

  it("keep to a limit that is set: what is offered beyond it is taken back and offered anew", () => {
    const bench = new KernelBench(["n1"], { n1: "alive" }, []).attach("n1");
    bench.subscribe("f7-1", { roles: ["eng/web"] }).take();
    bench.feed({ kind: "roles", roles: [role] });
    expect(bench.take()).toEqual(["f7-1 < rescind 7-1", "f7-1 < offers 7-2:n1:1"]);
    bench.feed({ kind: "roles", roles: [] });
    expect(bench.take()).toEqual(["f7-1 < offers 7-3:n1:3"]);
  });

  it("are listed with what is said of them, and who is in them", () => {
    const bench = new KernelBench([], {}, []).subscribe("f7-1", { roles: ["eng", "ops"] });
    bench.feed({ kind: "roles", roles: [role] });
    expect(bench.kernel.roles()).toMatchObject([
      { name: "eng", stated: true, limit: { cpus: 1, memMiB: 64 }, frameworks: ["f7-1"] },
      { name: "ops", stated: false, weight: 1, limit: {}, frameworks: ["f7-1"] },
    ]);
  });
});
