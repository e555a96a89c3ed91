import { decodePacket, encodePacket } from "../../src/adapters/udp/packet-codec";
import { lanMembership, localMembership } from "../../src/membership/options";
import type { NetworkFaults } from "../fakes/simulated-network";
import { SeededRandom } from "../fakes/seeded-random";
import { MeshWorld } from "./mesh-world";
import { eachSeed } from "./seeds";

function started(world: MeshWorld): void {
  world.startAll();
  expect(world.advanceUntil(() => world.converged(), 10_000)).toBeDefined();
}

function deadEverywhere(world: MeshWorld, name: string): boolean {
  return [...world.nodes().keys()].every((observer) => world.statusAt(observer, name) === "dead");
}

function deathsTold(world: MeshWorld): string[] {
  return world.events.flatMap(({ atMs, name, event }) =>
    event.kind === "member" && event.member.status === "dead"
      ? [`${Math.round(atMs)} ms: ${event.member.record.name} dead at ${name}`]
      : [],
  );
}

/** What nodes say of datagrams: observer, member, and whether they are back. */
function datagramsTold(world: MeshWorld): string[] {
  return world.events.flatMap(({ name, event }) =>
    event.kind === "datagrams-blocked" || event.kind === "datagrams-restored"
      ? [`${name}: ${event.record.name} ${event.kind.slice("datagrams-".length)}`]
      : [],
  );
}

function changesSince(world: MeshWorld, sinceMs: number): unknown[] {
  return world.events.filter(({ atMs, event }) => atMs > sinceMs && event.kind === "member");
}

const lossy: NetworkFaults = { minDelayMs: 0.5, maxDelayMs: 20, loss: 0.1, duplication: 0.05 };

describe("mesh", () => {
  it.each([
    ["lan", lanMembership],
    ["local", localMembership],
  ])("%s: ten nodes all know of a death within 5 s", (_, membership) => {
    eachSeed(15, { nodes: 10, voters: 3, membership }, (world) => {
      started(world);
      const victim = world.random.pick(world.names);
      world.advance(world.random.between(0, 1000));
      world.crash(victim);
      expect(world.advanceUntil(() => deadEverywhere(world, victim), 5000)).toBeDefined();
    });
  });

  it.each([
    ["lan", lanMembership],
    ["local", localMembership],
  ])("%s: event loops that stall for a second are no deaths", (_, membership) => {
    eachSeed(5, { nodes: 10, voters: 3, membership }, (world) => {
      started(world);
      for (let round = 0; round < 6; round++) {
        for (const name of world.names) if (world.random.chance(0.4)) world.stall(name, 1000);
        world.advance(world.random.between(1000, 4000));
      }
      expect(deathsTold(world)).toEqual([]);
    });
  });

  it("17 nodes that join over a network losing a tenth all stay (SWIM, section 5)", () => {
    eachSeed(2, { nodes: 17, voters: 3, faults: lossy }, (world) => {
      started(world);
      world.advance(30_000);
      expect(deathsTold(world)).toEqual([]);
      expect(world.advanceUntil(() => world.converged(), 5000)).toBeDefined();
    });
  });

  it("a healed partition is one mesh again, also where no node of one side is a seed", () => {
    eachSeed(6, { nodes: 9, voters: 3 }, (world) => {
      started(world);
      const sides = [world.names.slice(0, 5), world.names.slice(5)];
      world.network.partition(...sides);
      world.advance(20_000);
      expect(world.statusAt("n1", "n9")).toBe("dead");
      expect(world.statusAt("n9", "n1")).toBe("dead");
      world.network.heal();
      expect(world.advanceUntil(() => world.converged(), 20_000)).toBeDefined();
    });
  });

  it("a link cut one way is no death: others are asked, and answer", () => {
    eachSeed(3, { nodes: 6, voters: 3 }, (world) => {
      started(world);
      world.network.cut("n1", "n5");
      world.network.cut("n6", "n2");
      world.advance(20_000);
      expect(deathsTold(world)).toEqual([]);
    });
  });

  it("datagrams blocked one way while streams pass: nobody is suspected for minutes, and each end says so once", () => {
    eachSeed(3, { nodes: 6, voters: 3 }, (world) => {
      started(world);
      world.network.blockDatagrams("n1", "n5");
      const sinceMs = world.clock.nowMs();
      world.advance(180_000);
      expect(changesSince(world, sinceMs)).toEqual([]);
      expect(datagramsTold(world).sort()).toEqual(["n1: n5 blocked", "n5: n1 blocked"]);
      world.network.heal();
      world.advance(30_000);
      expect(datagramsTold(world).slice(2).sort()).toEqual(["n1: n5 restored", "n5: n1 restored"]);
    });
  });

  it("two that are alone, with datagrams blocked one way, flap as little", () => {
    eachSeed(3, { nodes: 2, voters: 1 }, (world) => {
      started(world);
      world.network.blockDatagrams("n2", "n1");
      const sinceMs = world.clock.nowMs();
      world.advance(180_000);
      expect(changesSince(world, sinceMs)).toEqual([]);
      expect(datagramsTold(world).sort()).toEqual(["n1: n2 blocked", "n2: n1 blocked"]);
    });
  });

  it("a node that no datagram reaches nor leaves stays, hears what happens, and is missed when it dies", () => {
    eachSeed(3, { nodes: 6, voters: 3 }, (world) => {
      started(world);
      const others = world.names.filter((name) => name !== "n5");
      for (const other of others) {
        world.network.blockDatagrams(other, "n5");
        world.network.blockDatagrams("n5", other);
      }
      world.advance(180_000);
      expect(deathsTold(world)).toEqual([]);
      expect(datagramsTold(world)).toHaveLength(2 * others.length);
      world.crash("n6");
      expect(world.advanceUntil(() => deadEverywhere(world, "n6"), 10_000)).toBeDefined();
      world.crash("n5");
      expect(world.advanceUntil(() => deadEverywhere(world, "n5"), 10_000)).toBeDefined();
    });
  });

  it("where streams are blocked a mesh forms, sees deaths and heals as without them", () => {
    eachSeed(3, { nodes: 9, voters: 3 }, (world) => {
      world.network.streamsBlocked = true;
      started(world);
      world.network.partition(world.names.slice(0, 5), world.names.slice(5));
      world.advance(20_000);
      expect(world.statusAt("n1", "n9")).toBe("dead");
      world.network.heal();
      expect(world.advanceUntil(() => world.converged(), 20_000)).toBeDefined();
      expect(datagramsTold(world)).toEqual([]);
    });
  });

  it("a node that restarts under its name is back, elsewhere too, with or without its incarnation", () => {
    eachSeed(6, { nodes: 5, voters: 3 }, (world) => {
      started(world);
      world.crash("n5");
      world.advance(world.random.between(0, 8000));
      const moved = { address: "10.0.1.5", port: 7442 };
      const incarnation = world.random.chance(0.5) ? 0 : 2;
      world.start(
        "n5",
        world.random.chance(0.5) ? { incarnation } : { endpoint: moved, incarnation },
      );
      const endpoint = world.node("n5").membership.member("n5")?.record.mesh;
      expect(world.advanceUntil(() => world.converged(), 15_000)).toBeDefined();
      expect(world.node("n1").membership.member("n5")?.record.mesh).toEqual(endpoint);
    });
  });

  it("goodbye is known everywhere within a second, and is no death", () => {
    eachSeed(5, { nodes: 8, voters: 3 }, (world) => {
      started(world);
      world.node("n8").leave();
      world.advance(200);
      world.crash("n8");
      const left = (): boolean =>
        [...world.nodes().keys()].every((name) => world.statusAt(name, "n8") === "left");
      expect(world.advanceUntil(left, 800)).toBeDefined();
      world.advance(10_000);
      expect(deathsTold(world)).toEqual([]);
    });
  });

  it("every packet of a busy mesh of 60 survives the real codec and fits into a datagram", () => {
    const codec = {
      encode: encodePacket,
      decode: decodePacket,
      maxBytes: { datagram: 1320, stream: 2 ** 20 },
    };
    eachSeed(1, { nodes: 60, voters: 3, codec }, (world) => {
      started(world);
      for (const name of ["n20", "n30", "n40"]) world.crash(name);
      world.advance(10_000);
      expect(world.statusAt("n1", "n20")).toBe("dead");
      expect(world.network.sent).toBeGreaterThan(5000);
    });
  });

  it("at rest nodes agree by their digests, and no state is sent", () => {
    eachSeed(2, { nodes: 20, voters: 3 }, (world) => {
      started(world);
      world.advance(10_000);
      const states = new Set<string>();
      world.network.onSend = (packet) => {
        if (packet.membership) states.add(packet.membership.kind);
      };
      world.advance(15_000);
      expect([...states].sort()).toEqual(["ack", "join", "ping"]);
    });
  });

  it("one seed is one history, another is another", () => {
    const history = (seed: number): string => {
      const world = new MeshWorld({ seed, nodes: 6, voters: 3, faults: lossy });
      world.startAll();
      world.stall("n2", 1500);
      world.advance(5000);
      world.crash("n1");
      world.advance(5000);
      return world.invariants.hash();
    };
    expect(history(7)).toBe(history(7));
    expect(history(7)).not.toBe(history(8));
  });

  it("the same seed draws the same numbers, a fork others", () => {
    const draw = (random: SeededRandom): number[] => Array.from({ length: 5 }, () => random.next());
    expect(draw(new SeededRandom(1))).toEqual(draw(new SeededRandom(1)));
    expect(draw(new SeededRandom(1).fork("a"))).not.toEqual(draw(new SeededRandom(1).fork("b")));
  });
});
