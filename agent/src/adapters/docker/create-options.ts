import type { ContainerCreateOptions, HostConfig } from "dockerode";
import { containerDefaults } from "../../model/container";
import type { ContainerOptions } from "../../model/container";
import { secretsDirectory } from "../../model/provision";
import { taskLabels } from "../../model/task-labels";
import type { TaskSpec } from "../../model/task";
import { encodeSpec, label } from "./spec-label";

/** What every container of a node has in common. */
export interface NodePlace {
  readonly cluster: string;
  readonly node: string;
  /** Host ports are bound on it. */
  readonly address: string;
  /** Docker network that bridge tasks join; undefined: Docker's default bridge. */
  readonly network: string | undefined;
  /** Resolver given to containers; undefined: Docker's own choice. */
  readonly dns: string | undefined;
  readonly dnsSearch: readonly string[];
}

/** Docker's least: below it the daemon refuses. */
const minMemoryMiB = 6;
const mebibyte = 1024 * 1024;

export function containerName(taskId: string): string {
  return `covey-${taskId}`;
}

/**
 * `docker create` for a task: limits, ports, environment, resolver and the labels it is found by. `secrets`: the node's directory
 * with its secrets.
 */
export function createOptions(
  spec: TaskSpec,
  place: NodePlace,
  secrets?: string,
): ContainerCreateOptions {
  return {
    name: containerName(spec.id),
    Image: spec.image,
    ...(spec.command ? { Cmd: [...spec.command] } : {}),
    Env: Object.entries(environmentOf(spec, place)).map(([name, value]) => `${name}=${value}`),
    Labels: {
      [label.cluster]: place.cluster,
      [label.node]: place.node,
      [label.task]: spec.id,
      [label.spec]: encodeSpec(spec),
    },
    ExposedPorts: Object.fromEntries(bridged(spec).map((port) => [exposed(port), {}])),
    ...processOf(spec.container ?? {}),
    HostConfig: hostConfigOf(spec, place, secrets),
  };
}

/** What the process is and thinks of itself. */
function processOf(options: ContainerOptions): ContainerCreateOptions {
  const { user, hostname, entrypoint, workdir, stopSignal } = options;
  return {
    ...(user === undefined ? {} : { User: user }),
    ...(hostname === undefined ? {} : { Hostname: hostname }),
    ...(entrypoint === undefined ? {} : { Entrypoint: [...entrypoint] }),
    ...(workdir === undefined ? {} : { WorkingDir: workdir }),
    ...(stopSignal === undefined ? {} : { StopSignal: `SIG${stopSignal}` }),
  };
}

/** Mesos' and Marathon's names, so that images made for them run unchanged; the task's own `env` wins. */
function environmentOf(spec: TaskSpec, place: NodePlace): Record<string, string> {
  const ports = spec.ports.flatMap((port, index) => [
    [`PORT${index}`, String(port.hostPort)] as const,
    [`PORT_${port.name.toUpperCase().replaceAll("-", "_")}`, String(port.hostPort)] as const,
  ]);
  const service = spec.labels[taskLabels.service];
  return {
    COVEY_TASK_ID: spec.id,
    COVEY_NODE: place.node,
    ...(service === undefined ? {} : { COVEY_SERVICE: service }),
    MESOS_TASK_ID: spec.id,
    HOST: place.address,
    ...Object.fromEntries(ports),
    ...spec.env,
  };
}

function hostConfigOf(spec: TaskSpec, place: NodePlace, secrets: string | undefined): HostConfig {
  const memory = Math.max(spec.memMiB, minMemoryMiB) * mebibyte;
  const options = spec.container ?? {};
  return {
    /** PID 1 of the image neither reaps nor heeds TERM unless it was written to; Docker's init does both. */
    Init: options.init ?? true,
    NanoCpus: Math.round(spec.cpus * 1e9),
    CpuShares: Math.max(2, Math.round(spec.cpus * 1024)),
    Memory: memory,
    /** Equal to `Memory`: no swap. */
    MemorySwap: memory,
    PidsLimit: options.pidsLimit ?? containerDefaults.pidsLimit,
    RestartPolicy: { Name: "no" },
    NetworkMode: spec.network === "host" ? "host" : (options.network ?? place.network ?? "bridge"),
    PortBindings: Object.fromEntries(
      bridged(spec).map((port) => [
        exposed(port),
        [{ HostIp: place.address, HostPort: String(port.hostPort) }],
      ]),
    ),
    ...resolverOf(options, place),
    ...logConfigOf(options),
    ...rightsOf(options),
    ...mountsOf(options, secrets),
  };
}

/** The service's search domains go before the node's. */
function resolverOf(
  { dnsSearch = [], extraHosts }: ContainerOptions,
  place: NodePlace,
): HostConfig {
  const search = [...dnsSearch, ...(place.dns === undefined ? [] : place.dnsSearch)];
  return {
    ...(place.dns === undefined ? {} : { Dns: [place.dns] }),
    ...(search.length === 0 ? {} : { DnsSearch: search }),
    ...(extraHosts && { ExtraHosts: extraHosts.map(({ name, address }) => `${name}:${address}`) }),
  };
}

function logConfigOf({ logs = containerDefaults.logs }: ContainerOptions): HostConfig {
  const { maxSizeMiB, maxFiles } = logs;
  const Config = { "max-size": `${maxSizeMiB}m`, "max-file": String(maxFiles) };
  return { LogConfig: { Type: "json-file", Config } };
}

function rightsOf(options: ContainerOptions): HostConfig {
  const { capAdd, capDrop, ulimits, readOnlyRoot, devices } = options;
  return {
    ...(readOnlyRoot === undefined ? {} : { ReadonlyRootfs: readOnlyRoot }),
    ...(capAdd && { CapAdd: [...capAdd] }),
    ...(capDrop && { CapDrop: [...capDrop] }),
    ...(ulimits && {
      Ulimits: ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    }),
    ...(devices && {
      Devices: devices.map((path) => ({
        PathOnHost: path,
        PathInContainer: path,
        CgroupPermissions: "rwm",
      })),
    }),
  };
}

function mountsOf(
  { volumes = [], tmpfs, shmMiB }: ContainerOptions,
  secrets: string | undefined,
): HostConfig {
  const mounts = [
    ...volumes,
    ...(secrets === undefined
      ? []
      : [{ source: secrets, target: secretsDirectory, readOnly: true }]),
  ];
  return {
    ...(shmMiB === undefined ? {} : { ShmSize: shmMiB * mebibyte }),
    ...(tmpfs && {
      Tmpfs: Object.fromEntries(tmpfs.map(({ path, sizeMiB }) => [path, `size=${sizeMiB}m`])),
    }),
    // Not `Binds`: with those the engine makes a directory of its own where the source is missing.
    ...(mounts.length > 0 && {
      Mounts: mounts.map(({ source, target, readOnly }) => ({
        Type: "bind",
        Source: source,
        Target: target,
        ReadOnly: readOnly,
      })),
    }),
  };
}

function bridged(spec: TaskSpec): TaskSpec["ports"] {
  return spec.network === "bridge" ? spec.ports : [];
}

function exposed(port: TaskSpec["ports"][number]): string {
  return `${port.containerPort}/${port.protocol}`;
}
