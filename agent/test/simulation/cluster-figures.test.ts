import { eachCluster } from "./cluster-seeds";
import { convergedWithin, masterOf, served, within } from "./cluster-stories";
import type { ClusterWorld } from "./cluster-world";

// Many seconds of work, and a machine that others use too.
jest.setTimeout(120_000);

const figuresOf = (world: ClusterWorld, name: string) => world.control(name)?.agent.figures();

describe("what agents count", () => {
  it("names one master, and each agent its own tasks and what it sees of the mesh", async () => {
    await eachCluster(2, { nodes: 4 }, async (world) => {
      const master = await served(world);
      const all = world.names.map((name) => figuresOf(world, name));
      expect(all.filter((figures) => figures?.acting).map((figures) => figures?.node)).toEqual([
        master,
      ]);
      for (const figures of all)
        expect(figures).toMatchObject({
          members: { alive: 4, dead: 0 },
          masterKnown: true,
          attached: true,
          consulAnswers: true,
          dockerAnswers: true,
        });
      const tasks = all.map((figures) => figures?.tasks.TASK_RUNNING ?? 0);
      expect(tasks.reduce((sum, count) => sum + count)).toBe(3);
      expect(world.control(master)?.master?.masterFigures()).toMatchObject({
        nodes: { active: 4 },
        tasks: [{ framework: "services", states: { TASK_RUNNING: 3 } }],
      });
    });
  });

  it("counts a change of master where it is followed", async () => {
    await eachCluster(2, { nodes: 4 }, async (world) => {
      const old = await served(world);
      const observer = world.names.find((name) => name !== old) ?? "";
      const before = figuresOf(world, observer)?.mastersFollowed ?? 0;
      expect(before).toBeGreaterThan(0);
      world.powerOff(old);
      await within(world, 10_000, "a master", () => world.master() !== undefined);
      await convergedWithin(world, 20_000);
      expect(masterOf(world)).not.toBe(old);
      expect(figuresOf(world, observer)).toMatchObject({
        masterKnown: true,
        members: { alive: 3, dead: 1 },
      });
      expect(figuresOf(world, observer)?.mastersFollowed).toBeGreaterThan(before);
    });
  });
});
