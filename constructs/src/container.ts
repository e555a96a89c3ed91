import type { ServiceContainer } from "./generated/service";
import type { Size } from "./size";

/** A path of the node, seen in the container. It must be there on every node that runs an instance. */
export interface Volume {
  /** An absolute path of the node. */
  readonly source: string;
  /** An absolute path in the container. */
  readonly target: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** What is asked of Docker alone. Everything has a default that suits most images. */
export interface ContainerOptions {
  /** `USER` or `USER:GROUP`, by name or number. @default the image's */
  readonly user?: string;
  /** The image's files cannot be written. @default false */
  readonly readOnlyRoot?: boolean;
  /** Capabilities beside Docker's own, without `CAP_`, or `ALL`. @default none */
  readonly capAdd?: readonly string[];
  /** Capabilities it does without, or `ALL`. @default none */
  readonly capDrop?: readonly string[];
  /** Limits of the kernel for one process; -1 is without limit. @default Docker's */
  readonly ulimits?: readonly {
    readonly name: string;
    readonly soft: number;
    readonly hard: number;
  }[];
  /** Size of `/dev/shm`. @default 64 MiB */
  readonly shm?: Size;
  /** Processes and threads at most. @default 4096 */
  readonly pidsLimit?: number;
  /** Directories in memory, path to size; what is in them counts as the instance's memory. @default none */
  readonly tmpfs?: Readonly<Record<string, Size>>;
  /** @default none */
  readonly volumes?: readonly Volume[];
  /** Devices of the node, such as `/dev/fuse`. @default none */
  readonly devices?: readonly string[];
  /** Names and their IP addresses, for `/etc/hosts`. @default none */
  readonly extraHosts?: Readonly<Record<string, string>>;
  /** @default drawn by Docker, a different one for each instance */
  readonly hostname?: string;
  /** Domains in which names are looked for before `service.consul`. @default none */
  readonly dnsSearch?: readonly string[];
  /** A Docker network made on every node, instead of the usual one. @default the node's */
  readonly network?: string;
  /** @default the image's */
  readonly entrypoint?: readonly string[];
  /** @default the image's */
  readonly workdir?: string;
  /** What asks it to end, without `SIG`. @default the image's, or TERM */
  readonly stopSignal?: string;
  /** Docker's own init as process 1. @default true */
  readonly init?: boolean;
  /** How much of its output is kept. @default 3 files of 10 MiB */
  readonly logs?: { readonly maxSize: Size; readonly maxFiles: number };
}

/** The options in Terraform's words. @throws Error for a path that is not absolute, or two mounts in one place */
export function containerConfig(service: string, options: ContainerOptions): ServiceContainer {
  checkMounts(service, options);
  const { shm, tmpfs, volumes, logs, ulimits, extraHosts, ...words } = options;
  const { capAdd, capDrop, devices, dnsSearch, entrypoint, ...same } = words;
  return {
    ...same,
    ...(capAdd && { capAdd: [...capAdd] }),
    ...(capDrop && { capDrop: [...capDrop] }),
    ...(devices && { devices: [...devices] }),
    ...(dnsSearch && { dnsSearch: [...dnsSearch] }),
    ...(entrypoint && { entrypoint: [...entrypoint] }),
    ...(ulimits && { ulimits: ulimits.map((one) => ({ ...one })) }),
    ...(extraHosts && { extraHosts: { ...extraHosts } }),
    ...(shm && { shmMib: shm.toMebibytes() }),
    ...(tmpfs && {
      tmpfs: Object.entries(tmpfs).map(([path, size]) => ({ path, sizeMib: size.toMebibytes() })),
    }),
    ...(volumes && { volumes: volumes.map((volume) => ({ ...volume })) }),
    ...(logs && { logs: { maxSizeMib: logs.maxSize.toMebibytes(), maxFiles: logs.maxFiles } }),
  };
}

function checkMounts(service: string, { tmpfs = {}, volumes = [] }: ContainerOptions): void {
  const targets = [...Object.keys(tmpfs), ...volumes.map(({ target }) => target)];
  for (const path of [...targets, ...volumes.map(({ source }) => source)])
    if (!path.startsWith("/"))
      throw new Error(`service '${service}': path '${path}' must be absolute, beginning with '/'`);
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined)
    throw new Error(`service '${service}': two mounts have the target '${twice}'`);
}
