import type { TaskUsage } from "../../ports/task-output";

interface CpuStats {
  readonly cpu_usage?: { readonly total_usage?: number };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** What of `GET /containers/ID/stats` is read; a container that has ended leaves most of it out. */
export interface EngineStats {
  readonly cpu_stats?: CpuStats;
  readonly precpu_stats?: CpuStats;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
  readonly pids_stats?: { readonly current?: number };
}

const mebibyte = 1024 * 1024;

/** As `docker stats` reckons. */
export function usageOf({
  cpu_stats: now = {},
  precpu_stats: before = {},
  memory_stats: memory = {},
  pids_stats: pids = {},
}: EngineStats): TaskUsage {
  return {
    cpus: cpusOf(now, before),
    memMiB: Math.max(0, (memory.usage ?? 0) - cacheOf(memory.stats)) / mebibyte,
    memLimitMiB: (memory.limit ?? 0) / mebibyte,
    pids: pids.current ?? 0,
  };
}

function cpusOf(now: CpuStats, before: CpuStats): number {
  const used = ticksOf(now) - ticksOf(before);
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0);
  return used > 0 && passed > 0 ? (used / passed) * (now.online_cpus ?? 1) : 0;
}

function ticksOf({ cpu_usage: usage = {} }: CpuStats): number {
  return usage.total_usage ?? 0;
}

/** cgroup v1 calls it total_inactive_file, v2 inactive_file. */
function cacheOf(stats: Readonly<Record<string, number>> = {}): number {
  return stats["total_inactive_file"] ?? stats["inactive_file"] ?? 0;
}
