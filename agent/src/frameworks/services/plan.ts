import type { ServiceSpec } from "../../model/service";
import type { Instance } from "./instance";
import { isDying, isLostSight, isReady } from "./instance";
import { succeededFirst } from "./succession";

export interface PlanInput {
  readonly spec: ServiceSpec;
  readonly version: string;
  /** Those of this service. */
  readonly instances: readonly Instance[];
  readonly draining: ReadonlySet<string>;
  readonly nowMs: number;
}

export interface Plan {
  /** How many more may be launched now. */
  readonly launch: number;
  readonly kill: readonly { readonly instance: Instance; readonly reason: string }[];
  /** Old ones that may be killed to make room for a new one that finds no place. */
  readonly spare: readonly Instance[];
}

/** After its grace and this, a kill that has shown no effect is asked for again. */
export const killPatienceMs = 30_000;

/**
 * What should change, by counting. An instance is *good* (current version, on a node that stays), *stale* (an old
 * version, or on a draining node), *dying*, or lost from sight (not counted at all: it is replaced at once).
 * At most `instances` and one more exist while stale ones are replaced; from a draining node all move at once.
 * A stale one goes when a good one that is ready has taken its place.
 */
export function planService(input: PlanInput): Plan {
  const wanted = input.spec.instances;
  const seen = input.instances.filter((one) => !isLostSight(one));
  const dying = seen.filter(isDying);
  const alive = seen.filter((one) => !isDying(one));
  const moves = (one: Instance) => input.draining.has(one.node);
  const good = alive.filter((one) => one.version === input.version && !moves(one));
  const stale = alive.filter((one) => !good.includes(one));
  const ready = good.filter(isReady);

  const surge = stale.length > 0 ? Math.max(1, stale.filter(moves).length) : 0;
  const room = wanted + surge - alive.length - dying.filter((one) => stillDying(one, input)).length;
  const launch = Math.max(0, Math.min(wanted - good.length, room));

  const staleSurplus = Math.max(0, ready.length + stale.length - wanted);
  const goodSurplus = Math.max(0, good.length - wanted);
  const bySuccession = succeededFirst(input.spec, ready);
  const staleOrder = [...stale].sort(
    (a, b) => Number(moves(b)) - Number(moves(a)) || bySuccession(a, b) || firstToGo(a, b),
  );
  const kill = [
    ...staleOrder.slice(0, staleSurplus).map((instance) => ({
      instance,
      reason: moves(instance)
        ? `node '${instance.node}' is being drained`
        : `replaced by version ${input.version}`,
    })),
    ...[...good]
      .sort(firstToGo)
      .slice(0, goodSurplus)
      .map((instance) => ({
        instance,
        reason: `service '${input.spec.name}' wants ${wanted} instances`,
      })),
  ];
  const mayMakeRoom =
    launch > 0 &&
    dying.length === 0 &&
    ready.length === good.length &&
    good.length + stale.length >= wanted;
  return {
    launch,
    kill,
    spare: mayMakeRoom ? staleOrder.filter((one) => !moves(one)) : [],
  };
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

/** A kill that hangs must not keep its replacement out for ever. */
function stillDying(instance: Instance, input: PlanInput): boolean {
  if (instance.killAskedMs === undefined) return true;
  return input.nowMs < instance.killAskedMs + instance.spec.killGraceMs + killPatienceMs;
}
