import { eachCluster } from "./cluster-seeds";
import { convergedWithin, masterOf, served, within } from "./cluster-stories";
import type { ClusterWorld } from "./cluster-world";

// Many seconds of work, and a machine that others use too.
jest.setTimeout(120_000);

async function want(world: ClusterWorld, ...names: readonly string[]): Promise<void> {
  await world.settled(world.masterControl().setVoters(names));
}

function votersNow(world: ClusterWorld): string {
  const master = world.master();
  const view = master === undefined ? undefined : world.control(master)?.master?.voters();
  if (view?.doing !== undefined) return view.doing;
  return (view?.voters ?? []).map(({ name, state }) => (state === "voter" ? name : "")).join();
}

async function votersBecome(world: ClusterWorld, ...names: readonly string[]): Promise<void> {
  await within(world, 60_000, `${names.join()} vote`, () => votersNow(world) === names.join());
}

describe("voters changed while the cluster runs", () => {
  it("elect a master from the new ones when two of the old are dead, and no task moves but theirs", async () => {
    await eachCluster(6, { nodes: 6 }, async (world) => {
      await served(world);
      await want(world, "n1", "n2", "n3", "n4", "n5");
      await world.advance(8000);
      expect(votersNow(world)).toMatch(/fit for [78] of 10 s/);
      await votersBecome(world, "n1", "n2", "n3", "n4", "n5");
      const recorded = (): boolean => world.store.state.electorate?.voters.length === 5;
      await within(world, 1000, "it is recorded", recorded);
      const gone = ["n1", "n2", "n3"].filter((name) => name !== "n2");
      for (const name of gone) world.powerOff(name);
      const acts = (): boolean => !["n1", "n3", undefined].includes(world.master());
      await within(world, 20_000, "a new one acts", acts);
      // The store is away, as Consul's servers are the declared voters: two of its three are dead.
      expect(["n2", "n4", "n5"]).toContain(masterOf(world));
      for (const name of gone) world.powerOn(name);
      await convergedWithin(world, 60_000);
    });
  });

  it("may all be others than before, the master last; who is none any more is silent, also after a restart", async () => {
    await eachCluster(4, { nodes: 6 }, async (world) => {
      await served(world);
      await want(world, "n4", "n5", "n6");
      await votersBecome(world, "n4", "n5", "n6");
      await within(world, 5000, "a new one acts", () => world.master() !== undefined);
      expect(["n4", "n5", "n6"]).toContain(masterOf(world));
      for (const name of ["n1", "n2"]) world.killAgent(name);
      for (const name of ["n4", "n5", "n6"]) world.killAgent(name);
      await world.advance(2000);
      for (const name of world.names) world.startAgent(name);
      await within(world, 10_000, "one acts", () => world.master() !== undefined);
      await world.advance(10_000);
      expect(["n4", "n5", "n6"]).toContain(masterOf(world));
      await convergedWithin(world, 30_000);
      const known = world
        .control("n1")
        ?.agent.status()
        .voters.map(({ name }) => name);
      expect(known?.sort()).toEqual(["n4", "n5", "n6"]);
    });
  });

  it("go on changing under the next master when the one that began dies", async () => {
    await eachCluster(4, { nodes: 5 }, async (world) => {
      const first = await served(world);
      await want(world, "n1", "n2", "n3", "n4", "n5");
      await world.advance(12_000 + world.random.between(0, 3000));
      world.killAgent(first);
      await within(
        world,
        5000,
        "the next acts",
        () => ![undefined, first].includes(world.master()),
      );
      world.startAgent(first);
      await votersBecome(world, "n1", "n2", "n3", "n4", "n5");
      await convergedWithin(world, 30_000);
      expect(world.master()).not.toBe(first);
    });
  });
});
