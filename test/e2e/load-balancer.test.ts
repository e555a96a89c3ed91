/** A load balancer through the real Terraform: HAProxy fed by Consul, changed and bereft of servers under traffic. */
import { existsSync, readdirSync } from "node:fs";
import { Resolver } from "node:dns/promises";
import { Agent } from "node:http";
import { run } from "../../scripts/command";
import { processesOf } from "../../scripts/demo/processes";
import { ensureHaproxyImage } from "../../scripts/images/haproxy-image";
import { waitFor } from "../../scripts/wait";
import { OneNode } from "./one-node";
import { expectDone, TerraformProject } from "./terraform-project";
import { ask, Traffic } from "./traffic";
import type { Answer } from "./traffic";

const address = "127.78.20.1";
const place = new OneNode("lbt", address);
const project = new TerraformProject();
const front = { host: address, port: 8080 };
const statsPage = { host: address, port: 8404 };
const login = { authorization: `Basic ${Buffer.from("ops:hunter 22").toString("base64")}` };

/** Says its own name at `/` and `/api`. */
const sayName =
  "mkdir -p /www/api; hostname | tee /www/api/index.html > /www/index.html; exec busybox httpd -f -p 80 -h /www";

function service(name: string, instances: number): Record<string, unknown> {
  return place.service({
    name,
    instances,
    command: ["sh", "-c", sayName],
    health: { http: "/", port: "http" },
  });
}

function write(rules: readonly Record<string, unknown>[], sticky = false): void {
  project.write({
    covey_cluster: { c: place.cluster() },
    covey_node: { n1: place.node({ resources: { cpus: 4, memory_mib: 2048 } }) },
    covey_service: { web: service("web", 3), api: service("api", 1) },
    covey_load_balancer: {
      front: {
        name: "front",
        cluster: "${covey_cluster.c.access_key}",
        listeners: [
          { port: front.port, service: "${covey_service.web.name}", rules, sticky },
          { port: 8081, mode: "tcp", service: "${covey_service.api.name}" },
        ],
        drain_ms: 15_000,
        keep_alive_timeout_ms: 5000,
        stats: { port: statsPage.port, user: "ops", password: "hunter 22" },
        depends_on: ["covey_node.n1"],
      },
    },
  });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function containersOf(name: string): Promise<readonly string[]> {
  const filters = ["label=covey.cluster=lbt", `name=covey-${name}.`];
  const listed = await run("docker", ["ps", "-q", ...filters.flatMap((one) => ["--filter", one])]);
  return listed.split("\n").filter((id) => id !== "");
}

/** What different instances answer to so many requests. */
async function namesIn(times: number, port = front.port): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let i = 0; i < times; i++) names.add((await ask({ host: address, port })).text);
  return names;
}

beforeAll(async () => {
  await ensureHaproxyImage(() => undefined);
  write([]);
  expectDone(await project.init());
}, 300_000);

afterAll(async () => {
  await project.destroy();
  project.remove();
  place.remove();
}, 120_000);

describe("a load balancer described in Terraform", () => {
  it("serves from the moment that apply returns, and the next plan is empty", async () => {
    expectDone(await project.apply());
    expect((await namesIn(12)).size).toBe(3);
    expect((await namesIn(2, 8081)).size).toBe(1);
    expectDone(await project.plan());
  }, 180_000);

  it("is in DNS with its own port, and shows its page to whom it knows", async () => {
    const resolver = new Resolver({ timeout: 1000, tries: 2 });
    resolver.setServers([`${address}:53`]);
    expect(await resolver.resolveSrv("front.service.consul")).toMatchObject([{ port: front.port }]);
    expect((await ask(statsPage)).status).toBe(401);
    const page = await ask({ ...statsPage, headers: login });
    expect(page.text).toContain("web.http.roundrobin");
  }, 30_000);

  it("changes its rules without one failed request, on connections old and new", async () => {
    const before = await containersOf("front");
    const traffic = new Traffic(front);
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await ask({ ...front, agent: kept })).status).toBe(200);
    await traffic.flows(100);
    write([{ path_prefix: "/api", service: "api" }]);
    const startedMs = performance.now();
    const applied = project.apply();
    const seen = await waitFor(
      { what: "the new rule to apply", deadlineMs: 60_000 },
      async (): Promise<Answer | undefined> => {
        const answer = await ask({ ...front, path: "/api/" });
        return answer.text === (await ask({ host: address, port: 8081 })).text ? answer : undefined;
      },
    );
    const reloadMs = performance.now() - startedMs;
    expect(seen.status).toBe(200);
    expectDone(await applied);
    expect((await ask({ ...front, agent: kept })).status).toBe(200);
    await traffic.flows(100);
    await traffic.stop();
    kept.destroy();
    say(
      `rules changed: ${traffic.failures.length} of ${traffic.answered} requests failed, slowest ${traffic.slowestMs.toFixed(0)} ms; rule seen ${reloadMs.toFixed(0)} ms after apply began, applied in ${(performance.now() - startedMs).toFixed(0)} ms`,
    );
    expect(traffic.failures).toEqual([]);
    expect(traffic.answered).toBeGreaterThan(400);
    await waitFor({ what: "the old instance to end", deadlineMs: 20_000 }, async () => {
      const after = await containersOf("front");
      return after.length === 1 && after[0] !== before[0] ? after : undefined;
    });
  }, 180_000);

  it("loses no request when a server is killed, and finds the one that takes its place", async () => {
    const traffic = new Traffic(front);
    await traffic.flows(100);
    const before = await namesIn(12);
    const [victim = ""] = await containersOf("web");
    await run("docker", ["kill", victim]);
    await waitFor({ what: "the new server to answer", deadlineMs: 60_000 }, async () => {
      const now = await namesIn(12);
      return now.size === 3 && [...now].some((name) => !before.has(name)) ? now : undefined;
    });
    await traffic.flows(100);
    await traffic.stop();
    say(
      `server killed: ${traffic.failures.length} of ${traffic.answered} requests failed, slowest ${traffic.slowestMs.toFixed(0)} ms`,
    );
    expect(traffic.failures).toEqual([]);
  }, 120_000);

  it("comes back on the same port when it is killed itself", async () => {
    const [killed = ""] = await containersOf("front");
    await run("docker", ["kill", killed]);
    await waitFor({ what: "the next instance to serve", deadlineMs: 60_000 }, async () =>
      (await ask(front)).status === 200 ? true : undefined,
    );
    expect(await containersOf("front")).not.toContain(killed);
  }, 90_000);

  it("keeps a client with its instance by a cookie, also over a change", async () => {
    write([{ path_prefix: "/api", service: "api" }], true);
    expectDone(await project.apply());
    const clients = await Promise.all(Array.from({ length: 6 }, () => ask(front)));
    expect(new Set(clients.map(({ headers }) => headers["set-cookie"]?.[0])).size).toBe(3);
    write([{ host: "api.example.org", service: "api" }], true);
    expectDone(await project.apply());
    for (const { text, headers } of clients) {
      const cookie = headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
      expect((await ask({ ...front, headers: { cookie } })).text).toBe(text);
    }
  }, 180_000);

  it("is imported by its name, its plan then being empty", async () => {
    process.env["COVEY_ACCESS_KEY"] = String(
      project.attributes("covey_cluster", "c")?.["access_key"],
    );
    try {
      expectDone(await project.terraform("state", "rm", "covey_load_balancer.front"));
      expectDone(await project.terraform("import", "covey_load_balancer.front", "front"));
    } finally {
      delete process.env["COVEY_ACCESS_KEY"];
    }
    const before = await containersOf("front");
    expectDone(await project.apply());
    expectDone(await project.plan());
    expect(await containersOf("front")).toEqual(before);
  }, 120_000);

  it("leaves nothing behind when everything is destroyed", async () => {
    expectDone(await project.destroy());
    expect(await containersOf("front")).toEqual([]);
    expect(processesOf(place.folder)).toEqual([]);
    expect(existsSync(place.dataDir)).toBe(false);
    expect(readdirSync("/var/opt").filter((name) => name.startsWith("covey-haproxy."))).toEqual([]);
  }, 120_000);
});
