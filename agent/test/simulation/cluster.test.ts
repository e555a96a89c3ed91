import { unconverged } from "./cluster-convergence";
import { eachCluster } from "./cluster-seeds";
import {
  convergedWithin,
  masterOf,
  others,
  served,
  stepsSince,
  tasksOf,
  web,
  webOf,
  within,
} from "./cluster-stories";

// Many seconds of work, and a machine that others use too.
jest.setTimeout(120_000);

describe("a cluster", () => {
  it("of three voters elects a master, and three instances come up one per node within 8 s", async () => {
    await eachCluster(5, { nodes: 3 }, async (world) => {
      await served(world);
      expect(world.clock.nowMs()).toBeLessThan(8000);
      for (const name of world.names) expect(tasksOf(world, name)).toHaveLength(1);
    });
  });

  it("replaces a killed container at once, and the catalog shows it no more at once", async () => {
    await eachCluster(5, { nodes: 4 }, async (world) => {
      await served(world);
      const home = world.random.pick(world.names.filter((name) => tasksOf(world, name).length > 0));
      const [victim = ""] = tasksOf(world, home);
      world.machine(home).engine.exit(victim, { exitCode: 137 });
      await within(world, 50, "entry gone", () => world.passing("web").length === 2);
      await within(world, 1000, "served by three", () => world.passing("web").length === 3);
      await convergedWithin(world, 2000);
      expect(tasksOf(world, ...world.names)).not.toContain(victim);
    });
  });

  it("whose master's agent is killed and back 2 s later has a new master, and every container runs on", async () => {
    await eachCluster(6, { nodes: 4 }, async (world) => {
      const old = await served(world);
      const before = tasksOf(world, ...world.names);
      const sinceMs = world.clock.nowMs();
      world.killAgent(old);
      await world.advance(2000);
      world.startAgent(old);
      await within(world, 4000, "a master", () => world.master() !== undefined);
      await convergedWithin(world, 15_000);
      await world.advance(20_000);
      expect(stepsSince(world, sinceMs)).toEqual([]);
      expect(tasksOf(world, ...world.names)).toEqual(before);
    });
  });

  it("runs the instances of a dead machine elsewhere within 10 s, its catalog entries removed", async () => {
    await eachCluster(6, { nodes: 5 }, async (world) => {
      const master = await served(world, webOf({ instances: 5 }));
      const victim = world.random.chance(0.5) ? master : world.random.pick(others(world, master));
      world.powerOff(victim);
      const gone = (): boolean =>
        [...world.catalogWorld.held.values()].every(({ node }) => node !== victim);
      const whole = (): boolean => gone() && world.passing("web").length === 5;
      await within(world, 10_000, "five serve elsewhere", whole);
      expect(tasksOf(world, ...others(world, victim))).toHaveLength(5);
    });
  });

  it("whose dead machine is back without its containers keeps exactly what is wanted", async () => {
    await eachCluster(4, { nodes: 4 }, async (world) => {
      await served(world, webOf({ instances: 4 }));
      const victim = world.random.pick(world.names);
      world.powerOff(victim);
      await world.advance(world.random.between(200, 12_000));
      world.powerOn(victim);
      await convergedWithin(world, 30_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });

  it("kills the surplus when a node that was cut off is back with its containers", async () => {
    await eachCluster(6, { nodes: 4 }, async (world) => {
      const master = await served(world, webOf({ instances: 4 }));
      const [cut] = others(world, master);
      if (cut === undefined) throw new Error("no other node");
      const kept = tasksOf(world, ...others(world, cut));
      const [came = ""] = tasksOf(world, cut);
      world.isolate(cut);
      await within(
        world,
        10_000,
        "four elsewhere",
        () => tasksOf(world, ...others(world, cut)).length === 4,
      );
      expect(tasksOf(world, cut)).toEqual([came]);
      await world.advance(world.random.between(4000, 8000));
      world.heal();
      await convergedWithin(world, 15_000);
      // What came back was not missed any more: it goes, and nothing else.
      expect(tasksOf(world, ...world.names)).toEqual(expect.arrayContaining(kept));
      expect(tasksOf(world, ...world.names)).not.toContain(came);
    });
  });

  it("cut in two has one acting master at any time, and exactly the wanted instances when healed", async () => {
    await eachCluster(8, { nodes: 5 }, async (world) => {
      const old = await served(world);
      const nonVoters = world.names.filter((name) => !world.voters.includes(name));
      const minority = [old, ...nonVoters.filter(() => world.random.chance(0.5))];
      world.partition(minority, others(world, ...minority));
      // That both never act at once is watched after every event.
      const succeeded = (): boolean => ![undefined, old].includes(world.master());
      await within(world, 5000, "a successor", succeeded);
      await world.advance(world.random.between(0, 15_000));
      world.heal();
      await convergedWithin(world, 20_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });

  it("fails over and replaces without its store, refuses changes with the reason, and takes them when it is back", async () => {
    await eachCluster(5, { nodes: 4 }, async (world) => {
      const old = await served(world);
      world.store.away = "No cluster leader";
      world.killAgent(old);
      await within(world, 4000, "a successor", () => world.master() !== undefined);
      const home = world.random.pick(
        world.names.filter((name) => name !== old && tasksOf(world, name).length > 0),
      );
      await within(world, 15_000, "adopted", () => recovered(world));
      const [victim = ""] = tasksOf(world, home);
      world.machine(home).engine.exit(victim, { exitCode: 1 });
      await within(world, 15_000, "replaced", () => world.passing("web").length === 3);
      const refused = world.settled(world.masterControl().putService(webOf({ instances: 4 })));
      await expect(refused).rejects.toMatchObject({
        fault: "store-unavailable",
        message: expect.stringContaining("No cluster leader") as string,
      });
      world.store.away = undefined;
      world.startAgent(old);
      await convergedWithin(world, 30_000);
      await world.put(webOf({ instances: 4 }));
      await convergedWithin(world, 10_000);
    });
  });

  it("moves the tasks of a machine that dies while the store is away, be it the master's or not", async () => {
    await eachCluster(5, { nodes: 5 }, async (world) => {
      const master = await served(world, webOf({ instances: 5 }));
      world.store.away = "No cluster leader";
      const victim = world.random.chance(0.7) ? master : world.random.pick(others(world, master));
      world.powerOff(victim);
      const rest = others(world, victim);
      await within(world, 25_000, "five run", () => tasksOf(world, ...rest).length === 5);
      world.store.away = undefined;
      world.powerOn(victim);
      await convergedWithin(world, 40_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });

  it("takes no order from a master that slept through its succession, and nothing it holds is written", async () => {
    await eachCluster(10, { nodes: 4 }, async (world) => {
      const old = await served(world, webOf({ instances: 4 }));
      const before = tasksOf(world, ...world.names);
      const sinceMs = world.clock.nowMs();
      const control = world.masterControl();
      // Longer than any succession takes, not so long that the mesh gives its node up.
      const asleepMs = world.random.between(2000, 2800);
      world.stall(old, asleepMs);
      // As it wakes, before it has heard from anybody; past the API, which would ask the lease.
      let late: Promise<unknown> = Promise.reject(new Error("not asked"));
      late.catch(() => undefined);
      world.clock.after(asleepMs, () => {
        late = control.putService(webOf({ instances: 1 })).catch((error: unknown) => error);
      });
      await within(world, 2000, "a successor", () => ![undefined, old].includes(world.master()));
      await world.advance(asleepMs);
      expect(await world.settled(late)).toMatchObject({ fault: "deposed" });
      await convergedWithin(world, 15_000);
      expect(stepsSince(world, sinceMs)).toEqual([]);
      expect(tasksOf(world, ...world.names)).toEqual(before);
      expect(world.store.state.services["web"]?.instances).toBe(4);
    });
  });

  it("goes on without a node that leaves, and its tasks run elsewhere", async () => {
    await eachCluster(5, { nodes: 5 }, async (world) => {
      const master = await served(world, webOf({ instances: 5 }));
      const leaver = world.random.chance(0.5) ? master : world.random.pick(others(world, master));
      void world.control(leaver)?.agent.leave({ stopTasks: true });
      await within(world, 20_000, "gone", () => world.left.has(leaver));
      await convergedWithin(world, 20_000);
      expect(world.machine(leaver).engine.all()).toEqual([]);
    });
  });

  it("takes a node back that left without stopping its tasks, and kills the surplus", async () => {
    await eachCluster(4, { nodes: 5 }, async (world) => {
      const master = await served(world, webOf({ instances: 5 }));
      const leaver = world.random.chance(0.5) ? master : world.random.pick(others(world, master));
      void world.control(leaver)?.agent.leave({ stopTasks: false });
      await within(world, 2000, "gone", () => world.left.has(leaver));
      expect(tasksOf(world, leaver)).toHaveLength(1);
      await within(
        world,
        10_000,
        "five run elsewhere",
        () => tasksOf(world, ...others(world, leaver)).length === 5,
      );
      world.startAgent(leaver);
      await convergedWithin(world, 30_000);
    });
  });

  it("scales up and down, and to nothing and away", async () => {
    await eachCluster(3, { nodes: 5 }, async (world) => {
      await served(world);
      for (const instances of [7, 2, 0, 4]) {
        await world.put(webOf({ instances }));
        await convergedWithin(world, 10_000);
      }
      await world.settled(world.masterControl().deleteService("web"));
      await convergedWithin(world, 10_000);
      for (const name of world.names) expect(world.machine(name).engine.all()).toEqual([]);
    });
  });

  it("rolls a change out with never fewer than wanted in the catalog, also over a change of master", async () => {
    await eachCluster(5, { nodes: 4 }, async (world) => {
      const old = await served(world);
      const before = new Set(tasksOf(world, ...world.names));
      await world.put({ ...web, image: "web:2" });
      if (world.random.chance(0.5)) {
        await world.advance(world.random.between(0, 2000));
        world.killAgent(old);
        world.clock.after(2000, () => world.startAgent(old));
      }
      const replaced = (): boolean => {
        expect(world.passing("web").length).toBeGreaterThanOrEqual(3);
        return !tasksOf(world, ...world.names).some((task) => before.has(task));
      };
      await within(world, 30_000, "all of the new version", replaced);
      await convergedWithin(world, 20_000);
      expect(masterOf(world)).toBeDefined();
    });
  });

  it("launches elsewhere what a node with a hanging engine cannot, and uses it again when it is mended", async () => {
    await eachCluster(4, { nodes: 4 }, async (world) => {
      await served(world);
      const stuck = world.random.pick(world.names);
      world.machine(stuck).engine.fault = world.random.chance(0.5) ? "hanging" : "down";
      await within(world, 40_000, "known to be unfit", () =>
        world
          .masterControl()
          .nodes()
          .some(({ name, unhealthy }) => name === stuck && unhealthy !== undefined),
      );
      await world.put(webOf({ instances: 6 }));
      await within(world, 10_000, "six serve", () => world.passing("web").length === 6);
      world.machine(stuck).mendDocker();
      await convergedWithin(world, 90_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });
});

function recovered(world: Parameters<typeof masterOf>[0]): boolean {
  try {
    return world.masterControl().tasks().length >= 0;
  } catch {
    return false;
  }
}
