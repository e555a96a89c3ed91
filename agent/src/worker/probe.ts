import type { HealthCheck } from "../model/health";
import type { TaskSpec } from "../model/task";
import type { Containers } from "../ports/containers";
import type { Prober } from "../ports/prober";
import type { Lane } from "./lane";

/** Asks once. undefined: healthy; else what was wrong, in a few words. */
export type Probe = () => Promise<string | undefined>;

interface ProbeWorld {
  readonly prober: Prober;
  readonly containers: Containers;
  /** Commands start processes in containers: more at once would only keep the engine from its work. */
  readonly commands: Lane;
  readonly address: string;
}

/** How a task's check is asked; undefined where there is nothing to ask: no such port, no container. */
export function probeOf(
  spec: TaskSpec,
  check: HealthCheck,
  containerId: string | undefined,
  world: ProbeWorld,
): Probe | undefined {
  const { kind, timeoutMs, command = [] } = check;
  if (kind === "command")
    return containerId === undefined
      ? undefined
      : () => world.commands.run(() => runs(world.containers, containerId, command, timeoutMs));
  const port = spec.ports.find(({ name }) => name === check.port)?.hostPort;
  if (port === undefined) return undefined;
  const { prober, address } = world;
  if (kind === "http") return () => prober.http(address, port, check.path, timeoutMs);
  if (kind === "grpc") return () => prober.grpc(address, port, check.service ?? "", timeoutMs);
  return () => prober.tcp(address, port, timeoutMs);
}

export function describeCheck(check: HealthCheck): string {
  switch (check.kind) {
    case "http":
      return `HTTP ${check.path} on port '${check.port}'`;
    case "grpc":
      return `gRPC health of '${check.service ?? ""}' on port '${check.port}'`;
    case "command":
      return "its command";
    case "tcp":
      return `TCP port '${check.port}'`;
  }
}

async function runs(
  containers: Containers,
  containerId: string,
  command: readonly string[],
  timeoutMs: number,
): Promise<string | undefined> {
  const { exitCode, output } = await containers.exec(containerId, command, timeoutMs);
  if (exitCode === 0) return undefined;
  if (exitCode === undefined) return `has not ended within ${timeoutMs} ms`;
  return output === ""
    ? `ended with exit code ${exitCode}`
    : `ended with exit code ${exitCode}: ${output}`;
}
