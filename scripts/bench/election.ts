import { failovers } from "../../agent/test/simulation/failovers";
import type { Figure } from "./figure";

/** One world each: few enough to keep one world short, many enough to see many seeds. */
const failoversPerSeed = 50;
/** All settings together; a run takes a minute or two of one core. */
const deadlineMs = 600_000;

const settings = [3, 5, 7].flatMap((voters) => [0, 0.05, 0.2].map((loss) => ({ voters, loss })));

/**
 * Time from the kill of the acting master until another may act, in simulated time, `rounds` times for each setting:
 * seeds 1, 2, ... so that every run gives the same figures. Throws where two masters ever act at once.
 */
export function runElectionBench(rounds: number): Promise<Figure[]> {
  const giveUpAtMs = performance.now() + deadlineMs;
  const figures = settings.flatMap(({ voters, loss }) => {
    const samples: number[] = [];
    for (let seed = 1; samples.length < rounds; seed++) {
      if (performance.now() > giveUpAtMs)
        throw new Error(`not done after ${deadlineMs / 60_000} minutes: ask for fewer --rounds`);
      const count = Math.min(failoversPerSeed, rounds - samples.length);
      samples.push(...failovers(seed, { voters, loss }, count));
    }
    const name = `${voters} voters, ${loss * 100} % loss`;
    // With loss there is no goal, only what it costs.
    const goals = loss === 0 ? { p50: { goal: 1000 }, p99: { goal: 3000 } } : undefined;
    return [
      { name: `${name}: p50`, unit: "ms", samples, ...goals?.p50 },
      { name: `${name}: p99`, unit: "ms", samples, quantile: 0.99, ...goals?.p99 },
    ];
  });
  return Promise.resolve(figures);
}
