/** The worker on a real engine: what it promises of a task's life and of its own restart. */
import { probeGrpc } from "../../src/adapters/grpc/probe-grpc";
import { createProber } from "../../src/adapters/system/prober";
import type { TaskSpec, TaskStatus } from "../../src/model/task";
import type { Clock } from "../../src/ports/clock";
import { Worker } from "../../src/worker/worker";
import { MemoryCatalog } from "../fakes/memory-catalog";
import { describeWith } from "../fakes/needs";
import { TestEngine, buildTestImage, docker, engineProbe, eventually } from "./engine";

jest.setTimeout(60_000);

const realClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

const address = "127.77.3.2";

describeWith("docker", engineProbe, "a worker on a real engine", () => {
  const engine = new TestEngine("worker", address);
  const catalog = new MemoryCatalog({ clock: realClock, node: "n1" });
  const workers: Worker[] = [];
  let statuses: { readonly status: TaskStatus; readonly atMs: number }[] = [];

  beforeAll(() => buildTestImage());
  beforeEach(() => {
    statuses = [];
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
    engine.cleanUp();
  });

  async function startWorker(acknowledging = true): Promise<Worker> {
    let drawn = workers.length * 1000;
    const worker = new Worker(
      {
        containers: engine.connect(),
        catalog,
        prober: { ...createProber(), grpc: probeGrpc },
        clock: realClock,
        random: { next: () => 0.5, hex: () => String(++drawn) },
        log: engine.log(),
      },
      { node: "n1", address },
    );
    workers.push(worker);
    worker.onMessage((message) => {
      if (message.kind !== "status") return;
      const { status } = message;
      statuses.push({ status, atMs: performance.now() });
      if (!acknowledging || status.uuid === "") return;
      const { taskId, uuid } = status;
      setImmediate(() => worker.obey({ kind: "acknowledge", term: 1, taskId, uuid }));
    });
    await worker.start();
    return worker;
  }

  function status(what: string, matches: (status: TaskStatus) => boolean) {
    return eventually(what, 10_000, () => statuses.find((heard) => matches(heard.status)));
  }

  const web = (id: string, hostPort: number): TaskSpec =>
    engine.task(id, {
      command: ["httpd", "-f", "-p", "80", "-h", "/bin"],
      ports: [{ name: "http", containerPort: 80, hostPort, protocol: "tcp" }],
      catalogName: "web",
      health: {
        kind: "http",
        port: "http",
        path: "/busybox",
        intervalMs: 200,
        timeoutMs: 2000,
        graceMs: 10_000,
        maxFailures: 3,
      },
    });

  it("runs a task until it is healthy, sees it killed at once, and cleans up after it", async () => {
    const worker = await startWorker();
    const spec = web("killed", 31811);
    worker.obey({ kind: "launch", term: 1, spec });
    await status("healthy", ({ healthy }) => healthy === true);
    await eventually("in the catalog", 1000, () =>
      catalog.passing("web").includes(`${address}:31811`) ? true : undefined,
    );
    const killedAtMs = performance.now();
    docker("kill", `covey-${spec.id}`);
    const failed = await status("the end", ({ state }) => state === "TASK_FAILED");
    expect(failed.status).toMatchObject({ reason: "container-exited", exitCode: 137 });
    expect(failed.atMs - killedAtMs).toBeLessThan(1000);
    await eventually("removal", 5000, () => (engine.ids().length === 0 ? true : undefined));
    expect(catalog.passing("web")).toEqual([]);
    await eventually("oblivion", 1000, () => (worker.records().length === 0 ? true : undefined));
  });

  it("adopts after a restart what runs, and does not restart it", async () => {
    const first = await startWorker();
    const spec = web("adopted", 31812);
    first.obey({ kind: "launch", term: 1, spec });
    await status("healthy", ({ healthy }) => healthy === true);
    const before = engine.inspect(spec, ".State.StartedAt");
    await first.stop();
    const second = await startWorker();
    expect(second.records()).toMatchObject([
      { spec, status: { state: "TASK_RUNNING", healthy: true } },
    ]);
    expect(engine.inspect(spec, ".State.StartedAt")).toBe(before);
    expect(engine.ids()).toHaveLength(1);
    expect(catalog.passing("web")).toEqual([`${address}:31812`]);
    second.obey({ kind: "kill", term: 1, taskId: spec.id, reason: "done" });
    await status("killed", ({ state }) => state === "TASK_KILLED");
    await eventually("removal", 5000, () => (engine.ids().length === 0 ? true : undefined));
  });

  it("tells after a restart what ended meanwhile, and keeps it until that is acknowledged", async () => {
    const first = await startWorker();
    const spec = engine.task("ended", { command: ["sleep", "600"] });
    first.obey({ kind: "launch", term: 1, spec });
    await status("running", ({ state }) => state === "TASK_RUNNING");
    await first.stop();
    docker("stop", "--time", "0", `covey-${spec.id}`);
    const second = await startWorker(false);
    const [record] = second.records();
    expect(record?.status.state).toBe("TASK_FAILED");
    expect(engine.ids()).toHaveLength(1);
    second.obey({
      kind: "acknowledge",
      term: 1,
      taskId: spec.id,
      uuid: record?.status.uuid ?? "",
    });
    await eventually("removal", 5000, () => (engine.ids().length === 0 ? true : undefined));
  });

  it("fails a task whose image is not there, naming it", async () => {
    const worker = await startWorker();
    const image = "localhost:1/covey-none:1";
    worker.obey({ kind: "launch", term: 1, spec: engine.task("none", { image }) });
    const failed = await status("the failure", ({ state }) => state === "TASK_FAILED");
    expect(failed.status).toMatchObject({ reason: "image-not-found" });
    expect(failed.status.message).toContain(image);
  });

  it("leaves nothing behind when the node leaves", async () => {
    const worker = await startWorker();
    for (const port of [31813, 31814])
      worker.obey({ kind: "launch", term: 1, spec: web(`left-${port}`, port) });
    await eventually("both", 10_000, () =>
      worker.records().every(({ status }) => status.healthy) ? true : undefined,
    );
    await worker.stopTasks();
    expect(engine.ids()).toEqual([]);
    expect(catalog.passing("web")).toEqual([]);
  });
});
