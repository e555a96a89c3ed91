import type { ServiceSpec } from "../../model/service";
import type { Instance } from "./instance";
import { isDying, isLostSight, isReady } from "./instance";
import { succeededFirst } from "./succession";
import type { Tally } from "./tally";

export interface PlanInput {
  readonly spec: Pick<ServiceSpec, "name" | "instances" | "sharedPorts">;
  readonly version: string;
  /** Of the instances of this service, by that version. */
  readonly tally: Tally;
  readonly draining: ReadonlySet<string>;
  readonly nowMs: number;
}

/** How many should come and go. */
export interface Plan {
  /** How many more may be launched now. */
  readonly launch: number;
  readonly killStale: number;
  readonly killGood: number;
  /** Stale ones may be killed to make room for a new one that finds no place. */
  readonly mayMakeRoom: boolean;
}

export interface PlannedKill {
  readonly instance: Instance;
  readonly reason: string;
}

/**
 * What should change, by counting. An instance is *good* (current version, on a node that stays), *stale* (an old
 * version, or on a draining node), *dying*, or lost from sight (not counted at all: it is replaced at once).
 * At most `instances` and one more exist while stale ones are replaced; from a draining node all move at once.
 * A stale one goes when a good one that is ready has taken its place.
 */
export function planService({ spec, tally, nowMs }: PlanInput): Plan {
  const wanted = spec.instances;
  const { alive, good, goodReady, moving, dying } = tally;
  const stale = alive - good;
  const surge = stale > 0 ? Math.max(1, moving) : 0;
  // A kill that hangs must not keep its replacement out for ever.
  const stillDying = dying - tally.overdue(nowMs).length;
  const room = wanted + surge - alive - stillDying;
  const launch = Math.max(0, Math.min(wanted - good, room));
  return {
    launch,
    killStale: Math.max(0, goodReady + stale - wanted),
    killGood: Math.max(0, good - wanted),
    mayMakeRoom: launch > 0 && dying === 0 && goodReady === good && alive >= wanted,
  };
}

/** Which ones those are that the plan has too many of. Looks at all of the service. */
export function plannedKills(input: PlanInput, { killStale, killGood }: Plan): PlannedKill[] {
  const { spec, version, draining } = input;
  const staleOnes = killStale === 0 ? [] : stale(input).slice(0, killStale);
  const goodOnes = killGood === 0 ? [] : alive(input, true).sort(firstToGo).slice(0, killGood);
  return [
    ...staleOnes.map((instance) => ({
      instance,
      reason: draining.has(instance.node)
        ? `node '${instance.node}' is being drained`
        : `replaced by version ${version}`,
    })),
    ...goodOnes.map((instance) => ({
      instance,
      reason: `service '${spec.name}' wants ${spec.instances} instances`,
    })),
  ];
}

/** Old ones that may be killed to make room, the first to go first. Looks at all of the service. */
export function spareInstances(input: PlanInput, { mayMakeRoom }: Plan): Instance[] {
  return mayMakeRoom ? stale(input).filter((one) => !input.draining.has(one.node)) : [];
}

function stale(input: PlanInput): Instance[] {
  const moves = (one: Instance) => Number(input.draining.has(one.node));
  const bySuccession = succeededFirst(input.spec, () => alive(input, true).filter(isReady));
  return alive(input, false).sort(
    (a, b) => moves(b) - moves(a) || bySuccession(a, b) || firstToGo(a, b),
  );
}

function alive({ tally, version, draining }: PlanInput, good: boolean): Instance[] {
  const isGood = (one: Instance) => one.version === version && !draining.has(one.node);
  return [...tally.instances.values()].filter(
    (one) => !isLostSight(one) && !isDying(one) && isGood(one) === good,
  );
}

/** Scaling down: first what does not serve, then what came back after it had been replaced, then the newest. */
function firstToGo(a: Instance, b: Instance): number {
  return (
    Number(isReady(a)) - Number(isReady(b)) ||
    Number(b.cameBack) - Number(a.cameBack) ||
    b.knownSinceMs - a.knownSinceMs ||
    (a.taskId < b.taskId ? -1 : 1)
  );
}
