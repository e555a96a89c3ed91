import { eachCluster } from "./cluster-seeds";
import { convergedWithin, served, stepsSince, tasksOf, within } from "./cluster-stories";

// Many seconds of work, and a machine that others use too.
jest.setTimeout(120_000);

describe("the office of the master", () => {
  it("goes within half a second to whom it is told, and nothing is touched", async () => {
    await eachCluster(10, { nodes: 4 }, async (world) => {
      const old = await served(world);
      const before = tasksOf(world, ...world.names);
      const sinceMs = world.clock.nowMs();
      const to = world.random.pick(world.voters.filter((name) => name !== old));
      const handed = world.settled(world.masterControl().transfer(to), 500);
      await expect(handed).resolves.toMatchObject({ name: to });
      await within(world, 100, "it acts", () => world.master() === to);
      await convergedWithin(world, 15_000);
      expect(stepsSince(world, sinceMs)).toEqual([]);
      expect(tasksOf(world, ...world.names)).toEqual(before);
    });
  });

  it("stays where the one it is handed to stands still, and that is said", async () => {
    await eachCluster(5, { nodes: 4 }, async (world) => {
      const old = await served(world);
      const to = world.random.pick(world.voters.filter((name) => name !== old));
      world.stall(to, 3000);
      await expect(world.settled(world.masterControl().transfer(to))).rejects.toMatchObject({
        fault: "conflict",
        message: `${to} has not stood for election in time: this agent stays the master`,
      });
      expect(world.master()).toBe(old);
      await convergedWithin(world, 15_000);
    });
  });

  it("goes to another within half a second when its holder leaves, sooner than any voter loses patience", async () => {
    await eachCluster(5, { nodes: 4 }, async (world) => {
      const old = await served(world);
      void world.control(old)?.agent.leave({ stopTasks: true });
      const acts = (): boolean => ![undefined, old].includes(world.master());
      expect(await world.until(acts, 500)).toBeDefined();
      await within(world, 20_000, "gone", () => world.left.has(old));
      await convergedWithin(world, 20_000);
    });
  });
});
