import { ApiBench } from "../../../test/fakes/api-bench";
import { sampleListedFramework, sampleListedTask } from "../../../test/fakes/figures";
import { sampleNode } from "../../../test/fakes/samples";
import { RecordedMetrics } from "../../../test/fakes/recorded-metrics";
import { ControlError } from "../../ports/control";

const n2 = { name: "n2", address: "127.77.5.2", api: "https://127.77.5.2:7440" };

let metrics: RecordedMetrics;
let bench: ApiBench;

beforeEach(async () => {
  metrics = new RecordedMetrics();
  bench = await ApiBench.listen("127.77.5.9", metrics);
});

afterEach(() => bench.close());

const jsonOf = ({ text }: { text: string }): unknown => JSON.parse(text) as unknown;

describe("/health", () => {
  test("says nothing but that the agent runs, to anybody", async () => {
    bench.fake.isMaster = false;
    expect(await bench.getWithoutToken("/health")).toMatchObject({ status: 200, text: "" });
    expect(await bench.ask("HEAD", "/health", {})).toMatchObject({ status: 200, text: "" });
  });
});

describe("what tells something of the cluster needs the token", () => {
  test.each(["/metrics", "/redirect", "/metrics/snapshot", "/state"])("%s", async (path) => {
    expect(await bench.getWithoutToken(path)).toMatchObject({ status: 401 });
  });
});

describe("/metrics", () => {
  test("is Prometheus' text, on any agent, also where there is no master", async () => {
    bench.fake.isMaster = false;
    expect(await bench.get("/metrics")).toMatchObject({
      status: 200,
      headers: { "content-type": "text/plain; version=0.0.4" },
      text: "up 1\n",
    });
  });

  test("takes no other method", async () => {
    expect(await bench.ask("DELETE", "/metrics")).toMatchObject({
      status: 405,
      headers: { allow: "GET" },
    });
  });

  test("counts answers by the route's pattern, and all that is no route as one", async () => {
    await bench.get("/v1/nodes/n2?secret=1");
    await bench.get("/v1/nodes/n9");
    await bench.get("/etc/passwd");
    await bench.getWithoutToken("/v1/nodes");
    await metrics.atLeast(4);
    expect(metrics.answers).toMatchObject([
      { method: "GET", route: "/v1/nodes/:name", status: 400 },
      { method: "GET", route: "/v1/nodes/:name", status: 404 },
      { method: "GET", route: "none", status: 404 },
      { method: "GET", route: "/v1/nodes", status: 401 },
    ]);
    for (const { seconds } of metrics.answers) expect(seconds).toBeGreaterThan(0);
  });
});

describe("/redirect", () => {
  test("leads to the master's API", async () => {
    bench.fake.isMaster = false;
    bench.fake.knownMaster = n2;
    expect(await bench.get("/redirect")).toMatchObject({
      status: 307,
      headers: { location: "https://127.77.5.2:7440/" },
    });
  });

  test("leads to itself on the master", async () => {
    bench.fake.knownMaster = { name: "n1", address: "127.77.5.9", api: "https://127.77.5.9:7440" };
    expect(await bench.get("/redirect")).toMatchObject({
      status: 307,
      headers: { location: "https://127.77.5.9:7440/" },
    });
  });

  test("is 503, never a redirect to nowhere, where the mesh has not named the master yet", async () => {
    expect(await bench.get("/redirect")).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
    });
  });

  test("is 503 with a time to come back where no master is known", async () => {
    bench.fake.isMaster = false;
    const answer = await bench.get("/redirect");
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
    expect(jsonOf(answer)).toMatchObject({ code: "no-master" });
  });
});

describe("not the master", () => {
  test.each(["/metrics/snapshot?timeout=5secs", "/state?limit=3"])("%s is there", async (path) => {
    bench.fake.isMaster = false;
    bench.fake.knownMaster = n2;
    expect(await bench.get(path)).toMatchObject({
      status: 307,
      headers: { location: `https://127.77.5.2:7440${path}` },
    });
  });
});

describe("/metrics/snapshot", () => {
  test("is Mesos' names and numbers", async () => {
    expect(jsonOf(await bench.get("/metrics/snapshot"))).toMatchObject({
      "master/elected": 1,
      "master/mem_total": 40_000,
      "master/tasks_running": 14,
    });
  });

  test.each([
    ["5secs", 200],
    ["1.5mins", 200],
    ["soon", 400],
  ])("a timeout of %s is answered %i", async (timeout, status) => {
    expect(await bench.get(`/metrics/snapshot?timeout=${timeout}`)).toMatchObject({ status });
  });
});

describe("/state", () => {
  beforeEach(() => {
    const { fake } = bench;
    fake.knownMaster = { name: "n1", address: "127.77.5.9", api: "https://127.77.5.9:7440" };
    fake.listed = {
      electedAtMs: 1_700_000_000_500,
      nodes: [
        sampleNode("n1"),
        { ...sampleNode("n2"), draining: true },
        { ...sampleNode("n3"), attached: false, status: "dead" },
      ],
      frameworks: [
        sampleListedFramework("f7-1"),
        sampleListedFramework("f7-2", { connected: false }),
      ],
      tasks: [
        sampleListedTask("a", "f7-1"),
        sampleListedTask("b", "f7-2"),
        sampleListedTask("c", "f7-1", "TASK_FAILED"),
        sampleListedTask("d", "f7-1", "TASK_UNREACHABLE"),
      ],
    };
  });

  test("is the cluster in Mesos' words", async () => {
    expect(jsonOf(await bench.get("/state"))).toMatchObject({
      id: "n1-7",
      version: "0.1.0",
      cluster: "demo",
      leader: "master@127.77.5.9:7440",
      leader_info: { hostname: "127.77.5.9", port: 7440 },
      elected_time: 1_700_000_000.5,
      activated_slaves: 1,
      deactivated_slaves: 1,
      unreachable_slaves: 1,
      slaves: [
        {
          id: "n1",
          active: true,
          attributes: { rack: "r1" },
          resources: { cpus: 4, mem: 8192, disk: 1000 },
          used_resources: { cpus: 1.5, mem: 1024, disk: 0 },
        },
        { id: "n2", active: false, connected: true, deactivated: true },
        { id: "n3", active: false, connected: false },
      ],
      frameworks: [
        {
          id: "f7-1",
          active: true,
          used_resources: { cpus: 2, mem: 200 },
          tasks: [{ id: "a", slave_id: "n1", state: "TASK_RUNNING", role: "eng" }],
          completed_tasks: [{ id: "c" }],
          unreachable_tasks: [{ id: "d" }],
          completed_counts: { TASK_FINISHED: 2 },
        },
        { id: "f7-2", active: false, tasks: [{ id: "b" }] },
      ],
      tasks_page: { offset: 0, limit: 1000, total: 4 },
    });
  });

  test("pages through all tasks, whose ever they are, and says how many there are", async () => {
    expect(jsonOf(await bench.get("/state?limit=2&offset=1"))).toMatchObject({
      frameworks: [
        { tasks: [], completed_tasks: [{ id: "c" }], used_resources: { cpus: 2 } },
        { tasks: [{ id: "b" }] },
      ],
      tasks_page: { offset: 1, limit: 2, total: 4 },
    });
    expect(jsonOf(await bench.get("/state?offset=9"))).toMatchObject({
      frameworks: [{ tasks: [] }, { tasks: [] }],
      tasks_page: { total: 4 },
    });
  });

  test.each(["limit=0", "limit=10001", "limit=x", "offset=-1", "of=1"])(
    "refuses %s",
    async (query) => {
      const field = query.split("=")[0];
      const answer = await bench.get(`/state?${query}`);
      expect([answer.status, jsonOf(answer)]).toMatchObject([400, { field }]);
    },
  );

  test("never has a task's environment or command", async () => {
    expect((await bench.get("/state")).text).not.toContain("hunter2");
  });

  test("is 503 while agents are still coming back: the list would be too short", async () => {
    bench.fake.fails = new ControlError("recovering", "agents are still reporting");
    expect(await bench.get("/state")).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
    });
  });
});
