import { Resolver } from "node:dns/promises";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createConsulCatalog } from "../../src/adapters/consul/catalog";
import { ConsulProcess } from "../../src/adapters/consul/consul-process";
import { createConsulCall } from "../../src/adapters/consul/http";
import { describeWith } from "../fakes/needs";
import { consulProbe } from "./consul-binary";
import { eventually } from "./eventually";
import { ManagedServers, dnsPort, httpPort, net } from "./managed-servers";

jest.setTimeout(60_000);

describeWith("consul", consulProbe, "three managed servers", () => {
  const servers = new ManagedServers([`${net}.1`, `${net}.2`, `${net}.3`]);
  let processes: ConsulProcess[] = [];
  const ask = async (index: number, path: string, token?: string) =>
    createConsulCall({ address: servers.url(index), token })({
      method: "GET",
      path,
      deadlineMs: 5000,
    });
  const catalog = createConsulCatalog({
    address: servers.url(0),
    token: servers.token,
    cluster: "test",
    node: "n1",
    consulNode: (name) => name,
    log: servers.recorded.log,
  });
  const resolver = new Resolver({ timeout: 1000, tries: 1 });

  beforeAll(async () => {
    resolver.setServers([`${net}.3:${dnsPort}`]);
    processes = await servers.startAll();
  });
  afterAll(() => servers.close());

  test("have a leader and know their token within seconds, and all three are its peers", async () => {
    await eventually("a leader", async () => (await catalog.ping()) === undefined, 10_000);
    for (const index of [0, 1, 2])
      await eventually("its token is known", async () => {
        return (await ask(index, "/v1/acl/token/self", servers.token)).status === 200;
      });
    const peers = await eventually("three peers", async () => {
      const answer = await ask(0, "/v1/status/peers");
      const list = JSON.parse(answer.text) as string[];
      return list.length === 3 && list;
    });
    expect(peers.sort()).toEqual([`${net}.1:8300`, `${net}.2:8300`, `${net}.3:8300`]);
  });

  test("answer DNS to anybody as soon as an entry is healthy, on every server", async () => {
    await catalog.register({
      id: "covey-task-dns",
      service: "open",
      address: `${net}.1`,
      port: 80,
      tags: [],
      meta: {},
      check: { kind: "ttl", ttlMs: 60_000 },
    });
    await catalog.setHealth("covey-task-dns", true, "");
    const found = await eventually("an answer", () => resolver.resolve4("open.service.consul"));
    expect(found).toEqual([`${net}.1`]);
  });

  test("let those without the token read names, but neither read nor write KV", async () => {
    const names = await eventually("open reads", async () => {
      const answer = await ask(1, "/v1/catalog/services");
      return answer.text.includes("consul") && answer;
    });
    expect(names.status).toBe(200);
    expect((await ask(1, "/v1/kv/covey/test/term")).status).toBe(403);
    expect((await ask(1, "/v1/acl/tokens")).status).toBe(403);
    expect((await ask(1, "/v1/acl/tokens", servers.token)).status).toBe(200);
    const write = createConsulCall({ address: servers.url(1) });
    const written = await write({ method: "PUT", path: "/v1/kv/x", body: 1, deadlineMs: 5000 });
    expect(written.status).toBe(403);
  });

  test("may each open DNS again, it harms nothing", async () => {
    await eventually("all three know", async () => {
      await Promise.all(processes.map((consul) => consul.ensureAnonymousReads()));
      return true;
    });
    await processes[0]?.ensureAnonymousReads();
    const policies = await ask(0, "/v1/acl/policies", servers.token);
    expect(policies.text.match(/"covey-anonymous-reads"/g)).toHaveLength(1);
  });

  test("refuse an agent that has another gossip key", async () => {
    const gossipKey = Buffer.alloc(32, 1).toString("base64");
    const stranger = await servers.options(0, {
      node: "stranger",
      address: `${net}.9`,
      gossipKey,
      server: false,
    });
    await servers.start(stranger);
    await eventually(
      "its refusal",
      () =>
        readLogs(join(servers.root, "stranger/logs")).includes(`${net}.1`) &&
        /decrypt|refused|EOF|failed to join/i.test(readLogs(join(servers.root, "stranger/logs"))),
    );
    const members = await ask(0, "/v1/agent/members", servers.token);
    expect(members.text).toContain('"n3"');
    expect(members.text).not.toContain("stranger");
  });

  test("take in a client, through which names are found as well", async () => {
    const client = await servers.options(0, { node: "n4", address: `${net}.4`, server: false });
    await servers.start(client);
    const local = new Resolver({ timeout: 1000, tries: 1 });
    local.setServers([`${net}.4:${dnsPort}`]);
    const found = await eventually("an answer", () => local.resolve4("open.service.consul"));
    expect(found).toEqual([`${net}.1`]);
  });

  test("run on when the agent ends; the next agent takes the same process over", async () => {
    const pid = processes[1]?.pid;
    processes[1]?.detach();
    const next = await servers.start(await servers.options(1));
    expect(next.pid).toBe(pid);
    processes[1] = next;
  });

  test("are found without their pid file too, and then restarted", async () => {
    const pid = processes[1]?.pid;
    processes[1]?.detach();
    rmSync(join(servers.root, "n2/consul.pid.json"));
    const next = await servers.start(await servers.options(1));
    processes[1] = next;
    expect(next.pid).not.toBe(pid);
    expect(pid !== undefined && isAlive(pid)).toBe(false);
  });

  test("are restarted where their configuration changed", async () => {
    const pid = processes[2]?.pid;
    processes[2]?.detach();
    const changed = await servers.options(2, { recursors: ["127.0.0.2"] });
    const next = await servers.start(changed);
    processes[2] = next;
    expect(next.pid).not.toBe(pid);
    expect(readFileSync(join(servers.root, "n3/consul.json"), "utf8")).toContain("127.0.0.2");
  });

  test("are started again when killed, and serve again what they held", async () => {
    await eventually("a leader", async () => (await catalog.ping()) === undefined);
    const killed = processes[0]?.pid;
    if (killed === undefined) throw new Error("n1 does not run");
    process.kill(killed, "SIGKILL");
    await eventually("another process", () => {
      const pid = processes[0]?.pid;
      return pid !== undefined && pid !== killed;
    });
    await eventually("its entries", async () =>
      (await catalog.listOwn()).includes("covey-task-dns"),
    );
    expect(await eventually("an answer", () => resolver.resolve4("open.service.consul"))).toEqual([
      `${net}.1`,
    ]);
  });

  test("keep their secrets to their owner and out of every log", () => {
    for (const name of ["consul.json", "consul.pid.json", "key.pem", "cert.pem", "ca.pem"])
      expect(statSync(join(servers.root, "n1", name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(servers.root, "n1")).mode & 0o777).toBe(0o700);
    expect(servers.recorded.text).not.toContain(servers.token);
    expect(servers.recorded.text).not.toContain(servers.gossipKey);
    expect(readLogs(join(servers.root, "n1/logs"))).not.toContain(servers.token);
    expect(readFileSync(`/proc/${processes[0]?.pid ?? 0}/cmdline`, "utf8")).not.toContain(
      servers.token,
    );
  });

  test("leave one after another, the others keep a leader; the last one ends too", async () => {
    const started = performance.now();
    await processes[2]?.stop({ leave: true });
    const left = await eventually("two peers", async () => {
      const list = JSON.parse((await ask(0, "/v1/status/peers")).text) as string[];
      return list.length === 2 && list;
    });
    expect(left).not.toContain(`${net}.3:8300`);
    await processes[1]?.stop({ leave: true });
    await eventually("a leader of one", async () => (await catalog.ping()) === undefined);
    await processes[0]?.stop({ leave: true });
    expect(processes.map((consul) => consul.pid)).toEqual([undefined, undefined, undefined]);
    expect(readdirSync(join(servers.root, "n1"))).not.toContain("consul.pid.json");
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describeWith("consul", consulProbe, "a managed Consul that cannot be", () => {
  const servers = new ManagedServers([`${net}.5`]);
  afterAll(() => servers.close());

  test("whose program is missing: the error names it and the setting", async () => {
    const consul = new ConsulProcess(await servers.options(0, { binary: "/nowhere/consul" }));
    await expect(consul.start()).rejects.toThrow(
      /\/nowhere\/consul is missing or not executable: .*consul\.binary/,
    );
  });

  test("whose program is something else", async () => {
    const consul = new ConsulProcess(await servers.options(0, { binary: "/bin/true" }));
    await expect(consul.start()).rejects.toThrow(/\/bin\/true does not say it is Consul/);
  });

  test("whose program is of a version nobody knows", async () => {
    const binary = join(servers.root, "consul");
    writeFileSync(binary, "#!/bin/sh\necho Consul v1.6.2\n", { mode: 0o755 });
    const consul = new ConsulProcess(await servers.options(0, { binary }));
    await expect(consul.start()).rejects.toThrow(/is Consul 1\.6\.2: from 1\.8/);
  });

  test("whose port is taken: Consul's own reason is told, nothing is left running", async () => {
    const taken = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => taken.listen(httpPort, `${net}.5`, resolve));
    const consul = new ConsulProcess(await servers.options(0));
    const outcome = consul.start().then(
      () => "it started",
      (error: unknown) => String(error),
    );
    const told = await outcome;
    await new Promise((resolve) => taken.close(resolve));
    expect(told).toMatch(/ended at once: .*address already in use/);
    expect(consul.pid).toBeUndefined();
  });
});

function readLogs(dir: string): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), "utf8"))
    .join("\n");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
