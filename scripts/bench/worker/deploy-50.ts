import type { ServiceInput } from "../../../agent/src/contract/index";
import { startedAtMs } from "../containers";
import { median, type Figure } from "../figure";
import { benchImage, withOneAgent, type OneAgent } from "./one-agent";
import { timePlainDeploy } from "./plain";
import { timeSwarmDeploys } from "./swarm-deploy";

const tasks = 50;
const networks = ["host", "bridge"] as const;
const goalOfPlain = 1.1;
export const sleeper = { command: ["sleep", "100000"], cpus: 0.25, memMiB: 16 };

type Network = (typeof networks)[number];

interface Deploys {
  /** From the request to Docker's own time of the last start. */
  readonly startedMs: number[];
  /** From the request until the API says that all run. */
  readonly knownMs: number[];
  readonly plainMs: number[];
}

/**
 * Fifty tasks on one real agent, with the host's network and on the bridge with a port each: from the request until the last has
 * started. In turns with it Docker's API alone, four at once, with containers just like them; then Docker Swarm, on an engine of its
 * own beside the machine's.
 */
export async function runDeployBench(rounds: number): Promise<Figure[]> {
  const ours = await withOneAgent("bench-deploy", async (node) => {
    const all: Record<Network, Deploys> = { host: empty(), bridge: empty() };
    for (let round = 1; round <= rounds; round++)
      for (const network of networks) await deployOnce(node, network, all[network]);
    return all;
  });
  const swarm = await timeSwarmDeploys({ image: benchImage, tasks, rounds, ...sleeper });
  return [
    ...networks.flatMap((network) => figuresOf(network, ours[network])),
    ...(swarm ? swarmFigures(ours.host, swarm) : []),
  ];
}

async function deployOnce(node: OneAgent, network: Network, done: Deploys): Promise<void> {
  const service = serviceOn(network);
  const began = Date.now();
  await node.put(service);
  await node.running(service.name, tasks);
  done.knownMs.push(Date.now() - began);
  const containers = await node.containers();
  done.startedMs.push(Math.max(...containers.map(startedAtMs)) - began);
  const [model] = containers;
  if (!model) throw new Error("no container runs");
  await node.remove(service.name);
  done.plainMs.push(await timePlainDeploy(model, tasks));
}

function serviceOn(network: Network): ServiceInput {
  const ports = network === "bridge" ? [{ name: "http", containerPort: 80 }] : [];
  return { name: network, image: benchImage, instances: tasks, network, ports, ...sleeper };
}

function figuresOf(network: Network, { startedMs, knownMs, plainMs }: Deploys): Figure[] {
  return [
    {
      name: `${tasks} started, ${network} network`,
      unit: "ms",
      samples: startedMs,
      goal: median(plainMs) * goalOfPlain,
      peer: { name: "Docker's API, 4 at once", samples: plainMs },
    },
    { name: `${tasks} known to run, ${network} network`, unit: "ms", samples: knownMs },
  ];
}

function swarmFigures(host: Deploys, swarm: SwarmDeploys): Figure[] {
  return [
    {
      name: "host network, beside Swarm",
      unit: "ms",
      samples: host.startedMs,
      goal: median(swarm.startedMs),
      peer: { name: "Docker Swarm", samples: swarm.startedMs },
    },
  ];
}

/** In ms, each of one deploy. */
interface SwarmDeploys {
  readonly startedMs: readonly number[];
}

function empty(): Deploys {
  return { startedMs: [], knownMs: [], plainMs: [] };
}
