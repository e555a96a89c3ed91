import { statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** What a node offers of its machine where its configuration does not say. */
export interface Machine {
  readonly cpus: number;
  readonly memMiB: number;
  readonly diskMiB: number;
  readonly ports: readonly { readonly begin: number; readonly end: number }[];
}

const mebibyte = 1024 * 1024;
/** For the kernel, Docker, Consul (about 100 MiB) and the agent (below 80 MiB); Mesos keeps as much (1 GiB). */
const memHeadroomMiB = 1024;
/** For images' layers, logs and the system; Mesos keeps as much (5 GiB). */
const diskHeadroomMiB = 5 * 1024;
/** Mesos' range: below Linux' own for outgoing connections (32768-60999), so that no client socket sits on one. */
const taskPorts = { begin: 31_000, end: 32_000 } as const;

/**
 * All cpus (they are shared by weight, and idle ones lost otherwise); memory and the disk that holds `dataDir`
 * less a headroom, which is at most a half of a small machine.
 * Throws Error where the disk cannot be asked.
 */
export function readMachine(dataDir: string): Machine {
  return {
    cpus: availableParallelism(),
    memMiB: lessHeadroom(totalmem() / mebibyte, memHeadroomMiB),
    diskMiB: lessHeadroom(diskSizeMiB(dataDir), diskHeadroomMiB),
    ports: [taskPorts],
  };
}

function diskSizeMiB(dataDir: string): number {
  try {
    const { blocks, bsize } = statfsSync(dataDir);
    return (blocks * bsize) / mebibyte;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `cannot read the size of the disk of ${dataDir} (${reason}): set resources.diskMiB`,
      { cause },
    );
  }
}

/** Whole MiB, never below 1. */
export function lessHeadroom(totalMiB: number, headroomMiB: number): number {
  return Math.max(1, Math.floor(totalMiB - Math.min(headroomMiB, totalMiB / 2)));
}
