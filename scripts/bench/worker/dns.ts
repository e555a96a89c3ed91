import { Resolver } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { engine } from "../../engine";
import { startedAtMs } from "../containers";
import type { Figure } from "../figure";
import { benchImage, withOneAgent, type OneAgent } from "./one-agent";

const goalMs = 100;
const lookEveryMs = 2;
const dnsPort = 8600;
const name = "web";
const ready = "/ready";
/** One that ends sooner after its start is not replaced at once, and would be awaited here. */
const restMs = 300;

/**
 * One real agent with Consul. A task's container starts: until Consul's DNS answers with it, by Docker's time of the start. It is
 * killed: until DNS has dropped it. And a check changes its mind: from the agent's verdict, as stamped in the task's status, until DNS
 * has followed it, both ways. DNS is asked every 2 ms.
 */
export function runDnsBench(rounds: number): Promise<Figure[]> {
  return withOneAgent("bench-dns", async (node) => {
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([`${node.address}:${dnsPort}`]);
    const dns = new Names(node, resolver);
    const started: number[] = [];
    const killed: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      await startAndKill(node, dns, { started, killed });
    }
    const healthy: number[] = [];
    const unhealthy: number[] = [];
    await node.run(service({ command: ["test", "-e", ready] }));
    for (let round = 1; round <= rounds; round++) {
      unhealthy.push(await turn(node, dns, false));
      healthy.push(await turn(node, dns, true));
    }
    const figure = (what: string, samples: readonly number[]): Figure => ({
      name: what,
      unit: "ms",
      samples,
      goal: goalMs,
    });
    return [
      figure("container started, answered", started),
      figure("container killed, dropped", killed),
      figure("found ready, answered", healthy),
      figure("found not ready, dropped", unhealthy),
    ];
  });
}

interface StartsAndKills {
  readonly started: number[];
  readonly killed: number[];
}

async function startAndKill(
  node: OneAgent,
  dns: Names,
  { started, killed }: StartsAndKills,
): Promise<void> {
  await node.put(service());
  const answeredAt = await dns.becomes(true);
  const [container] = await node.containers();
  if (!container) throw new Error("no container runs");
  started.push(answeredAt - startedAtMs(container));
  await sleep(restMs, undefined, { signal: node.signal });
  const killedAt = Date.now();
  const kill = engine("POST", `/containers/${container.Id}/kill`);
  killed.push((await dns.becomes(false)) - killedAt);
  await kill;
  await node.remove(name);
}

/** The file appears or goes; the agent's check finds out, and DNS follows. */
async function turn(node: OneAgent, dns: Names, isReady: boolean): Promise<number> {
  const [container] = await node.containers();
  if (!container) throw new Error("no container runs");
  const command = isReady ? ["touch", ready] : ["rm", ready];
  const body = { Cmd: command };
  const { Id } = (await engine("POST", `/containers/${container.Id}/exec`, { body })) as {
    readonly Id: string;
  };
  await engine("POST", `/exec/${Id}/start`, { body: { Detach: true } });
  const changedAt = await dns.becomes(isReady);
  const foundAt = await node.agents.withClient((client) =>
    node.wait("the verdict", 20, async () => {
      const [task] = await client.tasks(name);
      return task?.healthy === isReady ? task.atMs : undefined;
    }),
  );
  return changedAt - foundAt;
}

class Names {
  constructor(
    private readonly node: OneAgent,
    private readonly resolver: Resolver,
  ) {}

  /** When DNS first answered so; wall clock. */
  async becomes(isThere: boolean): Promise<number> {
    const what = `DNS ${isThere ? "to have" : "to drop"} ${name}`;
    await this.node.wait(what, lookEveryMs, async () =>
      (await this.isThere()) === isThere ? true : undefined,
    );
    return Date.now();
  }

  private async isThere(): Promise<boolean> {
    try {
      return (await this.resolver.resolve4(`${name}.service.consul`)).length > 0;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOTFOUND") return false;
      throw error;
    }
  }
}

function service(readiness?: { readonly command: string[] }) {
  return {
    name,
    image: benchImage,
    instances: 1,
    command: ["sh", "-c", `touch ${ready}; exec sleep 100000`],
    cpus: 0.25,
    memMiB: 16,
    ports: [{ name: "http", containerPort: 80 }],
    ...(readiness && { readiness: { kind: "command" as const, intervalMs: 200, ...readiness } }),
  };
}
