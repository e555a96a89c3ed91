import type { ClusterOptions } from "./cluster-world";
import { ClusterWorld } from "./cluster-world";
import { seeds } from "./seeds";

/** As `eachSeed`, for stories of a whole cluster: what fails names its seed and ends with what happened last. */
export async function eachCluster(
  count: number,
  options: Omit<ClusterOptions, "seed">,
  story: (world: ClusterWorld) => Promise<void>,
): Promise<void> {
  for (const seed of seeds(count)) {
    const world = new ClusterWorld({ seed, ...options });
    try {
      await story(world);
    } catch (error) {
      throw new Error(
        `seed ${seed} (replay: COVEY_SEED=${seed}): ${String(error)}\nThe last of it:\n${world.invariants.story()}`,
        { cause: error },
      );
    }
  }
}
