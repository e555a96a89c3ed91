import { Agent, request } from "node:https";
import { createConsulStore } from "../../agent/src/adapters/consul/store";
import { createLog } from "../../agent/src/adapters/log/log";
import type { ServiceInput } from "../../agent/src/contract/index";
import type { Store } from "../../agent/src/ports/store";
import { consulProbe } from "../../agent/test/consul/consul-binary";
import { buildTestImage, engineProbe } from "../../agent/test/docker/engine";
import { describeWith } from "../../agent/test/fakes/needs";
import { signalProcess } from "../../scripts/demo/processes";
import { LocalAgents } from "../../scripts/lab/local-agents";
import { waitFor } from "../../scripts/wait";

const net = `127.88.${100 + (process.pid % 100)}`;
const image = "covey-test-busybox:1";

function sleeper(name: string, instances: number): ServiceInput {
  return { name, image, instances, command: ["sleep", "600"], cpus: 0.1, memMiB: 16 };
}

jest.setTimeout(180_000);

describeWith("Docker", engineProbe, "a master that is paused", () => {
  describeWith("Consul", consulProbe, "through its own succession (SIGSTOP, SIGCONT)", () => {
    const cluster = new LocalAgents({ title: "paused", net });

    beforeAll(async () => {
      buildTestImage();
      await cluster.startAll();
    });
    afterAll(() => cluster.close());

    test("is fenced by agents and store when it wakes, steps down, and no task is touched", async () => {
      const client = cluster.client();
      const long = { signal: AbortSignal.timeout(120_000) };
      await client.putService(sleeper("web", 3), long);
      await waitFor({ what: "three tasks", deadlineMs: 60_000, everyMs: 100 }, async () => {
        const running = (await client.tasks()).filter(({ state }) => state === "TASK_RUNNING");
        return running.length === 3 ? true : undefined;
      });
      const before = cluster.containers();
      expect(before).toHaveLength(3);
      const { master, term } = await client.status();
      const old = master?.name ?? "";
      const others = cluster.agents.map(({ name }) => name).filter((name) => name !== old);
      // The old master's way to the store, in its name and its term, as it would use it on waking.
      const store = storeOf(cluster, old);
      expect(await store.claim(term)).toMatchObject({ kind: "claimed" });
      const line = new KeptLine(cluster, old);
      expect((await line.ask("GET", "/v1/services")).status).toBe(200);

      cluster.signal(old, "SIGSTOP");
      const written = line.ask("PUT", "/v1/services/late", sleeper("late", 1));
      const rest = cluster.client(...others);
      const next = await successor(cluster, others, term);
      await rest.putService(sleeper("during", 1), { signal: AbortSignal.timeout(60_000) });
      await waitFor({ what: "its task", deadlineMs: 60_000, everyMs: 100 }, async () => {
        const tasks = await rest.tasks("during");
        return tasks[0]?.state === "TASK_RUNNING" ? true : undefined;
      });
      cluster.signal(old, "SIGCONT");

      // A read and a write that reached it while it slept: it answers neither as master.
      const answer = await written;
      expect([307, 503]).toContain(answer.status);
      // Its term is over in the store: Consul applies nothing of what it writes.
      expect(await store.commit(term, [{ kind: "delete-service", name: "web" }])).toMatchObject({
        kind: "fenced",
        term: next.term,
      });
      await waitFor({ what: "the old master to follow", deadlineMs: 30_000 }, () =>
        cluster.withClient(async (own) => {
          const status = await own.status();
          const { attached } = await own.agent();
          return status.master?.name === next.name && status.term === next.term && attached
            ? true
            : undefined;
        }, old),
      );
      expect(cluster.log(old)).toContain("no longer master");
      const services = await rest.services();
      expect(services.map(({ spec }) => spec.name).sort()).toEqual(["during", "web"]);
      expect(cluster.containers()).toEqual(expect.arrayContaining(before));
      expect(cluster.containers()).toHaveLength(4);
      line.close();
      client.close();
      rest.close();
    });

    test("and one that dies while Consul stands still is succeeded, its tasks run elsewhere", async () => {
      // A hanging Consul is ended and started again by its agent after half a minute: time enough.
      for (const { pid } of cluster.consuls()) signalProcess(pid, "SIGSTOP");
      const { master, term } = await cluster.withClient((client) => client.status());
      const old = master?.name ?? "";
      const others = cluster.agents.map(({ name }) => name).filter((name) => name !== old);
      cluster.signal(old, "SIGKILL");
      const next = await successor(cluster, others, term);
      expect(others).toContain(next.name);
      const moved = await cluster.withClient(
        (client) =>
          waitFor(
            { what: "four tasks on two nodes", deadlineMs: 25_000, everyMs: 100 },
            async () => {
              const tasks = await client.tasks();
              const left = tasks.filter(
                ({ node, state }) => node !== old && state === "TASK_RUNNING",
              );
              return left.length === 4 ? left : undefined;
            },
          ),
        ...others,
      );
      expect(new Set(moved.map(({ node }) => node))).toEqual(new Set(others));
      const refused = cluster.withClient((client) => client.putService(sleeper("x", 1)), ...others);
      await expect(refused).rejects.toThrow(/store|Consul|answer/);
    });
  });
});

async function successor(
  cluster: LocalAgents,
  others: readonly string[],
  after: number,
): Promise<{ name: string; term: number }> {
  return cluster.withClient(
    (client) =>
      waitFor({ what: "a successor", deadlineMs: 30_000 }, async () => {
        const { master, term } = await client.status();
        return master && term > after ? { name: master.name, term } : undefined;
      }),
    ...others,
  );
}

function storeOf(cluster: LocalAgents, node: string): Store {
  return createConsulStore({
    address: `http://${cluster.agent(node).address}:8500`,
    token: cluster.consulToken,
    cluster: cluster.cluster,
    node,
    log: createLog({ level: "error", name: "test" }),
  });
}

/** One connection to one agent that stays open: what is sent on it waits in the socket of a paused process. */
class KeptLine {
  readonly #agent: Agent;

  constructor(
    private readonly cluster: LocalAgents,
    private readonly node: string,
  ) {
    this.#agent = new Agent({ ca: cluster.ca, keepAlive: true, maxSockets: 1 });
  }

  ask(method: string, path: string, body?: unknown): Promise<{ status: number }> {
    const headers = {
      authorization: `Bearer ${this.cluster.token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    return new Promise((resolve, reject) => {
      const url = `${this.cluster.apiOf(this.node)}${path}`;
      const asked = request(url, { agent: this.#agent, method, headers }, (response) => {
        response.resume().on("end", () => resolve({ status: response.statusCode ?? 0 }));
      });
      asked.on("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
