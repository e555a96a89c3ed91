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
  const key = accessKey([await cluster.listen()]);
  terraform = new Driver("covey_load_balancer", { accessKey: key });
  config = { name: "front", cluster: key, listeners: [{ port: 80, service: "web" }] };
});

afterEach(() => cluster.close());

const env = (put: Model | undefined): Record<string, string> =>
  put?.["env"] as Record<string, string>;
const attribute = (planned: unknown, name: string): unknown => (planned as Model)[name];
const stats = { port: 8404, user: "ops", password: "hunter 22" };

test("a load balancer is put as a service, settled, changed in place and deleted", async () => {
  const made = await terraform.apply(config);
  expect(made.error).toBe("");
  expect(made.state).toMatchObject({ id: "test7/front", healthy: 1, image: "covey-haproxy:1" });
  expect(cluster.puts[0]).toMatchObject({
    network: "host",
    sharedPorts: [80],
    ports: [{ name: "status", containerPort: 0 }],
    health: { kind: "http", path: "/healthz", port: "status" },
    constraints: [{ attribute: "node", operator: "UNIQUE" }],
    container: { stopSignal: "USR1" },
    killGraceMs: 35_000,
    env: { HAPROXY_CONFIG: made.state?.["haproxy_config"] },
  });
  const read = await terraform.read(made);
  expect(read.state).toEqual(made.state);
  expect(await terraform.isSettled(config, read)).toBe(true);

  const rules = [{ path_prefix: "/api", service: "api" }];
  const changed = await terraform.apply(
    { ...config, listeners: [{ port: 80, service: "web", rules }] },
    read,
  );
  expect(changed.error).toBe("");
  expect(env(cluster.puts[1])["HAPROXY_CONFIG"]).toContain("_api._tcp.service.consul");
  expect(await terraform.destroy(changed)).toMatchObject({ error: "", state: undefined });
  expect(cluster.services.size).toBe(0);
});

test("its configuration is in the plan where it is known, and what is not known yet is settled later", async () => {
  const known = await terraform.plan(config);
  expect(attribute(known.planned, "haproxy_config")).toContain("_web._tcp.service.consul");
  const listeners = [{ port: 80, service: UNKNOWN }];
  const unknown = await terraform.plan({ ...config, listeners });
  expect(unknown.diagnostics).toEqual([]);
  expect(attribute(unknown.planned, "haproxy_config")).toBe(UNKNOWN);
});

test("the plan warns where the cluster has no place for it", async () => {
  const summary = "0 of 1 instances have a place";
  cluster.dryRun = { wanted: 1, placed: 0, nodes: {}, summary, refusals: [] };
  expect((await terraform.plan(config)).diagnostics).toMatchObject([
    {
      severity: "warning",
      summary: "Service 'front' does not fit into cluster 'test7' as it is now",
    },
  ]);
  expect(cluster.dryRuns).toMatchObject([{ name: "front", sharedPorts: [80] }]);
});

test("an import brings back all that was said", async () => {
  const said = {
    ...config,
    instances: 2,
    stats,
    constraints: [{ attribute: "edge", operator: "LIKE", value: "yes" }],
    listeners: [
      { port: 80, rules: [{ host: "*.a.org", service: "web" }], sticky: true },
      { port: 5432, mode: "tcp", service: "db", balance: "leastconn" },
    ],
  };
  const made = await terraform.apply(said);
  expect(made.error).toBe("");
  const imported = await terraform.import("front");
  expect(imported.error).toBe("");
  expect(imported.state).toEqual(made.state);
  expect(await terraform.isSettled(said, imported)).toBe(true);
});

test("what was changed by hand is seen and put right, be it an attribute or what none shows", async () => {
  const made = await terraform.apply(config);
  const service = cluster.services.get("front") ?? {};
  cluster.services.set("front", { ...service, instances: 3 });
  expect((await terraform.read(made)).state).toMatchObject({ instances: 3 });

  for (const changes of [{ killGraceMs: 1 }, { env: {} }, { sharedPorts: [81] }]) {
    cluster.services.set("front", { ...service, ...changes });
    const read = await terraform.read(made);
    expect(read.state).toMatchObject({ haproxy_config: null, listeners: [{ port: 80 }] });
    expect(await terraform.isSettled(config, read)).toBe(false);
    expect((await terraform.apply(config, read)).error).toBe("");
    expect(cluster.services.get("front")).toEqual(service);
  }
});

test("a service that is none is not imported", async () => {
  cluster.services.set("web", { name: "web", ports: [], env: {}, constraints: [], instances: 1 });
  expect((await terraform.import("web")).error).toMatch(/'web' is no load balancer.*covey_service/);
});

test("one of its name that is there already is not taken over", async () => {
  await terraform.apply(config);
  expect((await terraform.apply(config)).error).toMatch(/exists already/);
});

test("the password of the stats page is in no configuration, but in the environment", async () => {
  const made = await terraform.apply({ ...config, stats });
  expect(made.error).toBe("");
  const { STATS_PASSWORD, ...rest } = env(cluster.puts[0]);
  expect(STATS_PASSWORD).toBe("hunter 22");
  expect(JSON.stringify(rest)).not.toContain("hunter");
});

const listener = (rule: Model): Model => ({
  listeners: [{ port: 80, service: "web", rules: [{ service: "api", ...rule }] }],
});

test.each([
  ["a line of its own in a host", listener({ host: "a.org\n  stats enable" }), /host/],
  ["a line at the end of a host", listener({ host: "a.org\n" }), /host/],
  ["a space in a host", listener({ host: "a.org or TRUE" }), /host/],
  ["a quote in a host", listener({ host: 'a"b.org' }), /host/],
  ["a port in a host", listener({ host: "a.org:80" }), /without a port/],
  ["capitals in a host", listener({ host: "A.org" }), /small letters/],
  ["a star in the middle", listener({ host: "a.*.org" }), /host/],
  ["a line in a path", listener({ path_prefix: "/a\nbackend x" }), /path/],
  ["a line at the end of a path", listener({ path_prefix: "/a\n" }), /path/],
  ["a space in a path", listener({ path_prefix: "/a /b" }), /%XX/],
  ["a variable in a path", listener({ path_prefix: "/${HOME}" }), /path/],
  ["a quote in a path", listener({ path_prefix: "/a'b" }), /path/],
  ["a comment in a path", listener({ path_prefix: "/a#b" }), /path/],
  ["a backslash in a path", listener({ path_prefix: "/a\\b" }), /path/],
  ["a path from nowhere", listener({ path_prefix: "a" }), /beginning with `\/`/],
  ["a service that is no name", { listeners: [{ port: 80, service: "web\n" }] }, /DNS label/],
  ["a user with a colon", { stats: { ...stats, user: "a:b" } }, /user/],
  ["a password of two lines", { stats: { ...stats, password: "a\nb" } }, /printable/],
  ["an unknown balance", { listeners: [{ port: 80, service: "web", balance: "x" }] }, /leastconn/],
  ["no listener", { listeners: [] }, /listeners/],
] as const)("%s is refused before anything is sent", async (_what, changes, refusal) => {
  const said = await terraform.validate({ ...config, ...changes });
  expect(said.map(({ path, detail }) => `${path} ${detail}`).join("\n")).toMatch(refusal);
});

test("a contradiction that shows only in the plan is refused there", async () => {
  const listeners = [{ port: 80, mode: "tcp", service: "web", sticky: true }];
  const plan = await terraform.plan({ ...config, listeners });
  expect(plan.diagnostics.map(({ detail }) => detail).join()).toContain("carries no cookies");
});

test("more rules than the environment takes are refused with the numbers", async () => {
  const host = (i: number): string =>
    `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.h${i}.org`;
  const rules = [...Array(100).keys()].map((i) => ({ host: host(i), service: `s${i}` }));
  const made = await terraform.plan({ ...config, listeners: [{ port: 80, rules }] });
  expect(made.diagnostics.map(({ detail }) => detail).join()).toMatch(
    /bytes, and 32768 is the most/,
  );
});
