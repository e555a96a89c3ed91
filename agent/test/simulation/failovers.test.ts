import { quietNetwork } from "../fakes/simulated-network";
import { ElectionWorld } from "./election-world";
import { failovers } from "./failovers";
import { seeds } from "./seeds";

function elected(seed: number, voters = 3): { world: ElectionWorld; master: string } {
  const world = new ElectionWorld({ seed, voters });
  world.advanceUntil(() => world.master() !== undefined, 10_000);
  world.advance(1000);
  const master = world.master();
  if (master === undefined) throw new Error(`seed ${seed}: no master`);
  return { world, master };
}

describe("voters alone", () => {
  it("have a new master within 1 s at p50 and 3 s at p99 of the kill, without loss", () => {
    const samples = seeds(20).flatMap((seed) => failovers(seed, { voters: 3, loss: 0 }, 10));
    samples.sort((a, b) => a - b);
    expect(samples[Math.floor(samples.length / 2)]).toBeLessThan(1000);
    expect(samples.at(-1)).toBeLessThan(3000);
  });

  it("give the same times for the same seed", () => {
    const lossy = { voters: 5, loss: 0.2 };
    expect(failovers(3, lossy, 5)).toEqual(failovers(3, lossy, 5));
    expect(failovers(4, lossy, 5)).not.toEqual(failovers(3, lossy, 5));
  });

  /** A busy machine with two cores: every voter stands still now and then, for longer than the lease too. */
  it("keep a healthy master through stalls of up to 600 ms of any voter, a minute long", () => {
    for (const seed of seeds(30)) {
      const { world, master } = elected(seed);
      const term = world.termOf(master);
      for (let round = 0; round < 40; round++) {
        world.stall(world.random.pick(world.names), world.random.between(20, 600));
        world.advance(world.random.between(700, 2000));
      }
      world.advance(1000);
      expect([seed, world.master(), world.termOf(master)]).toEqual([seed, master, term]);
      expect(world.depositions).toBe(0);
    }
  });

  it("let a master go on in its term that slept past its lease, but not past the patience of the others", () => {
    for (const seed of seeds(20)) {
      const { world, master } = elected(seed);
      world.stall(master, 610);
      world.advance(605);
      expect(world.master()).toBeUndefined();
      world.advance(95);
      expect([world.master(), world.lapses, world.depositions]).toEqual([master, 1, 0]);
      world.stall(master, 3000);
      world.advance(3100);
      expect(world.depositions).toBe(1);
      expect([undefined, master]).not.toContain(world.master());
    }
  });

  it("never elect two masters of one term, though their disks lie and machines lose their power", () => {
    for (const seed of seeds(60)) {
      const { world } = elected(seed, seed % 2 === 0 ? 3 : 5);
      for (const name of world.names) world.diskOf(name).lies = true;
      for (let round = 0; round < 40; round++) {
        const name = world.random.pick([world.master() ?? "n1", ...world.names]);
        world.powerOff(name);
        world.clock.after(world.random.between(0, 3000), () => world.start(name));
        const other = world.random.pick(world.names);
        if (world.random.chance(0.3)) world.network.cut(name, other);
        if (world.random.chance(0.3)) world.network.heal();
        world.advance(world.random.between(0, 1500));
      }
      world.network.heal();
      for (const name of world.names) world.start(name);
      world.advanceUntil(() => world.master() !== undefined, 10_000);
      expect(world.master()).toBeDefined();
    }
  });

  it("have no change of master in two minutes of 5 % loss", () => {
    for (const seed of seeds(10)) {
      const world = new ElectionWorld({ seed, voters: 3, faults: { ...quietNetwork, loss: 0.05 } });
      world.advance(10_000);
      const master = world.master();
      world.advance(120_000);
      expect([seed, world.master(), world.depositions]).toEqual([seed, master, 0]);
    }
  });
});
