import { join } from "node:path";
import { run } from "../command";
import { binDir, dockerSocket } from "../paths";
import type { ClusterApi } from "./api";
import type { Deployed } from "./example";
import type { ServiceNames } from "./resolver";
import type { Stage } from "./show";

export const serviceName = "web";
export const serviceHost = `${serviceName}.service.consul`;
export const firstInstances = 3;

/** What the steps have in common once the example is deployed. */
export interface Scene {
  readonly stage: Stage;
  readonly signal: AbortSignal;
  readonly deployed: Deployed;
  readonly api: ClusterApi;
  readonly names: ServiceNames;
  /** Address of the node whose DNS is asked. */
  readonly server: string;
}

/** One container of the example's cluster. */
export interface ContainerSeen {
  readonly id: string;
  /** Wall clock, in ms. */
  readonly startedAtMs: number;
}

/** The running containers of the example's cluster, oldest first. */
export async function runningContainers(cluster: string): Promise<readonly ContainerSeen[]> {
  const docker = ["-H", `unix://${dockerSocket}`];
  const ids = await run("docker", [
    ...docker,
    "ps",
    "--quiet",
    "--no-trunc",
    "--filter",
    `label=covey.cluster=${cluster}`,
  ]);
  const names = ids.split("\n").filter((id) => id !== "");
  if (names.length === 0) return [];
  const rows = await run("docker", [
    ...docker,
    "inspect",
    "--format",
    "{{.Id}} {{.State.StartedAt}}",
    ...names,
  ]);
  return rows
    .trim()
    .split("\n")
    .map((row) => row.split(" "))
    .flatMap(([id, at]) =>
      id !== undefined && at !== undefined ? [{ id, startedAtMs: parseInstant(at) }] : [],
    )
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

/** Docker writes nanoseconds; parts of a millisecond are kept. */
export function parseInstant(text: string): number {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "0";
  const whole = Date.parse(text.replace(/\.\d+/, ""));
  return whole + Number(`0.${fraction}`) * 1000;
}

/** Wall clock with parts of a millisecond, comparable with Docker's. */
export function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** `covey` as a user of `.covey/env` has it. */
export const coveyProgram = join(binDir, "covey");
