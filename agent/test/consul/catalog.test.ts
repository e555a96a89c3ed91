import { Resolver } from "node:dns/promises";
import { createServer } from "node:net";
import { createConsulCatalog } from "../../src/adapters/consul/catalog";
import type { Catalog, CatalogEntry } from "../../src/ports/catalog";
import { describeWith } from "../fakes/needs";
import { consulProbe } from "./consul-binary";
import { eventually } from "./eventually";
import { ManagedServers, dnsPort, net } from "./managed-servers";

jest.setTimeout(60_000);

describeWith("consul", consulProbe, "the catalog in Consul", () => {
  const servers = new ManagedServers([`${net}.21`]);
  const client = () => servers.options(0, { node: "n2", address: `${net}.22`, server: false });
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  const open = (node: string, address: string, change: { token?: string } = {}): Catalog =>
    createConsulCatalog({
      address,
      token: servers.token,
      cluster: "test",
      node,
      consulNode: (name) => name,
      agentOf: (name) => (name === "n2" ? `http://${net}.22:18500` : undefined),
      log: servers.recorded.log,
      ...change,
    });
  const own = open("n1", servers.url(0));
  const other = open("n2", `http://${net}.22:18500`);
  /** [] while there is no such name. */
  const resolve = (name: string): Promise<string[]> =>
    resolver.resolve4(`${name}.service.consul`).catch(() => []);

  beforeAll(async () => {
    resolver.setServers([`${net}.21:${dnsPort}`]);
    await servers.start(await servers.options(0));
    await servers.start(await client());
    await eventually("a catalog", async () => (await own.ping()) === undefined);
    await eventually("one on n2", async () => (await other.ping()) === undefined);
    await eventually("DNS for everybody", async () => (await resolve("consul")).length === 1);
  });
  afterAll(() => servers.close());

  test("an entry is in DNS as soon as it passes, with address and port, and out when it does not", async () => {
    await own.register(ttl("covey-task-a", "web", 31_001));
    expect(await resolve("web")).toEqual([]);
    await own.setHealth("covey-task-a", true, "HTTP 200");
    await eventually("an answer", async () => (await resolve("web")).includes(`${net}.21`));
    const [srv] = await resolver.resolveSrv("web.service.consul");
    expect(srv).toMatchObject({ port: 31_001 });
    await own.setHealth("covey-task-a", false, "HTTP 500\nwith a second line");
    await eventually("no answer", async () => (await resolve("web")).length === 0);
  });

  test("registered again, an entry keeps its state: a task taken over does not vanish from DNS", async () => {
    await own.register(ttl("covey-task-b", "kept", 31_002));
    await own.setHealth("covey-task-b", true, "");
    await eventually("an answer", async () => (await resolve("kept")).length === 1);
    await open("n1", servers.url(0)).register(ttl("covey-task-b", "kept", 31_002));
    expect(await resolve("kept")).toEqual([`${net}.21`]);
  });

  test("a ttl nobody renews runs out", async () => {
    await own.register({ ...ttl("covey-task-c", "brief", 1), check: { kind: "ttl", ttlMs: 300 } });
    await own.setHealth("covey-task-c", true, "");
    await eventually("no answer", async () => (await resolve("brief")).length === 0);
    await own.deregister("covey-task-c");
    expect(await own.listOwn()).not.toContain("covey-task-c");
  });

  test("an entry checked by tcp is in DNS at once, also in place of a ttl that failed, and follows the port", async () => {
    const listener = createServer((socket) => socket.destroy());
    const listen = (): Promise<void> =>
      new Promise((done) => listener.listen(18_700, `${net}.21`, done));
    await own.register({ ...ttl("covey-agent", "covey", 18_700), tags: ["voter", "master"] });
    expect(await resolve("master.covey")).toEqual([]);
    const entry: CatalogEntry = {
      ...ttl("covey-agent", "covey", 18_700),
      tags: ["voter", "master"],
      check: { kind: "tcp", intervalMs: 1000 },
    };
    await listen();
    await open("n1", servers.url(0)).register(entry);
    expect(await resolve("master.covey")).toEqual([`${net}.21`]);
    await new Promise((done) => listener.close(done));
    await eventually("it is critical", async () => (await resolve("covey")).length === 0);
    await listen();
    await eventually("it passes again", async () => (await resolve("master.covey")).length === 1);
    await new Promise((done) => listener.close(done));
    expect(await own.listOwn()).toContain("covey-agent");
  });

  test("lists its own entries only, and forgets what was taken out; twice is no error", async () => {
    await own.register(ttl("covey-task-d", "web", 31_004));
    await other.register(ttl("covey-task-e", "web", 31_005));
    expect(await own.listOwn()).toContain("covey-task-d");
    expect(await own.listOwn()).not.toContain("covey-task-e");
    expect(await other.listOwn()).toEqual(["covey-task-e"]);
    await own.deregister("covey-task-d");
    await own.deregister("covey-task-d");
    expect(await own.listOwn()).not.toContain("covey-task-d");
  });

  test("what is not there has no health to set, and ids are Covey's", async () => {
    await expect(own.setHealth("covey-task-none", true, "")).rejects.toThrow(
      /cannot set the health of covey-task-none: Consul at .* answered/,
    );
    await expect(own.register(ttl("web-1", "web", 1))).rejects.toThrow(/begin with 'covey-'/);
  });

  test("a wrong token is an error that says so and does not show it", async () => {
    const token = "00000000-1111-4222-8333-444444444444";
    const refused = open("n1", servers.url(0), { token });
    await expect(refused.register(ttl("covey-task-x", "x", 1))).rejects.toThrow(
      /403.*check the Consul token/,
    );
    await expect(refused.ping()).resolves.toMatch(/403/);
    await refused.listOwn().catch((error: unknown) => {
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(token);
    });
  });

  test("a node that lives is swept, and does not enter its services again", async () => {
    await other.register(ttl("covey-task-f", "swept", 31_006));
    await other.setHealth("covey-task-f", true, "");
    await eventually("an answer", async () => (await resolve("swept")).length === 1);
    expect(await own.removeNode("n2")).toBeGreaterThanOrEqual(1);
    expect(await resolve("swept")).toEqual([]);
    expect(await other.listOwn()).toEqual([]);
  });

  test("a node is swept also where Consul's name for it is not known, and may share its Consul agent with others", async () => {
    const external = (node: string, address: string): Catalog =>
      createConsulCatalog({
        address,
        token: servers.token,
        cluster: "test",
        node,
        log: servers.recorded.log,
      });
    const far = external("n3", `http://${net}.22:18500`);
    const near = external("n4", servers.url(0));
    for (const [catalog, id] of [
      [far, "covey-task-x"],
      [near, "covey-task-y"],
    ] as const) {
      await catalog.register(ttl(id, "foreign", 31_008));
      await catalog.setHealth(id, true, "");
    }
    await eventually(
      "two",
      async () => (await resolver.resolveSrv("foreign.service.consul")).length === 2,
    );
    const asking = external("n1", servers.url(0));
    expect(await asking.removeNode("n3")).toBe(1);
    await asking.removeNode("n4");
    await eventually("nobody", async () => (await resolve("foreign")).length === 0);
    expect(await near.listOwn()).toEqual([]);
    await far.deregister("covey-task-x");
  });

  test("a node whose Consul is gone is swept by another; no node, nothing to do", async () => {
    await other.register(ttl("covey-task-g", "lost", 31_007));
    await other.setHealth("covey-task-g", true, "");
    await eventually("an answer", async () => (await resolve("lost")).length === 1);
    const consul = await servers.start(await client());
    await consul.stop({ leave: false });
    expect(await own.removeNode("n2")).toBe(1);
    expect(await resolve("lost")).toEqual([]);
    expect(await own.removeNode("n2")).toBe(0);
    expect(await own.removeNode("nobody")).toBe(0);
  });

  test("a Consul that is away is told by ping, and is an error of all else", async () => {
    const reason = await other.ping();
    expect(reason).toContain(`http://${net}.22:18500`);
    expect(reason).toContain("ECONNREFUSED");
    await expect(other.deregister("covey-task-g")).rejects.toThrow(/cannot be reached/);
  });
});

function ttl(id: string, service: string, port: number): CatalogEntry {
  return {
    id,
    service,
    address: `${net}.21`,
    port,
    tags: [],
    meta: {},
    check: { kind: "ttl", ttlMs: 60_000 },
  };
}
