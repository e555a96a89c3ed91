import { unconverged } from "./cluster-convergence";
import { eachCluster } from "./cluster-seeds";
import {
  convergedWithin,
  putWhenBack,
  served,
  stepsSince,
  tasksOf,
  web,
  webOf,
  within,
} from "./cluster-stories";
import { ClusterWorld } from "./cluster-world";

const lossy = { minDelayMs: 0.3, maxDelayMs: 20, loss: 0.05, duplication: 0.03 };

/** Takes nearly half a node and a port of its own on each: two on one node would show at once. */
const big = webOf({
  name: "big",
  image: "big:1",
  instances: 2,
  memMiB: 400,
  ports: [{ name: "http", containerPort: 80, hostPort: 31_007, protocol: "tcp" }],
});

// Many seconds of work, and a machine that others use too.
jest.setTimeout(120_000);

describe("a cluster in chaos", () => {
  it("is in order again a minute after everything is mended, whatever was broken", async () => {
    await eachCluster(12, { nodes: 6, faults: lossy }, async (world) => {
      await served(world);
      await world.put(big);
      for (let round = 0; round < 15; round++) {
        disturb(world);
        await world.advance(world.random.between(50, 4000));
      }
      mend(world);
      await convergedWithin(world, 90_000);
      await putWhenBack(world, webOf({ instances: 4 }));
      await convergedWithin(world, 15_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });

  it("touches no container while agents die and come back soon, stall, and lose packets", async () => {
    await eachCluster(6, { nodes: 5, faults: lossy }, async (world) => {
      await served(world, webOf({ instances: 5 }));
      const before = tasksOf(world, ...world.names);
      const sinceMs = world.clock.nowMs();
      for (let round = 0; round < 12; round++) {
        const name = world.random.pick(world.names);
        if (world.random.chance(0.5)) world.stall(name, world.random.between(100, 1000));
        else {
          world.killAgent(name);
          world.clock.after(world.random.between(50, 1000), () => world.startAgent(name));
        }
        await world.advance(world.random.between(500, 4000));
      }
      await convergedWithin(world, 30_000);
      expect(stepsSince(world, sinceMs)).toEqual([]);
      expect(tasksOf(world, ...world.names)).toEqual(before);
    });
  });

  it("runs everything again after all machines lost their power, the store first away", async () => {
    await eachCluster(4, { nodes: 4 }, async (world) => {
      await served(world, webOf({ instances: 4 }));
      const storeToo = world.random.chance(0.5);
      if (storeToo) world.store.away = "No cluster leader";
      for (const name of world.names) world.powerOff(name);
      await world.advance(world.random.between(100, 60_000));
      for (const name of world.names)
        world.clock.after(world.random.between(0, 3000), () => world.powerOn(name));
      await within(world, 30_000, "four serve", () => world.passing("web").length === 4);
      world.store.away = undefined;
      await convergedWithin(world, 40_000);
      expect(unconverged(world)).toBeUndefined();
    });
  });

  it("one seed is one history, another is another", async () => {
    const history = async (seed: number): Promise<string> => {
      const world = new ClusterWorld({ seed, nodes: 5, faults: lossy });
      await served(world);
      for (let round = 0; round < 5; round++) {
        disturb(world);
        await world.advance(1500);
      }
      return world.invariants.hash();
    };
    const first = await history(7);
    expect(await history(7)).toBe(first);
    expect(await history(8)).not.toBe(first);
  });
});

function mend(world: ClusterWorld): void {
  world.invariants.note("all is mended");
  world.heal();
  world.store.away = undefined;
  world.network.faults = { ...lossy, loss: 0, duplication: 0 };
  for (const name of world.names) {
    world.machine(name).disk.failing = false;
    world.powerOn(name);
    world.machine(name).mendDocker();
    world.startAgent(name);
  }
}

/** One random fault, or the end of one. */
function disturb(world: ClusterWorld): void {
  const { random } = world;
  const name = random.pick(world.names);
  const side = world.names.filter(() => random.chance(0.5));
  const machine = world.machine(name);
  const faults: Readonly<Record<string, () => void>> = {
    "kill agent": () => world.killAgent(name),
    "start agent": () => world.startAgent(name),
    "agent stalls": () => world.stall(name, random.between(100, 6000)),
    "power off": () => world.powerOff(name),
    "power on": () => world.powerOn(name),
    partition: () => {
      world.heal();
      world.partition(
        side,
        world.names.filter((other) => !side.includes(other)),
      );
    },
    isolate: () => world.isolate(name),
    heal: () => world.heal(),
    "docker hangs": () => void (machine.engine.fault = random.pick(["hanging", "down", "mute"])),
    "docker mended": () => machine.mendDocker(),
    "store away": () =>
      void (world.store.away = random.chance(0.5) ? "No cluster leader" : undefined),
    "container dies": () => {
      const [victim] = machine.running();
      if (machine.up && victim) machine.engine.exit(victim.spec.id, { exitCode: 1 });
    },
    "container vanishes": () => {
      const [victim] = machine.engine.all();
      if (machine.up && victim) machine.engine.vanish(victim.spec.id);
    },
    "disk full": () => void (machine.disk.failing = random.chance(0.3)),
    "service changed": () => {
      const spec = random.chance(0.5)
        ? { ...web, instances: random.integer(0, 8), image: `web:${random.integer(1, 3)}` }
        : {
            ...big,
            instances: random.integer(0, world.names.length - 2),
            image: `big:${random.integer(1, 3)}`,
          };
      if (world.master() !== undefined)
        world
          .masterControl()
          .putService(spec)
          .catch((error: unknown) => world.invariants.note(`refused: ${String(error)}`));
    },
  };
  const fault = random.pick(Object.keys(faults));
  world.invariants.note(`fault: ${fault} ${name} (${side.join()})`);
  faults[fault]?.();
}
