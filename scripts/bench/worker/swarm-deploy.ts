import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { docker } from "../../../agent/test/docker/engine";
import { removeCgroups } from "../../lab/cgroups";
import { EngineHost } from "../../lab/engine-host";
import { unmountBelow } from "../../lab/mounts";
import { sleepers, type Task } from "../../lab/swarm-api";
import { missingForSwarm } from "../../lab/swarm-managers";
import { waitFor } from "../../wait";
import { seeContainers, startedAtMs, type ContainerSeen } from "../containers";
import { withScratch } from "../scratch";

export interface SwarmDeploySettings {
  readonly image: string;
  readonly tasks: number;
  readonly rounds: number;
  readonly cpus: number;
  readonly memMiB: number;
}

const address = "127.0.0.1";
const deadlineMs = 120_000;

/**
 * Docker Swarm of one manager, an engine in a network namespace: a service of so many on its host's network, until the last has
 * started by the engine's own time. undefined: it cannot be run here, and why has been printed.
 */
export async function timeSwarmDeploys(
  settings: SwarmDeploySettings,
): Promise<{ readonly startedMs: readonly number[] } | undefined> {
  const missing = missingForSwarm();
  if (missing !== undefined) {
    console.error(`Docker Swarm is left out: ${missing}`);
    return undefined;
  }
  return withScratch(async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), "covey-swarm-"));
    const cgroup = basename(folder);
    const host = new EngineHost({ address, folder: join(folder, "h1"), cgroup, signal });
    try {
      await begin(host, settings.image, join(folder, "image.tar"));
      const startedMs: number[] = [];
      for (let round = 1; round <= settings.rounds; round++)
        startedMs.push(await deployOnce(host, settings, signal));
      return { startedMs };
    } finally {
      await host.close();
      await unmountBelow(folder);
      await removeCgroups(cgroup);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function begin(host: EngineHost, image: string, archive: string): Promise<void> {
  host.create();
  await host.start();
  docker("save", "--output", archive, image);
  await host.call("POST", "/images/load?quiet=1", { body: readFileSync(archive) });
  const body = { ListenAddr: `${address}:2377`, AdvertiseAddr: address, Spec: {} };
  await host.call("POST", "/swarm/init", { body });
}

async function deployOnce(
  host: EngineHost,
  { image, tasks, cpus, memMiB }: SwarmDeploySettings,
  signal: AbortSignal,
): Promise<number> {
  const { TaskTemplate, ...service } = sleepers(image, tasks);
  const Limits = { NanoCPUs: cpus * 1e9, MemoryBytes: memMiB * 1024 * 1024 };
  const body = { ...service, TaskTemplate: { ...TaskTemplate, Resources: { Limits } } };
  const seen = (all = false): Promise<readonly ContainerSeen[]> =>
    seeContainers((method, path) => host.call(method, path), { all });
  const began = Date.now();
  await host.call("POST", "/services/create", { body });
  const options = { deadlineMs, everyMs: 100, signal };
  await waitFor({ ...options, what: "Swarm's tasks" }, async () => {
    const all = (await host.call("GET", "/tasks")) as readonly Task[];
    return all.filter(({ Status }) => Status.State === "running").length === tasks
      ? true
      : undefined;
  });
  const startedMs = Math.max(...(await seen()).map(startedAtMs)) - began;
  await host.call("DELETE", `/services/${service.Name}`);
  await waitFor({ ...options, what: "Swarm's tasks to be gone" }, async () =>
    (await seen(true)).length === 0 ? true : undefined,
  );
  return startedMs;
}
