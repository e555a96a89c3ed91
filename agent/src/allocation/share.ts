import type { Resources } from "../model/resources";

/**
 * The largest fraction of any resource that a framework holds (Ghodsi 2011, section 4). Ports do not
 * count: only scalars do, as in Mesos' sorter.
 */
export function dominantShare(held: Resources, total: Resources): number {
  return Math.max(
    fraction(held.cpus, total.cpus),
    fraction(held.memMiB, total.memMiB),
    fraction(held.diskMiB, total.diskMiB),
  );
}

function fraction(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
