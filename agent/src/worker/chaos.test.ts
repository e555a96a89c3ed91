import * as fc from "fast-check";
import { WorkerBench, benchHealth, benchTask } from "../../test/fakes/worker-bench";
import { isTerminal } from "../model/task";

const ids = ["t0", "t1", "t2"] as const;
type Id = (typeof ids)[number];

type Happening =
  | { readonly kind: "launch" | "kill" | "exit" | "vanish"; readonly id: Id }
  | { readonly kind: "engine"; readonly fault: "down" | "hanging" | "mute" | undefined }
  | { readonly kind: "catalog"; readonly down: boolean }
  | { readonly kind: "probe"; readonly answer: string | undefined }
  | { readonly kind: "restart" | "wipe" | "events" };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("launch" as const), id: fc.constantFrom(...ids) }),
  },
  fc.record({
    kind: fc.constantFrom("kill" as const, "exit" as const, "vanish" as const),
    id: fc.constantFrom(...ids),
  }),
  fc.record({
    kind: fc.constant("engine" as const),
    fault: fc.constantFrom("down" as const, "hanging" as const, "mute" as const, undefined),
  }),
  fc.record({ kind: fc.constant("catalog" as const), down: fc.boolean() }),
  fc.record({
    kind: fc.constant("probe" as const),
    answer: fc.constantFrom(undefined, "answered 500"),
  }),
  fc.record({
    kind: fc.constantFrom("restart" as const, "wipe" as const, "events" as const),
  }),
);
const pauseMs = fc.constantFrom(0, 1, 7, 60, 900, 12_000, 40_000);

describe("a worker in bad weather", () => {
  it("starts each task at most once, tells the end of each it started, and leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(happening, pauseMs), { maxLength: 25 }),
        async (happenings) => {
          const bench = new WorkerBench({
            look: 2,
            ensureImage: 5,
            create: 30,
            start: 40,
            stop: 9,
          });
          await bench.start();
          const traceless = new Set<Id>();
          for (const [one, delayMs] of happenings) {
            noteTraceless(bench, one, traceless);
            await befall(bench, one);
            await bench.clock.advanceSettled(delayMs);
          }
          await fairWeather(bench);
          assertNothingLeft(bench);
          assertOnce(bench, traceless);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

const befallings = {
  launch: (bench: WorkerBench, id: Id) => {
    const hostPort = 31000 + ids.indexOf(id);
    const ports = [{ name: "http", containerPort: 80, hostPort, protocol: "tcp" }] as const;
    bench.launch(benchTask(id, { ports, health: benchHealth }));
  },
  kill: (bench: WorkerBench, id: Id) => bench.kill(id),
  exit: (bench: WorkerBench, id: Id) => {
    if (runs(bench, id)) bench.containers.exit(id, { exitCode: 1 });
  },
  vanish: (bench: WorkerBench, id: Id) => {
    if (runs(bench, id)) bench.containers.vanish(id);
  },
};

async function befall(bench: WorkerBench, one: Happening): Promise<void> {
  if ("id" in one) befallings[one.kind](bench, one.id);
  else if (one.kind === "engine") bench.containers.fault = one.fault;
  else if (one.kind === "catalog") bench.catalog.down = one.down;
  else if (one.kind === "probe") bench.prober.set(31000, one.answer);
  else if (one.kind === "restart") await bench.restart();
  else if (one.kind === "wipe") bench.catalog.wipe();
  else bench.containers.breakEvents();
}

/**
 * The container is the record of its task: one that somebody removes just before the agent is restarted, or before the
 * restarted one has seen it, leaves no trace on the node. The master misses it when the agent attaches without it.
 */
function noteTraceless(bench: WorkerBench, one: Happening, traceless: Set<Id>): void {
  for (const id of ids) {
    const told = bench.statuses(id).some(({ state }) => isTerminal(state));
    const known = bench.worker.records().some(({ spec }) => spec.id === id);
    const removedBefore = one.kind === "restart" && !bench.containers.ofTask(id);
    const removedUnseen = one.kind === "vanish" && one.id === id && !known;
    if (!told && (removedBefore || removedUnseen)) traceless.add(id);
  }
}

function runs(bench: WorkerBench, id: Id): boolean {
  return bench.containers.ofTask(id)?.state === "running";
}

/** All is well again; what still runs is as it should be, and is then killed. */
async function fairWeather(bench: WorkerBench): Promise<void> {
  bench.containers.fault = undefined;
  bench.catalog.down = false;
  bench.prober.set(31000, undefined);
  await bench.clock.advanceSettled(300_000);
  expect(bench.worker.unhealthy).toBeUndefined();
  const running = bench.containers
    .all()
    .filter(({ state }) => state === "running")
    .sort((one, other) => one.spec.id.localeCompare(other.spec.id));
  const records = bench.worker
    .records()
    .map(({ status }) => status)
    .sort((one, other) => one.taskId.localeCompare(other.taskId));
  expect(records.map(({ taskId, state, healthy }) => ({ taskId, state, healthy }))).toEqual(
    running.map(({ spec }) => ({ taskId: spec.id, state: "TASK_RUNNING", healthy: true })),
  );
  expect(bench.catalog.passing("web")).toEqual(
    running.map(({ spec }) => `10.0.0.1:${spec.ports[0]?.hostPort ?? 0}`).sort(),
  );
  for (const id of ids) bench.kill(id);
  await bench.clock.advanceSettled(60_000);
}

function assertNothingLeft(bench: WorkerBench): void {
  expect(bench.containers.all()).toEqual([]);
  expect(bench.worker.records()).toEqual([]);
  for (const id of ids) expect(bench.catalog.entry(`covey-task-${id}`)).toBeUndefined();
}

/** A task that an agent before had forgotten may be launched again by a bad master: each life counts for itself. */
function assertOnce(bench: WorkerBench, traceless: ReadonlySet<Id>): void {
  for (const id of ids) {
    const life = bench.containers.journal.filter((entry) => entry.endsWith(` ${id}`)).join(",");
    expect(life).not.toMatch(/start \w+,start/);
    expect(life).not.toMatch(/create \w+,create/);
    if (life.includes("start") && !traceless.has(id))
      expect(bench.statuses(id).some(({ state }) => isTerminal(state))).toBe(true);
  }
}
