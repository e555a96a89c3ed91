import { createConsulCall } from "../../src/adapters/consul/http";
import { createConsulStore } from "../../src/adapters/consul/store";
import type { DesiredChange, DesiredState } from "../../src/model/desired-state";
import type { ServiceSpec } from "../../src/model/service";
import type { Store } from "../../src/ports/store";
import { describeWith } from "../fakes/needs";
import { consulProbe } from "./consul-binary";
import { eventually } from "./eventually";
import { ManagedServers, net } from "./managed-servers";

jest.setTimeout(60_000);

describeWith("consul", consulProbe, "the store in Consul", () => {
  const servers = new ManagedServers([`${net}.11`]);
  const address = servers.url(0);
  let clusters = 0;
  let cluster = "";
  const open = (
    change: { token?: string; address?: string; datacenter?: string; node?: string } = {},
  ): Store =>
    createConsulStore({
      address,
      token: servers.token,
      cluster,
      node: "n1",
      datacenter: "dc1",
      log: servers.recorded.log,
      ...change,
    });
  const write = (key: string, value: unknown) =>
    createConsulCall({ address, token: servers.token })({
      method: "PUT",
      path: `/v1/kv/covey/${cluster}/${key}`,
      body: value,
      deadlineMs: 5000,
    });
  const stored = async (): Promise<DesiredState> => {
    const reader = await open().claim(1_000_000);
    if (reader.kind !== "claimed") throw new Error(JSON.stringify(reader));
    return reader.state;
  };

  beforeAll(async () => {
    await servers.start(await servers.options(0));
    cluster = "first";
    await eventually("a store", async () => (await open().claim(1)).kind === "claimed");
  });
  beforeEach(() => {
    cluster = `c${++clusters}`;
  });
  afterAll(() => servers.close());

  test("a claim of an empty store gives the empty state of that term", async () => {
    expect(await open().claim(3)).toEqual({
      kind: "claimed",
      state: { term: 3, nodes: {}, services: {} },
    });
  });

  test("what was committed is there whole for the next to claim, optional fields too", async () => {
    const store = open();
    await store.claim(1);
    const changes: DesiredChange[] = [
      put(service("web")),
      put(rich),
      { kind: "put-node", node: { name: "n1", address: "10.0.0.1", voter: true, draining: false } },
    ];
    expect(await store.commit(1, changes)).toEqual({ kind: "committed" });
    expect(await store.commit(1, [{ kind: "delete-service", name: "gone" }])).toEqual({
      kind: "committed",
    });
    const next = await open().claim(2);
    expect(next).toEqual({
      kind: "claimed",
      state: {
        term: 2,
        nodes: { n1: { name: "n1", address: "10.0.0.1", voter: true, draining: false } },
        services: { web: service("web"), rich },
      },
    });
  });

  test("of two masters only the higher term writes; nothing of the lower's transaction is applied", async () => {
    const old = open();
    const next = open();
    await old.claim(1);
    await old.commit(1, [put(service("web"))]);
    await next.claim(2);
    const refused = await old.commit(1, [
      { kind: "delete-service", name: "web" },
      put(service("other")),
    ]);
    expect(refused).toEqual({ kind: "fenced", term: 2 });
    expect(await next.commit(2, [put(service("mine"))])).toEqual({ kind: "committed" });
    expect(Object.keys((await stored()).services)).toEqual(["mine", "web"]);
  });

  test("a lower term cannot claim what a higher has", async () => {
    await open().claim(5);
    expect(await open().claim(4)).toEqual({ kind: "fenced", term: 5 });
  });

  test("a term belongs to the master that claimed it first, also against one of the same term", async () => {
    const [mine, other] = [open(), open({ node: "n2" })];
    expect(await mine.claim(7)).toMatchObject({ kind: "claimed" });
    expect(await other.claim(7)).toEqual({ kind: "fenced", term: 7 });
    expect(await mine.commit(7, [put(service("web"))])).toEqual({ kind: "committed" });
    expect(await other.claim(8)).toMatchObject({ kind: "claimed" });
    expect(await mine.commit(7, [put(service("api"))])).toEqual({ kind: "fenced", term: 8 });
  });

  test("claiming one's own term again is allowed, and commits go on", async () => {
    const store = open();
    await store.claim(5);
    const again = open();
    expect((await again.claim(5)).kind).toBe("claimed");
    expect(await store.commit(5, [put(service("web"))])).toEqual({ kind: "committed" });
    expect(await again.commit(5, [put(service("web"))])).toEqual({ kind: "committed" });
  });

  test("of many that claim different terms at once, the highest ends up with the store", async () => {
    const terms = [1, 2, 3, 4, 5, 6];
    const stores = terms.map((term) => ({ term, store: open() }));
    const claims = await Promise.all(stores.map(({ term, store }) => store.claim(term)));
    expect(claims[5]?.kind).toBe("claimed");
    for (const { term, store } of stores.slice(0, 5))
      if (claims[term - 1]?.kind === "claimed")
        expect(await store.commit(term, [put(service("web"))])).toEqual({
          kind: "fenced",
          term: 6,
        });
    expect((await stored()).services).toEqual({});
  });

  test("a store that was emptied under its master takes no writes until it is claimed again", async () => {
    const store = open();
    await store.claim(7);
    await write("term", { term: 2 });
    expect(await store.commit(7, [put(service("web"))])).toMatchObject({
      kind: "unavailable",
      reason: expect.stringMatching(/set back to term 2.*claimed again/) as string,
    });
    expect((await store.claim(7)).kind).toBe("claimed");
    expect(await store.commit(7, [put(service("web"))])).toEqual({ kind: "committed" });
  });

  test("what can never be written is refused with the limit and the thing", async () => {
    const store = open();
    await store.claim(1);
    const many = Array.from({ length: 64 }, (_, index) => put(service(`s${index}`)));
    await expect(store.commit(1, many)).rejects.toThrow(/64 changes in one write: at most 63/);
    expect(await store.commit(1, many.slice(1))).toEqual({ kind: "committed" });
    const big = put({ ...service("big"), env: { A: "x".repeat(600_000) } });
    await expect(store.commit(1, [big])).rejects.toThrow(
      /services\/big would hold 600\d\d\d bytes/,
    );
    await expect(store.commit(2, [])).rejects.toThrow(/without a claim/);
  });

  test("a watch tells the state at first and after each change, and nothing after its end", async () => {
    const store = open();
    await store.claim(1);
    const seen: DesiredState[] = [];
    const end = new AbortController();
    open().watch((state) => seen.push(state), end.signal);
    await eventually("the first state", () => seen.length === 1);
    await store.commit(1, [put(service("web"))]);
    await eventually("web", () => seen.at(-1)?.services["web"] !== undefined);
    await store.commit(1, [{ kind: "delete-service", name: "web" }]);
    await eventually("no web", () => seen.at(-1)?.services["web"] === undefined);
    end.abort();
    const count = seen.length;
    await store.commit(1, [put(service("later"))]);
    await stored();
    expect(seen).toHaveLength(count);
  });

  test("a value that cannot be read is named, left alone, and stands as last read", async () => {
    const store = open();
    await store.claim(1);
    await store.commit(1, [put(service("web")), put(service("other"))]);
    const seen: DesiredState[] = [];
    const end = new AbortController();
    store.watch((state) => seen.push(state), end.signal);
    await eventually("both", () => seen.length === 1);
    await write("services/web", { name: "web", image: 7 });
    await write("services/strange", "no object");
    await store.commit(1, [put({ ...service("other"), instances: 9 })]);
    const state = await eventually("the change", () => {
      const last = seen.at(-1);
      return last?.services["other"]?.instances === 9 && last;
    });
    end.abort();
    expect(state.services["web"]).toEqual(service("web"));
    expect(state.services["strange"]).toBeUndefined();
    expect(servers.recorded.text).toContain(
      `"path":"covey/${cluster}/services/web","why":"image is not a string"`,
    );
  });

  test("a wrong token, a wrong datacenter and a wrong address are unavailable, saying which", async () => {
    const token = "00000000-1111-4222-8333-444444444444";
    expect(await open({ token }).claim(1)).toMatchObject({
      kind: "unavailable",
      reason: expect.stringMatching(/403.*check the Consul token/) as string,
    });
    expect(await open({ datacenter: "nowhere" }).claim(1)).toMatchObject({
      kind: "unavailable",
      reason: expect.stringMatching(/datacenter/) as string,
    });
    expect(await open({ address: `http://${net}.12:1` }).claim(1)).toEqual({
      kind: "unavailable",
      reason: `Consul at http://${net}.12:1 cannot be reached (ECONNREFUSED)`,
    });
    expect(servers.recorded.text).not.toContain(token);
  });

  // Last: the others need Consul.
  test("while Consul is away writes are unavailable; when it is back, claim, writes and watch go on", async () => {
    const store = open();
    await store.claim(1);
    const seen: DesiredState[] = [];
    const end = new AbortController();
    open().watch((state) => seen.push(state), end.signal);
    await eventually("the first state", () => seen.length === 1);
    const consul = await servers.start(await servers.options(0));
    await consul.stop({ leave: false });
    expect(await store.commit(1, [put(service("web"))])).toMatchObject({ kind: "unavailable" });
    await consul.start();
    await eventually(
      "a write",
      async () => (await store.commit(1, [put(service("web"))])).kind === "committed",
    );
    await eventually("the watch", () => seen.at(-1)?.services["web"] !== undefined);
    end.abort();
    expect(seen.every((state) => state.term === 1)).toBe(true);
  });
});

function put(spec: ServiceSpec): DesiredChange {
  return { kind: "put-service", spec };
}

function service(name: string): ServiceSpec {
  return {
    name,
    image: "web:1",
    instances: 3,
    cpus: 0.1,
    memMiB: 32,
    ports: [],
    network: "bridge",
    env: {},
    command: undefined,
    health: undefined,
    constraints: [],
    killGraceMs: 3000,
  };
}

const rich: ServiceSpec = {
  ...service("rich"),
  ports: [
    { name: "http", containerPort: 80, hostPort: undefined, protocol: "tcp" },
    { name: "dns", containerPort: 53, hostPort: 5353, protocol: "udp" },
  ],
  network: "host",
  env: { LANG: "de_DE.UTF-8", GREETING: "grüß dich" },
  command: ["httpd", "-f"],
  health: {
    kind: "http",
    port: "http",
    path: "/",
    intervalMs: 1000,
    timeoutMs: 500,
    graceMs: 0,
    maxFailures: 3,
  },
  constraints: [
    { attribute: "node", operator: "UNIQUE", value: undefined },
    { attribute: "rack", operator: "MAX_PER", value: "2" },
  ],
};
