import fc from "fast-check";
import { endMs, faultKinds, stepsOf, type Fault, type Round } from "./fault";
import { minorityOf, planRound, recoversMs, type PlanOptions } from "./plan";

const hosts = ["h1", "h2", "h3", "h4", "h5"];
const voters = ["h1", "h2", "h3"];
const plan = (seed: number): PlanOptions => ({ seed, hosts, voters });
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const rounds = fc.integer({ min: 1, max: 200 });

/** Down or not yet whole again at the time another fault begins. */
function downAt({ faults }: Round, atMs: number): readonly string[] {
  return faults.flatMap((one) =>
    one.hosts.filter(
      (host) => one.atMs <= atMs && endMs(one) + recoversMs(voters.includes(host)) > atMs,
    ),
  );
}

describe("the plan of a chaos run", () => {
  it("is the same for the same seed and round, and another for another", () => {
    expect(planRound(plan(7), 3)).toEqual(planRound(plan(7), 3));
    expect(planRound(plan(7), 3)).not.toEqual(planRound(plan(8), 3));
    expect(planRound(plan(7), 3)).not.toEqual(planRound(plan(7), 4));
  });

  it("never has more voters down than a minority, those that are just back among them", () => {
    fc.assert(
      fc.property(seeds, rounds, (seed, number) => {
        const round = planRound(plan(seed), number);
        for (const { atMs } of round.faults) {
          const down = downAt(round, atMs);
          expect(down.filter((name) => voters.includes(name)).length).toBeLessThanOrEqual(1);
          expect(down.length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it("gives no host a second fault before it is whole again", () => {
    fc.assert(
      fc.property(seeds, rounds, (seed, number) => {
        const lastEnd = new Map<string, number>();
        for (const fault of planRound(plan(seed), number).faults)
          for (const host of fault.hosts) {
            expect(fault.atMs).toBeGreaterThanOrEqual(lastEnd.get(host) ?? 0);
            lastEnd.set(host, endMs(fault) + recoversMs(voters.includes(host)));
          }
      }),
    );
  });

  it("has every kind of fault, islands of two, and a fault in every round", () => {
    const all = Array.from({ length: 100 }, (_, index) => planRound(plan(1), index + 1));
    const faults = all.flatMap((round): readonly Fault[] => round.faults);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(faultKinds));
    expect(faults.some((fault) => fault.hosts.length === 2)).toBe(true);
    expect(all.every((round) => round.faults.length > 0)).toBe(true);
  });

  it("takes every fault back that is not over at once, in the order of time", () => {
    const round = planRound(plan(1), 1);
    const steps = stepsOf(round);
    expect(steps.map(({ atMs }) => atMs)).toEqual(
      steps.map(({ atMs }) => atMs).sort((one, other) => one - other),
    );
    expect(steps.filter(({ act }) => act === "begin").map(({ fault }) => fault)).toEqual(
      round.faults,
    );
    expect(steps.filter(({ act }) => act === "end").length).toBe(
      round.faults.filter(({ forMs }) => forMs > 0).length,
    );
  });

  it("knows a minority", () => {
    expect([1, 3, 5, 7].map((count) => minorityOf(Array<string>(count).fill("")))).toEqual([
      0, 1, 2, 3,
    ]);
  });
});
