import { applyFault, big, describeFault, mend, planFaults, type Fault } from "./chaos-faults";
import { convergedWithin, putWhenBack, served, webOf } from "./cluster-stories";
import { ClusterWorld } from "./cluster-world";

export interface ChaosOutcome {
  readonly simulatedMs: number;
  /** Of all that was logged and done: equal for equal seeds and faults. */
  readonly hash: string;
  /** undefined: no rule was broken. */
  readonly broken: string | undefined;
  /** The last that happened, for people. */
  readonly story: string;
}

const nodes = 6;
const faultsPerSeed = 15;
/** Mended, the cluster is in order after this, and after a change soon. */
const bounds = { convergedMs: 90_000, changedMs: 15_000 };
const lossy = { minDelayMs: 0.3, maxDelayMs: 20, loss: 0.05, duplication: 0.03 };
/** Each try is a run of its own. */
const shrinkTries = 60;

export function chaosPlan(seed: number | string): Fault[] {
  const names = Array.from({ length: nodes }, (_, index) => `n${index + 1}`);
  return planFaults(seed, faultsPerSeed, names);
}

/** A whole cluster that is brought up, broken by the list, mended, and then has to be in order. Never rejects. */
export async function runChaos(
  seed: number | string,
  faults: readonly Fault[],
): Promise<ChaosOutcome> {
  const world = new ClusterWorld({ seed, nodes, faults: lossy });
  let broken: string | undefined;
  try {
    await served(world);
    await world.put(big);
    for (const fault of faults) {
      applyFault(world, fault);
      await world.advance(fault.thenMs);
    }
    mend(world);
    await convergedWithin(world, bounds.convergedMs);
    await putWhenBack(world, webOf({ instances: 4 }));
    await convergedWithin(world, bounds.changedMs);
  } catch (error) {
    broken = String(error);
  }
  const { invariants, clock } = world;
  return { simulatedMs: clock.nowMs(), hash: invariants.hash(), broken, story: invariants.story() };
}

/** Fewer faults that break a rule as well, by leaving out halves, then quarters, and so on (Zeller's ddmin). */
async function shrinkFaults(
  seed: number | string,
  faults: readonly Fault[],
): Promise<readonly Fault[]> {
  let kept = faults;
  let tries = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < kept.length && tries < shrinkTries; tries++) {
      const fewer = [...kept.slice(0, from), ...kept.slice(from + size)];
      if ((await runChaos(seed, fewer)).broken === undefined) from += size;
      else kept = fewer;
    }
  return kept;
}

/** What a person needs to see of a failing seed. */
export async function transcript(seed: number | string, faults: readonly Fault[]): Promise<string> {
  const least = await shrinkFaults(seed, faults);
  const { broken, story } = await runChaos(seed, least);
  return [
    `seed ${seed}: ${broken ?? "not broken any more"}`,
    `with ${least.length} of ${faults.length} faults:`,
    ...least.map((fault) => `  ${describeFault(fault)}`),
    "the last of it:",
    story,
    `replay: npm run simulate -- --seed ${seed}`,
  ].join("\n");
}
