import type { Sample } from "../ports/metrics";
import { endStates, liveStates } from "./task-states";

/** Mesos' metrics, by its names (docs/monitoring.md there), as sums of samples. */
interface MesosMetric {
  readonly name: string;
  readonly sample: string;
  /** Those whose label has one of these values; all, where nothing is said. */
  readonly where?: readonly [label: string, values: readonly string[]];
  /** How much of the sample's unit is one of Mesos'; default 1. */
  readonly unit?: number;
}

const mebibyte = 1024 * 1024;
const connected = ["active", "unhealthy", "draining"];

const mesosMetrics: readonly MesosMetric[] = [
  { name: "master/elected", sample: "covey_election_master" },
  { name: "master/uptime_secs", sample: "covey_master_uptime_seconds" },
  ...agents("active", ["active"]),
  ...agents("inactive", ["unhealthy", "draining", "detached"]),
  ...agents("connected", connected),
  ...agents("disconnected", ["detached"]),
  ...agents("unreachable", ["unreachable"]),
  ...frameworks("active", "connected"),
  ...frameworks("inactive", "disconnected"),
  ...frameworks("connected", "connected"),
  ...frameworks("disconnected", "disconnected"),
  { name: "master/outstanding_offers", sample: "covey_master_offers" },
  ...liveStates.map((state) => tasks(state, "covey_master_tasks")),
  ...endStates.map((state) => tasks(state, "covey_master_tasks_ended_total")),
  ...resource("cpus", "cpus", 1),
  ...resource("mem", "memory_bytes", mebibyte),
  ...resource("disk", "disk_bytes", mebibyte),
];

/** By Mesos' names, in their order; `master/cpus_percent` and its kind are parts of 1, as there. */
export function mesosSnapshot(samples: readonly Sample[]): Record<string, number> {
  const found = mesosMetrics.map((metric): [string, number] => [
    metric.name,
    valueOf(metric, samples),
  ]);
  const values = new Map(found);
  for (const kind of ["cpus", "mem", "disk"]) {
    const total = values.get(`master/${kind}_total`) ?? 0;
    const used = values.get(`master/${kind}_used`) ?? 0;
    values.set(`master/${kind}_percent`, total > 0 ? used / total : 0);
  }
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function valueOf({ sample, where, unit = 1 }: MesosMetric, samples: readonly Sample[]): number {
  let sum = 0;
  for (const { name, labels, value } of samples)
    if (name === sample && (!where || where[1].includes(labels[where[0]] ?? ""))) sum += value;
  return sum / unit;
}

function agents(name: string, states: readonly string[]): MesosMetric[] {
  return [
    { name: `master/slaves_${name}`, sample: "covey_master_agents", where: ["state", states] },
  ];
}

function frameworks(name: string, state: string): MesosMetric[] {
  const where = ["state", [state]] as const;
  return [{ name: `master/frameworks_${name}`, sample: "covey_master_frameworks", where }];
}

function tasks(state: string, sample: string): MesosMetric {
  const name = `master/${state.replace("TASK_", "tasks_").toLowerCase()}`;
  return { name, sample, where: ["state", [state]] };
}

function resource(name: string, label: string, unit: number): MesosMetric[] {
  const where = ["resource", [label]] as const;
  return [
    { name: `master/${name}_total`, sample: "covey_master_resource_capacity", where, unit },
    { name: `master/${name}_used`, sample: "covey_master_resource_allocated", where, unit },
  ];
}
