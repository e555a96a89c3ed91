import type { ContainerCreateOptions, HostConfig } from "dockerode";
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
const maxPids = 4096;

export function containerName(taskId: string): string {
  return `covey-${taskId}`;
}

/** `docker create` for a task: limits, ports, environment, resolver and the labels it is found by. */
export function createOptions(spec: TaskSpec, place: NodePlace): ContainerCreateOptions {
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
    HostConfig: hostConfigOf(spec, place),
  };
}

/** Mesos' and Marathon's names, so that images made for them run unchanged; the task's own `env` wins. */
function environmentOf(spec: TaskSpec, place: NodePlace): Record<string, string> {
  const ports = spec.ports.flatMap((port, index) => [
    [`PORT${index}`, String(port.hostPort)] as const,
    [`PORT_${port.name.toUpperCase().replaceAll("-", "_")}`, String(port.hostPort)] as const,
  ]);
  return {
    COVEY_TASK_ID: spec.id,
    COVEY_NODE: place.node,
    HOST: place.address,
    ...Object.fromEntries(ports),
    ...spec.env,
  };
}

function hostConfigOf(spec: TaskSpec, place: NodePlace): HostConfig {
  const memory = Math.max(spec.memMiB, minMemoryMiB) * 1024 * 1024;
  return {
    /** PID 1 of the image neither reaps nor heeds TERM unless it was written to; Docker's init does both. */
    Init: true,
    NanoCpus: Math.round(spec.cpus * 1e9),
    CpuShares: Math.max(2, Math.round(spec.cpus * 1024)),
    Memory: memory,
    /** Equal to `Memory`: no swap. */
    MemorySwap: memory,
    PidsLimit: maxPids,
    RestartPolicy: { Name: "no" },
    NetworkMode: spec.network === "host" ? "host" : (place.network ?? "bridge"),
    PortBindings: Object.fromEntries(
      bridged(spec).map((port) => [
        exposed(port),
        [{ HostIp: place.address, HostPort: String(port.hostPort) }],
      ]),
    ),
    ...(place.dns === undefined ? {} : { Dns: [place.dns], DnsSearch: [...place.dnsSearch] }),
    LogConfig: { Type: "json-file", Config: { "max-size": "10m", "max-file": "3" } },
  };
}

function bridged(spec: TaskSpec): TaskSpec["ports"] {
  return spec.network === "bridge" ? spec.ports : [];
}

function exposed(port: TaskSpec["ports"][number]): string {
  return `${port.containerPort}/${port.protocol}`;
}
