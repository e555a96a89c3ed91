import { flag, listOf, part, readOptions, text, whole } from "./option-readers";
import type { OptionReaders } from "./option-readers";

/** A limit of the kernel's (getrlimit); -1 is none. */
interface Ulimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

interface Tmpfs {
  readonly path: string;
  readonly sizeMiB: number;
}

/** A path of the node, seen in the container. It must be there: the engine makes none up. */
interface BindMount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

interface ExtraHost {
  readonly name: string;
  readonly address: string;
}

interface LogRotation {
  readonly maxSizeMiB: number;
  readonly maxFiles: number;
}

/**
 * What a task asks of its container engine alone: neither master nor framework looks into it. Every field may be absent, which
 * means the engine's or Covey's default, so that a spec of an older version is one of today's.
 */
export interface ContainerOptions {
  readonly user?: string;
  readonly readOnlyRoot?: boolean;
  /** Names without `CAP_`, or `ALL`. */
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  readonly ulimits?: readonly Ulimit[];
  readonly shmMiB?: number;
  readonly pidsLimit?: number;
  readonly tmpfs?: readonly Tmpfs[];
  readonly volumes?: readonly BindMount[];
  readonly devices?: readonly string[];
  readonly extraHosts?: readonly ExtraHost[];
  readonly hostname?: string;
  /** Before the node's own. */
  readonly dnsSearch?: readonly string[];
  /** A Docker network of the node, instead of its usual one. */
  readonly network?: string;
  readonly entrypoint?: readonly string[];
  readonly workdir?: string;
  /** Without `SIG`. */
  readonly stopSignal?: string;
  readonly init?: boolean;
  readonly logs?: LogRotation;
}

/** What Covey gives where a task does not say otherwise. */
export const containerDefaults = {
  pidsLimit: 4096,
  logs: { maxSizeMiB: 10, maxFiles: 3 },
} as const;

const readers: OptionReaders<ContainerOptions> = {
  user: text,
  readOnlyRoot: flag,
  capAdd: listOf(text),
  capDrop: listOf(text),
  ulimits: listOf((value, field) => ({
    name: text(part(value, field, "name"), `${field}.name`),
    soft: whole(part(value, field, "soft"), `${field}.soft`),
    hard: whole(part(value, field, "hard"), `${field}.hard`),
  })),
  shmMiB: whole,
  pidsLimit: whole,
  tmpfs: listOf((value, field) => ({
    path: text(part(value, field, "path"), `${field}.path`),
    sizeMiB: whole(part(value, field, "sizeMiB"), `${field}.sizeMiB`),
  })),
  volumes: listOf((value, field) => ({
    source: text(part(value, field, "source"), `${field}.source`),
    target: text(part(value, field, "target"), `${field}.target`),
    readOnly: flag(part(value, field, "readOnly"), `${field}.readOnly`),
  })),
  devices: listOf(text),
  extraHosts: listOf((value, field) => ({
    name: text(part(value, field, "name"), `${field}.name`),
    address: text(part(value, field, "address"), `${field}.address`),
  })),
  hostname: text,
  dnsSearch: listOf(text),
  network: text,
  entrypoint: listOf(text),
  workdir: text,
  stopSignal: text,
  init: flag,
  logs: (value, field) => ({
    maxSizeMiB: whole(part(value, field, "maxSizeMiB"), `${field}.maxSizeMiB`),
    maxFiles: whole(part(value, field, "maxFiles"), `${field}.maxFiles`),
  }),
};

/** Equal options are equal values, whoever wrote them. Throws Error naming the field. */
export function readContainerOptions(value: unknown): ContainerOptions | undefined {
  return readOptions(value, "container", readers);
}
