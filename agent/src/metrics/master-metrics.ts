import type { Amounts, MasterFigures } from "../ports/figures";
import { each, gauge, type Measure } from "./measure";
import { largestOwners } from "./owners";
import { endStates, liveStates } from "./task-states";

const mebibyte = 1024 * 1024;

/** What the acting master tells of the cluster, and nobody else. */
export const masterMetrics: readonly Measure<MasterFigures>[] = [
  gauge(
    "covey_master_uptime_seconds",
    "How long this agent has been the master without a break.",
    (all) => all.uptimeMs / 1000,
  ),
  gauge(
    "covey_master_recovering",
    "1 while agents are still coming back after the change of master.",
    (all) => all.recovering,
  ),
  {
    name: "covey_master_agents",
    kind: "gauge",
    labels: ["state"],
    help: "Agents admitted to the cluster; each is in one state.",
    read: ({ nodes }) =>
      each("state", ["active", "unhealthy", "draining", "detached", "unreachable"], nodes),
  },
  {
    name: "covey_master_resource_capacity",
    kind: "gauge",
    labels: ["resource"],
    help: "What the attached agents have.",
    read: ({ total }) => each("resource", resources, scalars(total)),
  },
  {
    name: "covey_master_resource_allocated",
    kind: "gauge",
    labels: ["resource"],
    help: "What tasks hold of it.",
    read: ({ allocated }) => each("resource", resources, scalars(allocated)),
  },
  {
    name: "covey_master_tasks",
    kind: "gauge",
    labels: ["state", "framework", "role"],
    help: "Tasks that have not ended.",
    read: ({ tasks }) =>
      largestOwners(tasks).flatMap(({ framework, role, states }) =>
        liveStates
          .filter((state) => state in states)
          .map((state) => [{ state, framework, role }, states[state] ?? 0] as const),
      ),
  },
  {
    name: "covey_master_tasks_ended_total",
    kind: "counter",
    labels: ["state"],
    help: "Tasks that have ended in this master's term.",
    read: ({ ended }) => each("state", endStates, ended),
  },
  gauge("covey_master_offers", "Offers made and not answered yet.", (all) => all.offers),
  {
    name: "covey_master_frameworks",
    kind: "gauge",
    labels: ["state"],
    help: "Frameworks the master knows; those built in are connected.",
    read: ({ frameworks }) => each("state", ["connected", "disconnected"], frameworks),
  },
  gauge(
    "covey_master_store_writes_waiting",
    "Writes of desired state that wait for their turn, or for the store.",
    (all) => all.store.waiting,
  ),
  {
    name: "covey_master_store_writes_total",
    kind: "counter",
    labels: ["outcome"],
    help: "Writes of desired state in this master's term.",
    read: ({ store }) => each("outcome", ["written", "failed"], store),
  },
];

const resources = ["cpus", "memory_bytes", "disk_bytes"] as const;

function scalars({ cpus, memMiB, diskMiB }: Amounts): Record<(typeof resources)[number], number> {
  return { cpus, memory_bytes: memMiB * mebibyte, disk_bytes: diskMiB * mebibyte };
}
