/**
 * A task's spec as a container carries it. The container is the only durable record of its task, so all of the spec
 * must be read back from it. The values of `env` may be secrets and labels are shown by `docker ps` and in every
 * event; the label therefore holds only the names, and the values are read back from the container's own environment.
 */
import { readContainerOptions } from "../../model/container";
import type { HealthCheck } from "../../model/health";
import { withoutProvision } from "../../model/provision";
import type { TaskPort, TaskSpec } from "../../model/task";

export const label = {
  cluster: "covey.cluster",
  node: "covey.node",
  task: "covey.task",
  spec: "covey.spec",
} as const;

export function encodeSpec(spec: TaskSpec): string {
  return JSON.stringify({ ...withoutProvision(spec), env: Object.keys(spec.env) });
}

/** Throws where the label is not one of ours; `environment` is the container's, `NAME=value`. */
export function decodeSpec(text: string, environment: readonly string[]): TaskSpec {
  const raw: unknown = JSON.parse(text);
  if (!isStored(raw)) throw new Error("not the spec of a task");
  const names = new Set(raw.env);
  const env = environment.flatMap((line) => {
    const cut = line.indexOf("=");
    const name = line.slice(0, cut);
    return names.has(name) ? [[name, line.slice(cut + 1)] as const] : [];
  });
  return {
    ...raw,
    env: Object.fromEntries(env),
    command: raw.command,
    health: raw.health,
    readiness: raw.readiness,
    catalogName: raw.catalogName,
    container: readContainerOptions(raw.container),
  };
}

type Stored = Omit<
  TaskSpec,
  "env" | "command" | "health" | "readiness" | "catalogName" | "container"
> & {
  readonly env: readonly string[];
  readonly command?: readonly string[];
  readonly health?: HealthCheck;
  readonly readiness?: HealthCheck;
  readonly catalogName?: string;
  readonly container?: unknown;
};

function isStored(raw: unknown): raw is Stored {
  if (!isObject(raw)) return false;
  const { id, framework, image, cpus, memMiB, killGraceMs, network } = raw;
  return (
    [id, framework, image].every((value) => typeof value === "string") &&
    [cpus, memMiB, killGraceMs].every((value) => typeof value === "number") &&
    (network === "bridge" || network === "host") &&
    hasParts(raw)
  );
}

function hasParts({ labels, env, command, health, readiness, ports }: StoredFields): boolean {
  return (
    isObject(labels) &&
    isStrings(env) &&
    (command === undefined || isStrings(command)) &&
    (health === undefined || isObject(health)) &&
    (readiness === undefined || isObject(readiness)) &&
    Array.isArray(ports) &&
    ports.every(isPort)
  );
}

function isPort(raw: unknown): raw is TaskPort {
  return isObject(raw) && typeof raw.name === "string" && typeof raw.hostPort === "number";
}

function isStrings(raw: unknown): raw is string[] {
  return Array.isArray(raw) && raw.every((value) => typeof value === "string");
}

type StoredFields = Partial<Record<keyof TaskSpec | keyof TaskPort, unknown>>;

function isObject(raw: unknown): raw is StoredFields {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
