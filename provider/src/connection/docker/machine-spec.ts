import { createHash } from "node:crypto";
import type { ContainerCreateOptions } from "dockerode";
import type { NodeName } from "../node-network";
import {
  clusterNetworkName,
  machineLabel,
  machineLabels,
  machineName,
  machinePaths,
  programsVolumeName,
} from "./machine-names";
import { machineScript } from "./machine-script";

export interface MachineLimits {
  readonly cpus?: number | undefined;
  readonly memoryMiB?: number | undefined;
}

/** What a node's container is to be. */
export interface MachineSpec {
  readonly name: NodeName;
  /** The container's IPv4 address in the cluster's network. */
  readonly address: string;
  readonly image: string;
  /** CIDR of the cluster's network. */
  readonly subnet: string;
  readonly limits: MachineLimits;
  readonly dataDir: string;
  /** Where the inner engine listens. */
  readonly dockerSocket: string;
}

const mebibyte = 1024 * 1024;
/** Above the script's own graces for agent, tasks and engine together. */
const stopTimeoutS = 30;

/**
 * Besides Docker's default set. `--privileged` would also give every device of the host, and fails on a host that lacks a
 * single capability (docs/decisions/0010). SYS_ADMIN: mounts of layers and cgroups. NET_ADMIN: bridges and packet filter of the
 * inner engine.
 */
const capabilities = ["SYS_ADMIN", "NET_ADMIN"];

/** `docker create` of a node's container. */
export function machineOptions(spec: MachineSpec): ContainerCreateOptions {
  const { name, address } = spec;
  const network = clusterNetworkName(name.cluster);
  return {
    name: machineName(name),
    Hostname: name.node,
    Image: spec.image,
    Entrypoint: [],
    Cmd: ["sh", "-c", machineScript, "covey-machine", spec.dataDir, spec.dockerSocket],
    // dockerd asks for it to know that the host's AppArmor is not its own.
    Env: ["container=docker"],
    Labels: { ...machineLabels(name), [machineLabel.madeOf]: machineHash(spec) },
    StopSignal: "SIGTERM",
    StopTimeout: stopTimeoutS,
    HostConfig: {
      Init: true,
      CapAdd: capabilities,
      SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
      // Not read-only: the inner engine sets sysctls of its network, and mounts a /proc for each of its tasks.
      MaskedPaths: [],
      ReadonlyPaths: [],
      Sysctls: { "net.ipv4.ip_forward": "1" },
      NetworkMode: network,
      RestartPolicy: { Name: "unless-stopped" },
      Tmpfs: { "/run": "mode=755" },
      Mounts: [
        { Type: "volume", Source: machineName(name), Target: machinePaths.home },
        {
          Type: "volume",
          Source: programsVolumeName(name.cluster),
          Target: machinePaths.programs,
        },
      ],
      LogConfig: { Type: "json-file", Config: { "max-size": "5m", "max-file": "2" } },
      ...limitOptions(spec.limits),
    },
    NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } },
  };
}

/** Of `docker create` and `docker update`. */
export function limitOptions({ cpus, memoryMiB }: MachineLimits): {
  readonly NanoCpus?: number;
  readonly Memory?: number;
  readonly MemorySwap?: number;
} {
  return {
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
    // Swap equal to memory: none.
    ...(memoryMiB === undefined
      ? {}
      : { Memory: memoryMiB * mebibyte, MemorySwap: memoryMiB * mebibyte }),
  };
}

/**
 * Of all that only a new container can change. The script is not in it: a newer provider leaves the containers, and with them
 * their tasks, alone.
 */
function machineHash({ address, image, dataDir, dockerSocket }: MachineSpec): string {
  const text = JSON.stringify([address, image, dataDir, dockerSocket]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A container as it is found. */
export interface FoundMachine {
  readonly labels: Readonly<Record<string, string>>;
  readonly running: boolean;
  /** The last time. */
  readonly startedAt: Date;
  /** 0: none. */
  readonly nanoCpus: number;
  readonly memoryBytes: number;
}

export type MachineStep = "create" | "replace" | "limit" | "start";

/** What it takes to get from what is found to what is wanted, in order. */
export function machineSteps(
  spec: MachineSpec,
  found: FoundMachine | undefined,
): readonly MachineStep[] {
  if (!found) return ["create", "start"];
  const { NanoCpus = 0, Memory = 0 } = limitOptions(spec.limits);
  // `docker update` can set and change a limit, but not take it away.
  const isLifted =
    (NanoCpus === 0 && found.nanoCpus > 0) || (Memory === 0 && found.memoryBytes > 0);
  if (found.labels[machineLabel.madeOf] !== machineHash(spec) || isLifted)
    return ["replace", "start"];
  const isLimited = NanoCpus === found.nanoCpus && Memory === found.memoryBytes;
  return [...(isLimited ? [] : ["limit" as const]), ...(found.running ? [] : ["start" as const])];
}
