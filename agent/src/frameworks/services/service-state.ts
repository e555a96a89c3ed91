import type { Refusal } from "../../model/scheduler";
import type { ServiceSpec } from "../../model/service";
import type { TaskReason, TaskStatus } from "../../model/task";
import type { Backoff } from "./backoff";
import { afterFailure, noBackoff, provenAfterMs } from "./backoff";
import type { Instance } from "./instance";
import type { Tally } from "./tally";
import { specVersion } from "./version";

export interface Failure {
  readonly taskId: string;
  readonly version: string;
  readonly node: string;
  readonly reason: TaskReason | undefined;
  readonly message: string;
  /** Wall clock. */
  readonly atMs: number;
}

/** How many ended instances are remembered for `why`. */
const failuresKept = 10;

/** What this framework remembers of one desired service beside its instances. All of it may be lost with the master. */
export interface ServiceState {
  readonly spec: ServiceSpec;
  readonly version: string;
  readonly backoff: Backoff;
  /** Instances of this version that ended since its deploy began or last was whole. */
  readonly ended: number;
  /** Newest first. */
  readonly failures: readonly Failure[];
  /** By node: why it was turned down when an instance last found no place. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** The last offers had no place for the next instance. */
  readonly unplaced: boolean;
  /** How many launches we last asked offers for. */
  readonly sought: number;
}

export function newService(spec: ServiceSpec): ServiceState {
  return {
    spec,
    version: specVersion(spec),
    backoff: noBackoff,
    ended: 0,
    failures: [],
    refusals: new Map(),
    unplaced: false,
    sought: 0,
  };
}

export function changeSpec(before: ServiceState, spec: ServiceSpec): ServiceState {
  const after = newService(spec);
  if (after.version !== before.version) return { ...after, failures: before.failures };
  return { ...after, backoff: before.backoff, ended: before.ended, failures: before.failures };
}

export function recordFailure(
  before: ServiceState,
  instance: Instance,
  status: TaskStatus,
  nowMs: number,
): ServiceState {
  const { taskId, version } = instance;
  const { node, reason, message, atMs } = status;
  const failure = { taskId, version, node, reason, message, atMs };
  const failures = [failure, ...before.failures].slice(0, failuresKept);
  if (version !== before.version) return { ...before, failures };
  const backoff = afterFailure(before.backoff, instance, nowMs);
  return { ...before, failures, ended: before.ended + 1, backoff };
}

/** All instances wanted are there, ready, of the current version, and no older ones beside them. */
export function isWhole(service: ServiceState, tally: Tally): boolean {
  return tally.alive === tally.currentReady && tally.alive >= service.spec.instances;
}

/** When a whole service has proven itself, monotonic; undefined: nothing is held against it, or it is not whole. */
export function provenAtMs(service: ServiceState, tally: Tally): number | undefined {
  if (service.ended === 0 && service.backoff.rounds === 0) return undefined;
  if (!isWhole(service, tally)) return undefined;
  let sinceMs = service.backoff.roundSinceMs;
  for (const { readySinceMs = -Infinity } of tally.instances.values())
    sinceMs = Math.max(sinceMs, readySinceMs);
  return sinceMs + provenAfterMs;
}
