import fc from "fast-check";
import { resources, serviceSpec, taskSpec } from "../../../test/fakes/specs";
import { subtractResources } from "../../model/resources";
import type { Constraint } from "../../model/service";
import type { Instance } from "./instance";
import { launched } from "./instance";
import type { Room } from "./placement";
import { Placing } from "./placement";

const spec = serviceSpec("web", { cpus: 1, memMiB: 100 });
const taken = resources({ cpus: 1, memMiB: 100, ports: [] });

interface Drawn {
  readonly rooms: readonly { cpus: number; memMiB: number; rack: string; instances: number }[];
  /** Of the service: on which node; lost from sight or not. */
  readonly own: readonly { node: number; lost: boolean }[];
  readonly ended: readonly number[];
  readonly constraints: readonly Constraint[];
}

const constraint = fc.record({
  attribute: fc.constantFrom("node", "rack"),
  operator: fc.constantFrom("UNIQUE", "CLUSTER", "GROUP_BY", "MAX_PER"),
});
const drawn: fc.Arbitrary<Drawn> = fc.record({
  rooms: fc.array(
    fc.record({
      cpus: fc.integer({ min: 0, max: 4 }),
      memMiB: fc.integer({ min: 0, max: 500 }),
      rack: fc.constantFrom("r1", "r2", "r3"),
      instances: fc.nat(2),
    }),
    { maxLength: 6 },
  ),
  own: fc.array(fc.record({ node: fc.nat(6), lost: fc.boolean() }), { maxLength: 6 }),
  ended: fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }),
  constraints: fc.array(
    constraint.map((one): Constraint => ({
      ...one,
      value: one.operator === "MAX_PER" ? "2" : undefined,
    })),
    { maxLength: 2 },
  ),
});

function roomsOf(from: Drawn): Room[] {
  return from.rooms.map(({ cpus, memMiB, rack, instances }, index) => ({
    node: `n${index}`,
    attributes: { rack },
    free: resources({ cpus, memMiB }),
    instances,
  }));
}

function instancesOf({ own, rooms }: Drawn): Instance[] {
  return own.map(({ node, lost }, id) => {
    const labels = { "covey.service": "web", "covey.at.rack": rooms[node]?.rack ?? "r9" };
    const state = lost ? "TASK_UNREACHABLE" : "TASK_RUNNING";
    return { ...launched(taskSpec(`web.${id}`, { labels }), `n${node}`, 0), state };
  });
}

describe("placement", () => {
  it("is, one after the other, where the naive version puts them, and names every node that was turned down", () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const naive = new Naive(from);
        const rooms = roomsOf(from);
        const placing = new Placing({
          spec: { ...spec, constraints: from.constraints },
          rooms,
          instances: instancesOf(from),
          heldAgainst: (node) => new Naive(from).held(node),
          random: () => 0,
          explainHeldPort: () => undefined,
        });
        for (let turn = 0; turn < 30; turn++) {
          const found = placing.next();
          const best = naive.best();
          if (found.kind === "refused") {
            expect(best).toBeUndefined();
            expect(found.refusals.map((one) => one.node)).toEqual(rooms.map((one) => one.node));
            return;
          }
          expect(found.room.node).toBe(best?.node);
          placing.fill(taken);
          naive.put(found.room.node);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Tries each node against each other by the rules as they are written. */
class Naive {
  private readonly rooms: Room[];
  private readonly seen: { node: string; rack: string }[];

  constructor(private readonly from: Drawn) {
    this.rooms = roomsOf(from);
    this.seen = instancesOf(from)
      .filter((one) => one.state !== "TASK_UNREACHABLE")
      .map(({ node, spec: { labels } }) => ({ node, rack: labels["covey.at.rack"] ?? "" }));
  }

  held(node: string): number {
    const ended = this.from.ended[Number(node.slice(1))] ?? 0;
    return this.seen.filter((one) => one.node === node).length + ended;
  }

  best(): Room | undefined {
    const fits = this.rooms.filter(
      (room) =>
        room.free.cpus >= 1 &&
        room.free.memMiB >= 100 &&
        this.from.constraints.every((one) => this.meets(room, one)),
    );
    return fits.find((one) => fits.every((other) => other === one || this.beats(one, other)));
  }

  put(node: string): void {
    const room = this.rooms.find((one) => one.node === node);
    if (!room) return;
    room.free = subtractResources(room.free, taken);
    room.instances++;
    this.seen.push({ node, rack: room.attributes["rack"] ?? "" });
  }

  private meets(room: Room, { attribute, operator }: Constraint): boolean {
    const key = attribute === "node" ? "node" : "rack";
    const valueOf = (one: Room) => (key === "node" ? one.node : (one.attributes["rack"] ?? ""));
    const value = valueOf(room);
    const count = (of: string) => this.seen.filter((one) => one[key] === of).length;
    if (operator === "UNIQUE") return count(value) === 0;
    if (operator === "MAX_PER") return count(value) < 2;
    if (operator === "CLUSTER") return (this.seen[0]?.[key] ?? value) === value;
    const groups = [...this.rooms.map(valueOf), ...this.seen.map((one) => one[key])];
    return groups.every((group) => count(value) <= count(group));
  }

  private beats(a: Room, b: Room): boolean {
    const held = this.held(a.node) - this.held(b.node);
    if (held !== 0) return held < 0;
    if (a.instances !== b.instances) return a.instances < b.instances;
    return a.free.memMiB === b.free.memMiB ? a.node < b.node : a.free.memMiB > b.free.memMiB;
  }
}
