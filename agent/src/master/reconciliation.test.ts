import { KernelBench } from "../../test/fakes/kernel-bench";
import { taskSpec } from "../../test/fakes/specs";

const t1 = taskSpec("t1");

/** n1 is there with t1, n2 has yet to come back, n3 is dead, n4 was forgotten. */
function world(): KernelBench {
  const members = { n1: "alive", n2: "alive", n3: "dead", n4: "dead" } as const;
  const bench = new KernelBench(["n1", "n2", "n3", "n4"], members);
  bench.attach("n1", [{ spec: t1, state: "TASK_RUNNING" }]);
  bench.feed({ kind: "forget", node: "n4" });
  bench.take();
  return bench;
}

// Mesos' six cases, in its order.
it.each([
  [
    "is known, with its latest state",
    { taskId: "t1", node: "n1" },
    ["update t1 TASK_RUNNING reconciliation"],
  ],
  ["may be with an agent that is still away, with silence", { taskId: "x", node: "n2" }, []],
  ["may be with any agent that is still away, with silence", { taskId: "x", node: undefined }, []],
  [
    "its agent does not have, as gone",
    { taskId: "x", node: "n1" },
    ["update x TASK_GONE reconciliation"],
  ],
  [
    "was on a node that is lost, as unreachable",
    { taskId: "x", node: "n3" },
    ["update x TASK_UNREACHABLE reconciliation"],
  ],
  [
    "was on a node that was forgotten, as gone by the operator",
    { taskId: "x", node: "n4" },
    ["update x TASK_GONE_BY_OPERATOR reconciliation"],
  ],
  [
    "was on a node that nobody knows, as unknown",
    { taskId: "x", node: "n9" },
    ["update x TASK_UNKNOWN reconciliation"],
  ],
])("reconciliation answers of a task that %s", (_name, task, expected) => {
  expect(
    world()
      .call({ kind: "reconcile", tasks: [task] })
      .take(),
  ).toEqual(expected);
});

test("reconciliation of no task in particular answers of all that have not ended", () => {
  const bench = world();
  bench.attach("n2", [
    { spec: taskSpec("t2"), state: "TASK_RUNNING" },
    { spec: taskSpec("t3"), state: "TASK_FINISHED" },
  ]);
  bench.take();
  expect(bench.call({ kind: "reconcile", tasks: [] }).take()).toEqual([
    "update t1 TASK_RUNNING reconciliation",
    "update t2 TASK_RUNNING reconciliation",
  ]);
});

test("a task that nobody knows, once all agents are back, is unknown wherever it was", () => {
  const bench = world().attach("n2");
  bench.take();
  bench.call({ kind: "reconcile", tasks: [{ taskId: "x", node: undefined }] });
  expect(bench.take()).toEqual(["update x TASK_UNKNOWN reconciliation"]);
});
