import type { MembershipOptions } from "../../../agent/src/membership/membership";
import { MeshField, type Sighting } from "./field";

/** Ten intervals of probes, so that crashes fall anywhere in them. */
const quiesceMs = 15_000;
const watchMs = 60_000;

/** Of one crash: until anybody held it for dead, and until everybody did. */
export interface Detection {
  readonly firstMs: number;
  /** Infinity: somebody did not within a minute. */
  readonly fullMs: number;
}

export interface CrashRun {
  readonly seed: string;
  readonly members: number;
  /** So many at the same moment. */
  readonly crashes: number;
  readonly membership: MembershipOptions;
}

/** Real deaths in a mesh that is well. */
export function runCrashes(run: CrashRun): Detection[] {
  const seen = new Map<string, Map<string, number>>();
  const watch = ({ atMs, observer, member }: Sighting): void => {
    if (member.status === "dead") seen.get(member.record.name)?.set(observer, atMs);
  };
  const field = new MeshField({ ...run, watch });
  field.advance(quiesceMs + field.random.between(0, 2000));
  const victims = new Set<string>();
  while (victims.size < run.crashes) victims.add(field.random.pick(field.names));
  const crashedAtMs = field.nowMs;
  for (const name of victims) {
    seen.set(name, new Map());
    field.crash(name);
  }
  field.advance(watchMs);
  return [...seen.values()].map((at) => {
    const times = [...at.values()].map((atMs) => atMs - crashedAtMs);
    const everybody = times.length === run.members - victims.size;
    return {
      firstMs: times.length === 0 ? Infinity : Math.min(...times),
      fullMs: everybody ? Math.max(...times) : Infinity,
    };
  });
}
