import { areSameVoters } from "../../src/model/electorate";
import { quietNetwork } from "../fakes/simulated-network";
import { ElectionWorld } from "./election-world";
import { seeds } from "./seeds";

const nodes = 7;

/** One random step of the acting master's, as its operator might want it: refused is fine, two masters are not. */
function wish(world: ElectionWorld): void {
  const master = world.master();
  const electorate = world.electorate();
  if (master === undefined || !electorate) return;
  const name = world.random.pick(world.names.filter((one) => one !== master));
  const { voters } = electorate;
  const wanted = voters.includes(name) ? voters.filter((one) => one !== name) : [...voters, name];
  const ballots = world.ballotsOf(master);
  ballots.prepare(name);
  ballots.propose(wanted);
}

function disturb(world: ElectionWorld): void {
  const { random, network } = world;
  const name = random.pick([world.master() ?? "n1", ...world.names]);
  const other = random.pick(world.names);
  const side = world.names.filter(() => random.chance(0.5));
  const faults: readonly (() => void)[] = [
    () => world.kill(name),
    () => world.powerOff(name),
    () => world.stall(name, random.between(50, 3000)),
    () => network.cut(name, other),
    () => {
      network.heal();
      network.partition(
        side,
        world.names.filter((one) => !side.includes(one)),
      );
    },
    () => network.heal(),
    () => network.heal(),
    () => world.start(name),
    () => void (world.diskOf(name).failing = random.chance(0.2)),
  ];
  random.pick(faults)();
}

/** The acting master goes to these, step by step, as it does in an agent. */
function settle(world: ElectionWorld, wanted: readonly string[]): boolean {
  const master = world.master();
  const electorate = world.electorate();
  if (master === undefined || !electorate) return false;
  const ballots = world.ballotsOf(master);
  const { voters } = electorate;
  const added = wanted.find((name) => !voters.includes(name));
  const removed = voters.find((name) => !wanted.includes(name) && name !== master);
  ballots.prepare(added);
  if (added !== undefined) ballots.propose([...voters, added]);
  else if (removed !== undefined) ballots.propose(voters.filter((name) => name !== removed));
  else return ballots.propose(voters) === undefined && areSameVoters(voters, wanted);
  return false;
}

describe("voters that change at random", () => {
  // That two never act at once, and no term has two masters, is checked after every timer and packet.
  it.each([
    ["a quiet network", quietNetwork, false],
    ["loss and disks that lie", { ...quietNetwork, loss: 0.1, duplication: 0.1 }, true],
  ])("never have two masters: %s", (_, faults, lies) => {
    let steps = 0;
    for (const seed of seeds(60)) {
      const world = new ElectionWorld({ seed, voters: 3, others: nodes - 3, faults });
      for (const name of world.names) world.diskOf(name).lies = lies;
      for (let round = 0; round < 150; round++) {
        if (world.random.chance(0.3)) disturb(world);
        if (world.random.chance(0.3)) for (const name of world.names) world.start(name);
        wish(world);
        world.advance(world.random.between(10, 600));
      }
      world.network.heal();
      for (const name of world.names) {
        world.diskOf(name).failing = false;
        world.start(name);
      }
      world.advanceUntil(() => world.master() !== undefined, 20_000);
      steps += world.electorate()?.version ?? 0;
    }
    // Else nothing was tried.
    expect(steps).toBeGreaterThan(200);
  });

  it("become those that are wanted, after whatever happened on the way", () => {
    for (const seed of seeds(30)) {
      const world = new ElectionWorld({ seed, voters: 3, others: nodes - 3 });
      world.advanceUntil(() => world.master() !== undefined, 10_000);
      const want = (): string[] => {
        const master = world.master() ?? "n1";
        const rest = world.names.filter((name) => name !== master);
        const count = world.random.pick([0, 2, 4, 6]);
        return [master, ...rest.filter((_, at) => (at * 5 + seed) % 6 < count)];
      };
      for (let round = 0; round < 3; round++) {
        const wanted = want();
        const done = (): boolean => settle(world, wanted);
        for (let at = 0; at < 10; at++) {
          if (world.random.chance(0.3)) {
            const name = world.random.pick(world.names);
            world.stall(name, world.random.between(50, 500));
          }
          world.advance(100);
          settle(world, wanted);
        }
        world.advanceUntil(done, 60_000);
        expect([seed, world.electorate()?.voters.length]).toEqual([seed, wanted.length]);
      }
    }
  });

  it("elect among the new ones when the old ones are gone for good", () => {
    for (const seed of seeds(30)) {
      const world = new ElectionWorld({ seed, voters: 3, others: 2 });
      world.advanceUntil(() => world.master() !== undefined, 10_000);
      world.advanceUntil(() => settle(world, world.names), 30_000);
      const gone = world.random.pick([
        ["n1", "n2"],
        ["n2", "n3"],
        ["n1", "n3"],
      ]);
      for (const name of gone) world.powerOff(name);
      world.advance(10_000);
      expect([seed, world.master()]).not.toEqual([seed, undefined]);
      expect(gone).not.toContain(world.master());
    }
  });
});
