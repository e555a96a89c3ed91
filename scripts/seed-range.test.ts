import { SeedRange } from "./seed-range";

const hourMs = 3_600_000;

function outcome(seed: number, transcript?: string) {
  return { seed, simulatedMs: hourMs / 2, faults: 15, hash: "", transcript };
}

describe("a range of seeds", () => {
  test("is given out in order until the hours are reached", () => {
    const range = new SeedRange({ hours: 1, first: 7, only: false }, () => 0);
    expect([range.take(), range.take()]).toEqual([7, 8]);
    range.done(outcome(8));
    expect(range.take()).toBe(9);
    range.done(outcome(7));
    expect(range.take()).toBeUndefined();
    range.done(outcome(9));
    expect(range.result()).toMatch(
      /^seeds 7 to 9: 1.50 simulated hours, 45 faults, .* no rule broken$/,
    );
  });

  test("ends early where it is told to, and says how to go on", () => {
    const range = new SeedRange({ hours: 10, first: 1, only: false }, () => 0);
    range.take();
    range.stop();
    expect(range.take()).toBeUndefined();
    range.done(outcome(1));
    expect(range.result()).toContain("go on: npm run simulate -- --from-seed 2 --hours 9.50");
  });

  test("ends when enough seeds have broken a rule, and names them", () => {
    const range = new SeedRange({ hours: 1000, first: 1, only: false }, () => 0);
    for (let seed = range.take(); seed !== undefined; seed = range.take())
      range.done(outcome(seed, "what happened"));
    expect(range.broken).toEqual([1, 2, 3, 4, 5]);
    expect(range.result()).toContain("BROKEN: 1,2,3,4,5");
  });

  test("is one seed alone where only that is asked for", () => {
    const range = new SeedRange({ hours: 1, first: 3, only: true }, () => 0);
    expect([range.take(), range.take()]).toEqual([3, undefined]);
  });
});
