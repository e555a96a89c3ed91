import type { MeshWorldOptions } from "./mesh-world";
import { MeshWorld } from "./mesh-world";

/** `COVEY_SEED=17 npx jest --selectProjects simulation -t "..."` runs one seed of a test again. */
const onlySeed = process.env["COVEY_SEED"];

/** The first so many, and `others`. */
export function seeds(count: number, others: readonly number[] = []): number[] {
  return onlySeed === undefined
    ? [...Array.from({ length: count }, (_, index) => index + 1), ...others]
    : [Number(onlySeed)];
}

/** Runs `story` in a world of each seed; what fails names its seed. */
export function eachSeed(
  count: number,
  options: Omit<MeshWorldOptions, "seed">,
  story: (world: MeshWorld) => void,
): void {
  for (const seed of seeds(count))
    try {
      story(new MeshWorld({ seed, ...options }));
    } catch (error) {
      throw new Error(`seed ${seed} (replay: COVEY_SEED=${seed}): ${String(error)}`, {
        cause: error,
      });
    }
}
