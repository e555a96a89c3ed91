import type { HealthCheck } from "../../model/health";
import type { TaskPort } from "../../model/task";
import type { CommandInfo, HealthCheckInfo } from "./messages";
import { TaskRefused } from "./refusal";
import { commandWords } from "./task-command";

/** Mesos' defaults (mesos.proto, HealthCheck). Throws TaskRefused. */
export function taskHealth(check: HealthCheckInfo, ports: readonly TaskPort[]): HealthCheck {
  const { delay_seconds: delay = 15, grace_period_seconds: grace = 10 } = check;
  const failures = check.consecutive_failures ?? 3;
  if (!Number.isInteger(failures) || failures < 1)
    throw new TaskRefused(`health_check.consecutive_failures is ${failures}: must be 1 or more`);
  return {
    ...askedOf(check, ports),
    intervalMs: milliseconds("interval_seconds", check.interval_seconds ?? 10, 0.1),
    timeoutMs: milliseconds("timeout_seconds", check.timeout_seconds ?? 20, 0.05),
    // Probes begin at once and count after both, so a task that is up early is healthy early.
    graceMs:
      milliseconds("delay_seconds", delay, 0) + milliseconds("grace_period_seconds", grace, 0),
    maxFailures: failures,
  };
}

type Asked = Pick<HealthCheck, "kind" | "port" | "path" | "command">;

function askedOf(check: HealthCheckInfo, ports: readonly TaskPort[]): Asked {
  const { type, http, tcp, command } = check;
  const kind = type ?? (http ? "HTTP" : tcp ? "TCP" : "COMMAND");
  if (kind === "COMMAND" && command) return ofCommand(command);
  if (kind === "HTTP" && http) return ofHttp(http, ports);
  if (kind === "TCP" && tcp) return { kind: "tcp", port: portName(tcp.port, ports), path: "" };
  throw new TaskRefused(`health_check of type ${kind} must say what is asked`);
}

function ofCommand(command: CommandInfo): Asked {
  if ((command.environment?.variables ?? []).length > 0)
    throw new TaskRefused("health_check.command.environment is not there: use the task's own");
  return { kind: "command", port: "", path: "", command: commandWords(command) };
}

function ofHttp(
  { scheme = "http", port, path = "/" }: NonNullable<HealthCheckInfo["http"]>,
  ports: readonly TaskPort[],
): Asked {
  if (scheme !== "http")
    throw new TaskRefused("health_check.http.scheme must be http: https is not asked");
  return { kind: "http", port: portName(port, ports), path };
}

/** By the number inside, which is Mesos' meaning, or outside, which clients made for host networking send. */
function portName(port: number, ports: readonly TaskPort[]): string {
  const found =
    ports.find(({ containerPort }) => containerPort === port) ??
    ports.find(({ hostPort }) => hostPort === port);
  if (found) return found.name;
  throw new TaskRefused(
    `health_check: port ${port} is none of the task's; a check comes from outside the container, through a port of its resources`,
  );
}

function milliseconds(field: string, seconds: number, least: number): number {
  if (Number.isFinite(seconds) && least <= seconds && seconds <= 3600)
    return Math.round(seconds * 1000);
  throw new TaskRefused(`health_check.${field} is ${seconds}: must be from ${least} to 3600`);
}
