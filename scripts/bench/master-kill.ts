import { setTimeout as sleep } from "node:timers/promises";
import { buildTestImage } from "../../agent/test/docker/engine";
import type { ApiClient, ServiceInput } from "../../agent/src/contract/index";
import { LocalAgents } from "../lab/local-agents";
import { waitFor } from "../wait";
import type { Figure } from "./figure";
import { timeSwarmKills } from "./swarm-kill";

const image = "covey-test-busybox:1";
const tasks = 6;
const settledWithinMs = 60_000;
const acceptedWithinMs = 30_000;
const tryEveryMs = 10;
/** As a node's supervisor does. */
const restartAfterMs = 1000;
/** A round of Swarm's takes half a minute. */
const mostSwarmRounds = 8;

interface Kills {
  readonly tookMs: readonly number[];
  /** Of the tasks, how many have been restarted after each. */
  readonly restarted: readonly number[];
}

/**
 * Three real agents, each with a Consul server, on this machine: the master is killed (SIGKILL), and time runs until
 * another has accepted a write: in Consul, fenced, answered with 200. The killed agent is started again as by its
 * supervisor, and every container must be the one of before. Then the same to three managers of a Docker Swarm, in as many
 * rounds or in eight.
 */
export async function runMasterKillBench(rounds: number): Promise<Figure[]> {
  buildTestImage();
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const stop = (): void => interrupt.abort(new Error("interrupted"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const ours = await killMasters(rounds, signal);
    const swarmRounds = Math.min(rounds, mostSwarmRounds);
    const settings = { image, tasks, rounds: swarmRounds, restartAfterMs, signal };
    return figuresOf(ours, await timeSwarmKills(settings));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

async function killMasters(rounds: number, signal: AbortSignal): Promise<Kills> {
  const net = `127.89.${100 + (process.pid % 100)}`;
  const cluster = new LocalAgents({ title: "bench-kill", net });
  try {
    await cluster.startAll();
    await runTasks(cluster);
    const before = cluster.containers();
    const tookMs: number[] = [];
    const restarted: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      signal.throwIfAborted();
      tookMs.push(await killMaster(cluster, round));
      const after = new Set(cluster.containers());
      restarted.push(before.filter((container) => !after.has(container)).length);
    }
    return { tookMs, restarted };
  } finally {
    await cluster.close();
  }
}

function figuresOf({ tookMs, restarted }: Kills, swarmMs: readonly number[] | undefined): Figure[] {
  const again = { unit: "ms", samples: tookMs };
  const p50 = { ...again, name: "write accepted again: p50", goal: 1500 };
  const p99 = { ...again, name: "write accepted again: p99", quantile: 0.99, goal: 4000 };
  const most = {
    name: "tasks restarted: most",
    unit: "",
    samples: restarted,
    quantile: 1,
    goal: 1,
  };
  if (!swarmMs) return [p50, p99, most];
  const name = `Docker Swarm's write accepted again, ${swarmMs.length} rounds: p50`;
  return [
    { ...p50, peer: { name: "Docker Swarm", samples: swarmMs } },
    p99,
    most,
    { name, unit: "ms", samples: swarmMs },
  ];
}

async function runTasks(cluster: LocalAgents): Promise<void> {
  const spec = { name: "web", image, instances: tasks, command: ["sleep", "100000"] };
  await cluster.withClient(async (client) => {
    // A new Consul may refuse a first write: one of its servers has not yet heard of the cluster's token.
    await waitFor({ what: "the first write", deadlineMs: settledWithinMs, everyMs: 100 }, () =>
      client.putService({ ...spec, cpus: 0.1, memMiB: 16 }),
    );
    await waitFor({ what: "the tasks", deadlineMs: settledWithinMs, everyMs: 100 }, async () => {
      const [service] = await client.services();
      return service?.running === tasks ? true : undefined;
    });
  });
}

async function killMaster(cluster: LocalAgents, round: number): Promise<number> {
  const { master } = await cluster.withClient((client) => client.status());
  if (!master) throw new Error("there is no master");
  const others = cluster.agents.map(({ name }) => name).filter((name) => name !== master.name);
  const client = cluster.client(...others);
  try {
    // So that its connections are open, as those of any client at work are.
    await client.status();
    const killedAt = performance.now();
    cluster.signal(master.name, "SIGKILL");
    const restarted = sleep(restartAfterMs).then(() => cluster.start(master.name));
    await writeAccepted(client, round);
    const tookMs = performance.now() - killedAt;
    await restarted;
    await settled(cluster);
    return tookMs;
  } finally {
    client.close();
  }
}

/** A service of no instances, another each time: nothing is started by it. */
async function writeAccepted(client: ApiClient, round: number): Promise<void> {
  const probe: ServiceInput = { name: "probe", image, instances: 0, cpus: 0.1, memMiB: 16 + round };
  const what = "a write to be accepted";
  await waitFor({ what, deadlineMs: acceptedWithinMs, everyMs: tryEveryMs }, () =>
    client.putService(probe),
  );
}

/** All are attached to one master, for longer than a voter withholds its vote after its start. */
async function settled(cluster: LocalAgents): Promise<void> {
  const what = "all agents to be attached again";
  await cluster.withClient((client) =>
    waitFor({ what, deadlineMs: settledWithinMs, everyMs: 50 }, async () => {
      const nodes = await client.nodes();
      return nodes.every(({ attached }) => attached) ? true : undefined;
    }),
  );
  await sleep(2000);
}
