import { findMachine } from "./machine";
import { clusterNetworkName, machineName } from "./machine-names";
import type { MachineSpec } from "./machine-spec";
import type { OuterEngine } from "./outer-engine";
import type { NodeName } from "../node-network";

/** A node's container in the words it was asked for with. */
export interface MachineDescription extends Omit<MachineSpec, "name" | "address"> {
  readonly running: boolean;
}

const mebibyte = 1024 * 1024;

/** undefined: there is none. Throws InstallError where another's has its name. */
export async function describeMachine(
  engine: OuterEngine,
  name: NodeName,
): Promise<MachineDescription | undefined> {
  const found = await findMachine(engine, name);
  if (!found) return undefined;
  const container = machineName(name);
  const [{ Config }, network] = await Promise.all([
    engine.call(`look at container ${container}`, (docker) =>
      docker.getContainer(container).inspect(),
    ),
    engine.call(`look at network ${clusterNetworkName(name.cluster)}`, (docker) =>
      docker.getNetwork(clusterNetworkName(name.cluster)).inspect(),
    ),
  ]);
  // As machineOptions gave them to the script.
  const [dataDir = "", dockerSocket = ""] = Config.Cmd.slice(-2);
  const { nanoCpus, memoryBytes, running } = found;
  return {
    image: Config.Image,
    dataDir,
    dockerSocket,
    subnet: subnetOf(network),
    limits: {
      cpus: nanoCpus === 0 ? undefined : nanoCpus / 1e9,
      memoryMiB: memoryBytes === 0 ? undefined : memoryBytes / mebibyte,
    },
    running,
  };
}

/** dockerode declares an inspected network as `any`. */
function subnetOf(network: unknown): string {
  const { IPAM } = network as {
    readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] };
  };
  return IPAM?.Config?.[0]?.Subnet ?? "";
}
