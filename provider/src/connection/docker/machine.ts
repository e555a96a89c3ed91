import type Docker from "dockerode";
import { InstallError } from "../install-error";
import type { NodeName } from "../node-network";
import { planNetwork } from "./cluster-network";
import type { NetworkPlan } from "./cluster-network";
import { ensureImage } from "./machine-image";
import {
  clusterNetworkName,
  machineLabel,
  machineLabels,
  machineName,
  programsVolumeName,
} from "./machine-names";
import { limitOptions, machineOptions, machineSteps } from "./machine-spec";
import type { FoundMachine, MachineSpec } from "./machine-spec";
import { statusOf } from "./outer-engine";
import type { OuterEngine } from "./outer-engine";
import { Turns } from "../turns";

const turns = new Turns();
const stopDeadlineMs = 60_000;
/** The engine made the network meanwhile for another process: looked at again, once. */
const networkAttempts = 2;

export interface EnsureOptions {
  readonly engine: OuterEngine;
  readonly spec: MachineSpec;
  /** Addresses of the cluster's voters. */
  readonly voters: readonly string[];
  /** What takes long is told. */
  readonly note: (message: string) => void;
}

/** The node's container as found; undefined: there is none. Throws InstallError where another's has its name. */
export async function findMachine(
  engine: OuterEngine,
  name: NodeName,
): Promise<FoundMachine | undefined> {
  const container = machineName(name);
  const found = await engine.find(`look for container ${container}`, (docker) =>
    docker.getContainer(container).inspect(),
  );
  if (!found) return undefined;
  refuseStranger(name, found.Config.Labels, `container ${container}`);
  return {
    labels: found.Config.Labels,
    running: found.State.Running && !found.State.Restarting,
    startedAt: new Date(found.State.StartedAt),
    nanoCpus: found.HostConfig.NanoCpus ?? 0,
    memoryBytes: found.HostConfig.Memory ?? 0,
  };
}

/** Makes the container what it is to be, and runs it. What is so already is left alone. */
export async function ensureMachine(options: EnsureOptions): Promise<void> {
  const { engine, spec, note } = options;
  await ensureImage(engine, spec.image, note);
  const steps = machineSteps(spec, await findMachine(engine, spec.name));
  const container = machineName(spec.name);
  for (const step of steps) {
    if (step === "replace") {
      note(`making container ${container} anew; its tasks are started again`);
      await stopAndRemove(engine, container);
    }
    if (step === "create" || step === "replace") await create(options);
    if (step === "limit")
      await engine.call(`change the limits of container ${container}`, (docker) =>
        docker.getContainer(container).update(limitOptions(spec.limits)),
      );
    if (step === "start") await start(engine, spec);
  }
}

/** Container and volume of the node; with the cluster's last on this engine also what its nodes share. Gone is no error. */
export async function removeMachine(engine: OuterEngine, name: NodeName): Promise<void> {
  const container = machineName(name);
  // Throws where it is a stranger's.
  const found = await findMachine(engine, name);
  if (found)
    await removal(engine, `remove container ${container}`, (docker) =>
      docker.getContainer(container).remove({ force: true, v: true }),
    );
  await removal(engine, `remove volume ${container}`, (docker) =>
    docker.getVolume(container).remove(),
  );
  await turns.take(turnOf(engine, name.cluster), () => removeShared(engine, name.cluster));
}

/** Whether anything of the node is left. */
export async function hasRemains(engine: OuterEngine, name: NodeName): Promise<boolean> {
  if (await findMachine(engine, name)) return true;
  const volume = machineName(name);
  const found = await engine.find(`look for volume ${volume}`, (docker) =>
    docker.getVolume(volume).inspect(),
  );
  return found !== undefined;
}

async function create({ engine, spec, voters, note }: EnsureOptions): Promise<void> {
  const { cluster } = spec.name;
  const container = machineName(spec.name);
  note(`making container ${container} at Docker at ${engine.description}`);
  // The last node's removal takes the network away: not between our finding it and our being in it.
  await turns.take(turnOf(engine, cluster), async () => {
    await ensureNetwork(engine, spec, voters);
    await ensureVolume(engine, container, machineLabels(spec.name));
    await ensureVolume(engine, programsVolumeName(cluster), { [machineLabel.cluster]: cluster });
    await engine.call(`make container ${container}`, (docker) =>
      docker.createContainer(machineOptions(spec)),
    );
  });
}

async function start(engine: OuterEngine, spec: MachineSpec): Promise<void> {
  const container = machineName(spec.name);
  const step = `start container ${container}`;
  try {
    await engine.call(step, (docker) => docker.getContainer(container).start());
  } catch (error) {
    // Docker's words for a static address that another container has (libnetwork/ipamapi).
    if (error instanceof InstallError && error.message.includes("ddress already in use"))
      throw new InstallError(
        step,
        `${spec.address} is the address of another container in network ${clusterNetworkName(spec.name.cluster)} ('docker network inspect' shows whose): give the node another one`,
        "address",
        { cause: error },
      );
    throw error;
  }
}

async function ensureNetwork(
  engine: OuterEngine,
  spec: MachineSpec,
  voters: readonly string[],
): Promise<void> {
  const { address, subnet } = spec;
  const { cluster } = spec.name;
  for (let attempt = 1; ; attempt += 1) {
    const networks = await engine.call("list networks", (docker) => docker.listNetworks());
    const plan = planNetwork(
      { cluster, address, voters, subnet },
      networks.map((network) => ({
        id: network.Id,
        name: network.Name,
        labels: network.Labels ?? {},
        subnets: (network.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
      })),
    );
    if (plan.kind === "present") return;
    try {
      await createNetwork(engine, cluster, plan);
      return;
    } catch (error) {
      if (![403, 409].includes(statusOf(error) ?? 0) || attempt === networkAttempts) throw error;
    }
  }
}

async function createNetwork(
  engine: OuterEngine,
  cluster: string,
  plan: Extract<NetworkPlan, { kind: "make" }>,
): Promise<void> {
  await engine.call(`make network ${plan.name}`, (docker) =>
    docker.createNetwork({
      Name: plan.name,
      Driver: "bridge",
      CheckDuplicate: true,
      Labels: { [machineLabel.cluster]: cluster },
      IPAM: { Driver: "default", Config: [{ Subnet: plan.subnet, Gateway: plan.gateway }] },
    }),
  );
}

async function ensureVolume(
  engine: OuterEngine,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const { Labels: found } = await engine.call(`make volume ${name}`, async (docker) => {
    // No error where there is a volume of that name.
    await docker.createVolume({ Name: name, Labels: { ...labels } });
    return docker.getVolume(name).inspect();
  });
  const stranger = Object.entries(labels).some(
    ([key, value]) => (found as typeof found | null)?.[key] !== value,
  );
  if (stranger)
    throw new InstallError(
      `make volume ${name}`,
      `there is a Docker volume ${name} that is not this node's; remove it ('docker volume rm ${name}') or give the node another name`,
      "docker",
    );
}

async function removeShared(engine: OuterEngine, cluster: string): Promise<void> {
  const label = [`${machineLabel.cluster}=${cluster}`];
  const others = await engine.call("list the cluster's containers", (docker) =>
    docker.listContainers({ all: true, filters: { label } }),
  );
  if (others.length > 0) return;
  const network = clusterNetworkName(cluster);
  const found = await engine.find(`look for network ${network}`, (docker) =>
    docker.getNetwork(network).inspect(),
  );
  if (found?.Labels?.[machineLabel.cluster] === cluster)
    await removal(engine, `remove network ${network}`, (docker) =>
      docker.getNetwork(network).remove(),
    );
  const programs = programsVolumeName(cluster);
  await removal(engine, `remove volume ${programs}`, (docker) =>
    docker.getVolume(programs).remove(),
  );
}

/** In order, so that the node's tasks end as they would on a machine that is switched off. */
async function stopAndRemove(engine: OuterEngine, container: string): Promise<void> {
  await removal(
    engine,
    `stop container ${container}`,
    (docker) => docker.getContainer(container).stop(),
    stopDeadlineMs,
  );
  await removal(engine, `remove container ${container}`, (docker) =>
    docker.getContainer(container).remove({ force: true }),
  );
}

/** 304: it had stopped. 404: it is gone. 409: its removal is under way. */
async function removal(
  engine: OuterEngine,
  step: string,
  act: (docker: Docker) => Promise<unknown>,
  deadlineMs?: number,
): Promise<void> {
  try {
    await engine.call(step, act, deadlineMs);
  } catch (error) {
    if (![304, 404].includes(statusOf(error) ?? 0)) throw error;
  }
}

function refuseStranger(
  name: NodeName,
  labels: Readonly<Record<string, string>>,
  what: string,
): void {
  const wanted = machineLabels(name)[machineLabel.node];
  if (labels[machineLabel.node] === wanted) return;
  const of = labels[machineLabel.node];
  throw new InstallError(
    "look for the node's container",
    `there is a ${what} that is ${of === undefined ? "no node's" : `that of node ${of}`}; remove it, or give this node another name`,
    "docker",
  );
}

function turnOf(engine: OuterEngine, cluster: string): string {
  return `${engine.description} ${cluster}`;
}
