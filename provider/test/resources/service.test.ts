import { UNKNOWN } from "../../src/plugin";
import { accessKey, Driver } from "./driver";
import type { Model } from "./driver";
import { FakeCluster } from "./fake-cluster";

jest.setTimeout(30_000);

let cluster: FakeCluster;
let config: Model;
let terraform: Driver;

beforeEach(async () => {
  cluster = await FakeCluster.make();
  const cluster_key = accessKey([await cluster.listen()]);
  terraform = new Driver("covey_service", { accessKey: cluster_key });
  config = {
    name: "web",
    cluster: cluster_key,
    image: "demo",
    instances: 3,
    ports: [{ name: "http", container_port: 80 }],
    health: { http: "/", port: "http" },
  };
});

afterEach(() => cluster.close());

const storeDown = {
  status: 503,
  code: "store-unavailable",
  detail: "Consul does not answer at 127.0.0.1:8500; start it",
};

test("a service is put, waited for, settled, changed in place and deleted", async () => {
  cluster.views = [
    { phase: "deploying", healthy: 0 },
    { phase: "deploying", healthy: 2 },
    { phase: "running" },
  ];

  const web = await terraform.apply(config);

  expect(web.error).toBe("");
  expect(web.state).toMatchObject({
    id: "test7/web",
    healthy: 3,
    cpus: 0.1,
    memory_mib: 64,
    env: null,
  });
  expect(cluster.puts[0]).toMatchObject({
    name: "web",
    instances: 3,
    memMiB: 64,
    ports: [{ name: "http", containerPort: 80, protocol: "tcp" }],
    health: { kind: "http", path: "/", port: "http", intervalMs: 1000 },
  });
  const read = await terraform.read(web);
  expect(read.state).toEqual(web.state);
  expect(await terraform.isSettled(config, read)).toBe(true);

  const scaled = await terraform.apply({ ...config, instances: 4 }, web);
  expect(scaled).toMatchObject({ error: "", state: { instances: 4, healthy: 4 } });

  expect(await terraform.destroy(scaled)).toMatchObject({
    error: "",
    warnings: [],
    state: undefined,
  });
  expect(cluster.services.size).toBe(0);
});

test("what is asked of Docker alone is put, read back as it was written, and found changed by others", async () => {
  const container = {
    user: "nobody",
    cap_drop: ["ALL"],
    cap_add: [],
    ulimits: [{ name: "nofile", soft: 1, hard: -1 }],
    tmpfs: [{ path: "/tmp", size_mib: 16 }],
    volumes: [{ source: "/srv", target: "/data" }],
    extra_hosts: { db: "10.0.0.9" },
    logs: { max_size_mib: 1, max_files: 2 },
    init: false,
  };
  const web = await terraform.apply({ ...config, container });
  expect(web.error).toBe("");
  expect(cluster.puts[0]?.["container"]).toEqual({
    user: "nobody",
    capDrop: ["ALL"],
    capAdd: [],
    ulimits: [{ name: "nofile", soft: 1, hard: -1 }],
    tmpfs: [{ path: "/tmp", sizeMiB: 16 }],
    volumes: [{ source: "/srv", target: "/data", readOnly: false }],
    extraHosts: [{ name: "db", address: "10.0.0.9" }],
    logs: { maxSizeMiB: 1, maxFiles: 2 },
    init: false,
  });
  const read = await terraform.read(web);
  expect(read.state).toEqual(web.state);
  expect(await terraform.isSettled({ ...config, container }, read)).toBe(true);

  const plain = await terraform.apply({ ...config, container: {} }, web);
  const readPlain = await terraform.read(plain);
  expect(await terraform.isSettled({ ...config, container: {} }, readPlain)).toBe(true);
});

test("secrets are put, known again by their digests, and found changed by others, shown to nobody", async () => {
  const provided = {
    ...config,
    pull: "always",
    registry_auth: { username: "u", password: "hunter2" },
    secrets: { DB: "hunter3", EMPTY: "" },
  };
  const web = await terraform.apply(provided);
  expect(web.error).toBe("");
  expect(cluster.puts[0]?.["provision"]).toEqual({
    pull: "always",
    registryAuth: { username: "u", password: "hunter2" },
    secrets: { DB: "hunter3", EMPTY: "" },
  });
  const read = await terraform.read(web);
  expect(read.state).toEqual(web.state);
  expect(await terraform.isSettled(provided, read)).toBe(true);

  const [[, spec]] = [...cluster.services] as [[string, { provision: { secrets: object[] } }]];
  spec.provision.secrets[0] = { name: "DB", digest: "d" };
  const drifted = await terraform.read(web);
  expect(drifted.state).toMatchObject({
    registry_auth: { password: "hunter2" },
    secrets: { DB: "(another value, with the digest d)", EMPTY: "" },
  });
  expect(await terraform.isSettled(provided, drifted)).toBe(false);

  const plain = await terraform.apply(config, web);
  expect((await terraform.read(plain)).state).toMatchObject({ pull: "missing", secrets: null });
});

test.each([
  [{ secrets: { "../up": "hunter2" } }, /a file's name/],
  [{ secrets: { BIG: "hunter2".repeat(10_000) } }, /at most 65536 bytes/],
  [{ pull: "never" }, /one of "missing", "always"/],
])("what nodes cannot provide is refused in the plan, without its value", async (more, words) => {
  const said = JSON.stringify(await terraform.validate({ ...config, ...more }));
  expect(said.replaceAll("\\", "")).toMatch(words);
  expect(said).not.toContain("hunter2");
});

test.each<[object, object]>([
  [{ command: ["ready", "-q"] }, { kind: "command", command: ["ready", "-q"] }],
  [
    { grpc: "", port: "http" },
    { kind: "grpc", port: "http" },
  ],
  [
    { grpc: "web", port: "http", min_successes: 2 },
    { kind: "grpc", service: "web", minSuccesses: 2 },
  ],
  [
    { tcp: true, port: "http" },
    { kind: "tcp", port: "http" },
  ],
])("readiness %j is put and read back", async (readiness, put) => {
  const web = await terraform.apply({ ...config, readiness });
  expect(web.error).toBe("");
  expect(cluster.puts[0]?.["readiness"]).toMatchObject(put);
  const read = await terraform.read(web);
  expect(await terraform.isSettled({ ...config, readiness }, read)).toBe(true);
});

test.each([
  [{ tcp: true }, /port is missing/],
  [{ command: ["a"], port: "http" }, /a command asks no port/],
  [{ command: ["a"], grpc: "" }, /exactly one of http, tcp, grpc, command/],
])("a check %j is refused in the plan", async (health, words) => {
  expect(JSON.stringify(await terraform.validate({ ...config, health }))).toMatch(words);
});

test("a service is planned while its cluster does not exist yet", async () => {
  const { planned, diagnostics } = await terraform.plan({ ...config, cluster: UNKNOWN });
  expect(diagnostics).toEqual([]);
  expect(planned).toMatchObject({ id: UNKNOWN, version: UNKNOWN });
});

describe("where the cluster has no place for it", () => {
  const full = {
    wanted: 3,
    placed: 1,
    nodes: { n1: 1 },
    summary: "1 of 3 instances have a place; of the others, no node has 64 MiB of memory",
    refusals: [],
  };

  test("the plan warns, in the cluster's words", async () => {
    cluster.dryRun = full;
    const { diagnostics } = await terraform.plan(config);
    expect(diagnostics).toMatchObject([
      {
        severity: "warning",
        summary: "Service 'web' does not fit into cluster 'test7' as it is now",
      },
    ]);
    expect(diagnostics[0]?.detail).toMatch(/^1 of 3 instances have a place; .* not counted in\.$/);
    expect(cluster.dryRuns).toMatchObject([{ name: "web", instances: 3, memMiB: 64 }]);
    expect(cluster.puts).toEqual([]);
  });

  test("the plan says nothing where all have one, or nobody can tell", async () => {
    expect((await terraform.plan(config)).diagnostics).toEqual([]);
    cluster.dryRun = { ...full, placed: 3 };
    expect((await terraform.plan(config)).diagnostics).toEqual([]);
    await cluster.close();
    expect((await terraform.plan(config)).diagnostics).toEqual([]);
  });

  test("a cluster that gave no answer is not waited for again", async () => {
    await cluster.close();
    await terraform.plan(config);
    expect(terraform.data.silences.has(String(config["cluster"]))).toBe(true);
    const other = await FakeCluster.make();
    other.dryRun = full;
    const known = { ...config, cluster: accessKey([await other.listen()]) };
    try {
      expect((await terraform.plan(known)).diagnostics).toHaveLength(1);
      terraform.data.silences.add(known.cluster);
      expect((await terraform.plan(known)).diagnostics).toEqual([]);
      expect(other.dryRuns).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test("what is not known yet is left out, and nothing is asked where it matters", async () => {
    cluster.dryRun = full;
    const image = await terraform.plan({ ...config, image: UNKNOWN, env: { A: UNKNOWN } });
    expect(image.diagnostics).toHaveLength(1);
    expect((await terraform.plan({ ...config, instances: UNKNOWN })).diagnostics).toEqual([]);
    expect(cluster.dryRuns).toHaveLength(1);
  });

  test("a change that needs no other place is not asked for", async () => {
    const web = await terraform.apply(config);
    const asked = cluster.dryRuns.length;
    cluster.dryRun = full;
    expect((await terraform.plan({ ...config, image: "demo:2" }, web)).diagnostics).toEqual([]);
    expect(cluster.dryRuns).toHaveLength(asked);
    expect((await terraform.plan({ ...config, cpus: 4 }, web)).diagnostics).toHaveLength(1);
  });
});

test("a service of that name that is not in the state is not taken over", async () => {
  cluster.services.set("web", { name: "web", image: "other", instances: 1 });
  const { error, state } = await terraform.apply(config);
  expect(error).toMatch(/^\[name\] Service 'web' exists already: .*image other.*terraform import/);
  expect(state).toBeUndefined();
  expect(cluster.puts).toEqual([]);
});

test("instances that end again and again fail the apply at once, with their last words; the service stays in the state", async () => {
  cluster.views = [
    { phase: "failing", failures: 3, healthy: 0, problem: "image 'demo' is not there" },
  ];
  cluster.why = { refusals: [], failures: [{ node: "n1", message: "no such image: demo" }] };

  const { error, state } = await terraform.apply(config);

  expect(error).toContain(
    "Service 'web' does not run: Its instances end again and again. Image 'demo' is not there.",
  );
  expect(error).toContain("ended on n1: no such image: demo");
  expect(state).toMatchObject({ id: "test7/web" });
});

test("an instance no node takes fails the apply after a while, node by node", async () => {
  cluster.views = [{ phase: "unplaceable", healthy: 0, problem: "no node takes instance 1" }];
  cluster.why = {
    refusals: [{ node: "n1", rule: "resources", message: "needs 64 MiB of memory, 10 free" }],
    failures: [],
  };
  const { error } = await terraform.apply(config);
  expect(error).toContain("node n1: needs 64 MiB of memory, 10 free");
}, 40_000);

test("a service that is not healthy in time says how far it came", async () => {
  cluster.views = [{ phase: "deploying", updated: 1, healthy: 1 }];
  const { error, state } = await terraform.apply({ ...config, timeouts: { create: "1s" } });
  expect(error).toContain("1 of 3 instances are healthy after 1 s");
  expect(state).toBeDefined();
});

test("Consul down for a moment is waited out", async () => {
  cluster.problems = [storeDown, storeDown];
  expect((await terraform.apply(config)).error).toBe("");
});

test("Consul down for good is told at the deadline, and the state has no service that is not there", async () => {
  cluster.problems = Array.from({ length: 50 }, () => storeDown);
  const { error, state } = await terraform.apply({ ...config, timeouts: { create: "1500ms" } });
  expect(error).toContain("Consul does not answer at 127.0.0.1:8500");
  expect(state).toBeUndefined();
});

test("a refusal points at the attribute it is about", async () => {
  cluster.problems = [
    { status: 404, code: "not-found", detail: "none" },
    {
      status: 400,
      code: "bad-request",
      detail: "port 80 is taken",
      field: "ports[0].hostPort",
      rule: "free",
    },
  ];
  expect((await terraform.apply(config)).error).toMatch(
    /^\[ports\[0\]\.host_port\] .*Port 80 is taken/,
  );
});

test("a wrong token is told as such", async () => {
  cluster.problems = [{ status: 401, code: "unauthorized", detail: "the token is wrong" }];
  expect((await terraform.apply(config)).error).toContain("The token is wrong");
});

test("drift of every field is seen, and a service gone is gone", async () => {
  const web = await terraform.apply(config);
  cluster.services.set("web", { ...cluster.services.get("web"), instances: 1, env: { A: "b" } });
  const drifted = await terraform.read(web);
  expect(drifted.state).toMatchObject({ instances: 1, env: { A: "b" } });
  expect(await terraform.isSettled(config, drifted)).toBe(false);

  cluster.services.clear();
  expect((await terraform.read(web)).state).toBeUndefined();
});

test("a cluster that cannot be reached loses nothing on refresh", async () => {
  const web = await terraform.apply(config);
  await cluster.close();
  const read = await terraform.read(web);
  expect(read.state).toEqual(web.state);
  expect(read.warnings[0]?.summary).toBe("Service 'web' could not be refreshed");
  await cluster.listen();
});

test("a delete waits until the last instance has ended", async () => {
  const web = await terraform.apply(config);
  const running = { id: "web.1", node: "n1", state: "TASK_KILLING" };
  cluster.tasks = [[running], [running], [{ ...running, state: "TASK_KILLED" }]];
  expect(await terraform.destroy(web)).toMatchObject({ error: "", warnings: [] });
  expect(cluster.tasks).toHaveLength(1);
});

test("a delete that the cluster refuses keeps the service in the state", async () => {
  const web = await terraform.apply({ ...config, timeouts: { delete: "1s" } });
  cluster.problems = Array.from({ length: 50 }, () => storeDown);
  const left = await terraform.destroy(web);
  expect(left.error).toContain("Service 'web' could not be deleted");
  expect(left.state).toEqual(web.state);
});

test("an import by name finds the service through the provider's own key", async () => {
  const web = await terraform.apply(config);
  const found = await terraform.import("web");
  expect(found.state).toEqual(web.state);
  expect(await terraform.isSettled(config, found)).toBe(true);
  expect((await new Driver("covey_service").import("web")).error).toContain("COVEY_ACCESS_KEY");
});
