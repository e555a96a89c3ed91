/** npm `mesos-framework` 0.5.3, as it is published, against a real cluster. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { consulProbe } from "../../agent/test/consul/consul-binary";
import { describeWith, dockerProbe } from "../../agent/test/fakes/needs";
import { LocalAgents } from "../../scripts/lab/local-agents";
import { demoImage, repository } from "../../scripts/paths";
import { waitFor } from "../../scripts/wait";

jest.setTimeout(180_000);

interface Status {
  readonly state: string;
  readonly task_id: { readonly value: string };
  readonly agent_id: { readonly value: string };
  readonly reason?: string;
  readonly uuid?: string;
}

interface Said {
  readonly what: string;
  readonly more: unknown;
}

const instances = 3;

/** The framework's process. */
class Framework {
  readonly said: Said[] = [];
  readonly #logFolder = mkdtempSync(join(tmpdir(), "covey-mfw-"));
  #process: ChildProcess | undefined;

  constructor(private readonly cluster: LocalAgents) {}

  /** `first`: whom it asks for the leader. */
  start(first: string): void {
    const names = [first, ...this.cluster.agents.map(({ name }) => name)];
    const masters = [...new Set(names)].map((name) => this.cluster.agent(name).address);
    const { ca, token } = this.cluster;
    const settings = { masters, ca, token, image: demoImage, instances };
    const program = join(repository, "test/e2e/mesos-framework-program.ts");
    const started = spawn(process.execPath, ["--import", "tsx", program], {
      cwd: repository,
      env: {
        ...process.env,
        MESOS_FRAMEWORK: JSON.stringify({ ...settings, logFolder: this.#logFolder }),
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process = started;
    createInterface({ input: started.stdout }).on("line", (line) => {
      // Its own logging goes there too.
      if (line.startsWith("{")) this.said.push(JSON.parse(line) as Said);
    });
  }

  tell(words: string): void {
    this.#process?.stdin?.write(`${words}\n`);
  }

  subscriptions(): readonly { readonly frameworkId: string; readonly masterUrl: string }[] {
    return this.of("subscribed") as { frameworkId: string; masterUrl: string }[];
  }

  updates(): readonly Status[] {
    return this.of("update") as Status[];
  }

  of(what: string): readonly unknown[] {
    return this.said.filter((one) => one.what === what).map(({ more }) => more);
  }

  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    return waitFor({ what: `${what} (heard: ${this.last()})`, deadlineMs: 60_000 }, () =>
      Promise.resolve(look()),
    ).catch((error: unknown) => {
      throw new Error(`${what}; heard last: ${this.last()}`, { cause: error });
    });
  }

  async close(): Promise<void> {
    const running = this.#process;
    if (running?.exitCode === null) {
      running.kill("SIGKILL");
      await once(running, "exit");
    }
    rmSync(this.#logFolder, { recursive: true, force: true });
  }

  private last(): string {
    return JSON.stringify(this.said.filter(({ what }) => what !== "heartbeat").slice(-5));
  }
}

/** The engine's proxy listens before the container does. */
function page(url: string): Promise<string> {
  return waitFor({ what: url, deadlineMs: 20_000, everyMs: 100 }, async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) });
    return answer.text();
  });
}

describeWith("Docker", dockerProbe, "a framework made for Mesos", () => {
  describeWith("Consul", consulProbe, "on a cluster of three", () => {
    const cluster = new LocalAgents({ title: "mfw", net: "127.77.30" });
    const framework = new Framework(cluster);
    let containers: string[] = [];

    beforeAll(() => cluster.startAll());
    afterAll(async () => {
      await framework.close();
      await cluster.close();
    });

    const leader = (): Promise<string> =>
      cluster.withClient((client) =>
        waitFor({ what: "a master", deadlineMs: 30_000 }, async () => {
          const { master } = await client.status();
          return master?.name;
        }),
      );

    const others = (name: string): string[] =>
      cluster.agents.map((agent) => agent.name).filter((one) => one !== name);

    const reconciled = async (): Promise<void> => {
      const before = framework.updates().length;
      framework.tell("reconcile");
      await framework.until("all tasks to be reported running", () => {
        const running = framework
          .updates()
          .slice(before)
          .filter(
            ({ state, reason }) => state === "TASK_RUNNING" && reason === "REASON_RECONCILIATION",
          );
        return new Set(running.map(({ task_id: id }) => id.value)).size === instances
          ? true
          : undefined;
      });
    };

    it("finds the leader through an agent that is none, and launches containers that serve", async () => {
      const master = await leader();
      framework.start(others(master)[0] ?? "");
      const [subscription] = await framework.until("a subscription", () =>
        framework.subscriptions().length > 0 ? framework.subscriptions() : undefined,
      );
      expect(subscription?.masterUrl).toBe(cluster.agent(master).address);
      const running = await framework.until("its tasks to run", () => {
        const seen = framework.updates().filter(({ state }) => state === "TASK_RUNNING");
        return seen.length >= instances ? seen : undefined;
      });
      expect(new Set(running.map(({ task_id: id }) => id.value)).size).toBe(instances);
      await framework.until("its acknowledgements", () =>
        framework.of("sent_acknowledge").length >= instances ? true : undefined,
      );
      containers = cluster.containers();
      expect(containers).toHaveLength(instances);
      const tasks = await cluster.withClient((client) => client.tasks());
      const pages = await Promise.all(
        tasks.map(({ address, ports }) => page(`http://${address}:${ports[0]?.hostPort ?? 0}/`)),
      );
      expect(new Set(pages).size).toBe(instances);
    });

    it("hears heartbeats in time for its own patience", async () => {
      await framework.until("heartbeats", () =>
        framework.of("heartbeat").length >= 3 ? true : undefined,
      );
      expect(framework.subscriptions()).toHaveLength(1);
    });

    it("comes through a hand-over of the office without losing a task", async () => {
      const old = await leader();
      const { name } = await cluster.withClient((client) => client.transfer());
      expect(name).not.toBe(old);
      const again = await framework.until("another subscription", () =>
        framework.subscriptions().at(1),
      );
      expect(again).toEqual({
        frameworkId: framework.subscriptions()[0]?.frameworkId,
        masterUrl: cluster.agent(name).address,
      });
      await reconciled();
      expect(cluster.containers()).toEqual(containers);
    });

    it("comes through the death of the master without losing a task", async () => {
      const old = await leader();
      const heard = framework.subscriptions().length;
      cluster.signal(old, "SIGKILL");
      const again = await framework.until("another subscription", () =>
        framework.subscriptions().at(heard),
      );
      expect(again.masterUrl).not.toBe(cluster.agent(old).address);
      // Its own tasks run on, and are known again with their agent.
      cluster.start(old);
      await cluster.withClient((client) =>
        waitFor({ what: "all agents to be attached", deadlineMs: 60_000 }, async () => {
          const nodes = await client.nodes();
          return nodes.filter(({ attached }) => attached).length === 3 ? true : undefined;
        }),
      );
      await reconciled();
      expect(cluster.containers()).toEqual(containers);
    });

    it("kills a task, and takes the others with it when it is torn down", async () => {
      const task = framework.updates().find(({ state }) => state === "TASK_RUNNING");
      framework.tell(`kill ${task?.task_id.value ?? ""} ${task?.agent_id.value ?? ""}`);
      await framework.until("its end", () =>
        framework
          .updates()
          .find(
            ({ state, task_id: id }) => state === "TASK_KILLED" && id.value === task?.task_id.value,
          ),
      );
      framework.tell("teardown");
      await framework.until("the answer", () =>
        framework.of("sent_teardown").length > 0 ? true : undefined,
      );
      await framework.until("its containers to end", () =>
        cluster.containers().length === 0 ? true : undefined,
      );
      const left = await cluster.withClient((client) => client.frameworks());
      expect(left.map(({ id }) => id)).toEqual(["services"]);
    });
  });
});
