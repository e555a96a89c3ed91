import { buildTestImage } from "../../../agent/test/docker/engine";
import type { ServiceInput } from "../../../agent/src/contract/index";
import { engine } from "../../engine";
import { LocalAgents } from "../../lab/local-agents";
import { waitFor } from "../../wait";
import { seeContainers, type ContainerSeen } from "../containers";
import { withScratch } from "../scratch";

/** Busybox and nothing else. */
export const benchImage = "covey-test-busybox:1";
/** Of no test, and below those that clients are given. */
const ports = { begin: 29_000, end: 29_199 };
const settledWithinMs = 120_000;

/**
 * A cluster of one real agent with Consul on this machine's engine: what a node does by itself, without Terraform. It claims more
 * than the machine has, as its tasks only sleep.
 */
export class OneAgent {
  readonly address: string;

  constructor(
    readonly agents: LocalAgents,
    readonly signal: AbortSignal,
  ) {
    this.address = agents.agent("n1").address;
  }

  pid(): number {
    return this.agents.pid("n1");
  }

  /** Returns when all instances are healthy. */
  async run(service: ServiceInput): Promise<void> {
    await this.put(service);
    await this.running(service.name, service.instances);
  }

  async put(service: ServiceInput): Promise<void> {
    await this.agents.withClient((client) => client.putService(service));
  }

  running(name: string, instances: number): Promise<true> {
    return this.agents.withClient((client) =>
      this.wait(`${instances} of ${name} to run`, 20, async () => {
        const service = await client.findService(name);
        return service?.healthy === instances ? true : undefined;
      }),
    );
  }

  /** Returns when its containers are removed. */
  async remove(name: string): Promise<void> {
    await this.agents.withClient((client) => client.deleteService(name));
    await this.wait(`${name} to be gone`, 100, async () =>
      (await this.containers(true)).length === 0 ? true : undefined,
    );
  }

  containers(all = false): Promise<readonly ContainerSeen[]> {
    return seeContainers(engine, { label: `covey.cluster=${this.agents.cluster}`, all });
  }

  wait<T>(what: string, everyMs: number, look: () => Promise<T | undefined>): Promise<T> {
    return waitFor({ what, deadlineMs: settledWithinMs, everyMs, signal: this.signal }, look);
  }
}

/** Nothing is left of it, whatever happens. */
export function withOneAgent<T>(title: string, use: (node: OneAgent) => Promise<T>): Promise<T> {
  return withScratch(async (signal) => {
    buildTestImage();
    const net = `127.89.${100 + (process.pid % 100)}`;
    const resources = { cpus: 64, memMiB: 16_384, ports: [ports] };
    const agents = new LocalAgents({ title, net, count: 1, resources, logLevel: "info" });
    try {
      await agents.startAll();
      const node = new OneAgent(agents, signal);
      await firstWrite(node);
      return await use(node);
    } finally {
      await agents.close();
    }
  });
}

/** A new Consul may refuse it: it does not know the cluster's token yet. */
async function firstWrite(node: OneAgent): Promise<void> {
  const nothing = { name: "first", image: benchImage, instances: 0, cpus: 0.1, memMiB: 16 };
  await node.wait("the first write", 100, async () => {
    await node.put(nothing);
    return true;
  });
  await node.remove("first");
}
