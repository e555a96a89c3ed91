import type { Filters } from "./messages";

/** mesos.proto, Filters. The kernel keeps it within its bounds, which are Mesos' (src/master/allocator/mesos/hierarchical.cpp). */
const defaultRefuseSeconds = 5;
const longestRefuseSeconds = 365 * 24 * 3600;

/** How long what is refused is not offered again. */
export function refuseMs(filters: Filters | undefined): number {
  const seconds = filters?.refuse_seconds ?? defaultRefuseSeconds;
  if (Number.isNaN(seconds) || seconds < 0) return defaultRefuseSeconds * 1000;
  return Math.min(seconds, longestRefuseSeconds) * 1000;
}
