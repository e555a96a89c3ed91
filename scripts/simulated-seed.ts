/** A process that `simulate.ts` gives seeds, one at a time, and that answers what became of each. */
import { chaosPlan, runChaos, transcript } from "../agent/test/simulation/chaos-run";

export interface SeedOutcome {
  readonly seed: number;
  readonly simulatedMs: number;
  readonly faults: number;
  /** The same on every machine. */
  readonly hash: string;
  /** What a person needs to see of a seed that broke a rule; undefined: none did. */
  readonly transcript: string | undefined;
}

async function run(seed: number): Promise<SeedOutcome> {
  const faults = chaosPlan(seed);
  const { simulatedMs, hash, broken } = await runChaos(seed, faults);
  const told = broken === undefined ? undefined : await transcript(seed, faults);
  return { seed, simulatedMs, faults: faults.length, hash, transcript: told };
}

process.on("message", (seed: number) => {
  run(seed).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      console.error(error);
      process.exit(2);
    },
  );
});
