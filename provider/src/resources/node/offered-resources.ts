import type { NodeModel } from "./schema";

/** For the container's engine (about 120 MiB), Consul (100) and the agent (80). */
const memoryHeadroomMiB = 384;

type Limits = Pick<NonNullable<NodeModel["docker"]>, "cpus" | "memory_mib">;

/**
 * What the node offers: as configured, else what its container is limited to, memory less a headroom that is at most a half
 * of it. An agent reads off the machine what is left out, and sees the whole of it also from within a limited container.
 */
export function offeredResources(
  resources: NodeModel["resources"],
  limits: Limits | null,
): NodeModel["resources"] {
  if (limits === null || (limits.cpus === null && limits.memory_mib === null)) return resources;
  const { cpus, memory_mib: memory } = limits;
  const offered =
    memory === null ? null : Math.floor(memory - Math.min(memoryHeadroomMiB, memory / 2));
  const empty = { cpus: null, memory_mib: null, disk_mib: null, ports: null };
  const given = resources ?? empty;
  return { ...given, cpus: given.cpus ?? cpus, memory_mib: given.memory_mib ?? offered };
}
