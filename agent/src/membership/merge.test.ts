import fc from "fast-check";
import type { MemberUpdate } from "../model/mesh-message";
import { MemberTable } from "./member-table";
import { messageUpdateBytes, splitByBudget, updateBudgetBytes } from "./packet-size";
import { ProbeOrder } from "./probe-order";
import { retransmitLimit, Rumours } from "./rumours";
import { suspicionTimeoutMs, Suspicions } from "./suspicions";

function claim(status: MemberUpdate["status"], incarnation: number, name = "m"): MemberUpdate {
  const mesh = { address: "10.0.0.1", port: 7442 };
  const record = { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" };
  return { status, incarnation, record, from: "x" };
}

const anyClaim = fc
  .tuple(fc.constantFrom("alive", "suspect", "dead", "left"), fc.integer({ min: 1, max: 4 }))
  .map(([status, incarnation]) => claim(status, incarnation));

describe("merge", () => {
  it("ends with the same claim in whatever order, and however often, claims arrive", () => {
    const shuffled = fc.array(anyClaim, { minLength: 1, maxLength: 12 }).chain((claims) =>
      fc.tuple(
        fc.constant(claims),
        fc.shuffledSubarray([...claims, ...claims], {
          minLength: claims.length * 2,
          maxLength: claims.length * 2,
        }),
      ),
    );
    const last = (claims: readonly MemberUpdate[]): unknown => {
      const table = new MemberTable(10);
      table.merge(claim("alive", 0), 0);
      for (const one of claims) table.merge(one, 0);
      return table.updateOf("m");
    };
    fc.assert(
      fc.property(shuffled, ([claims, mixed]) => expect(last(mixed)).toEqual(last(claims))),
    );
  });

  it.each([
    ["alive 2 over suspect 1", claim("suspect", 1), claim("alive", 2), "alive"],
    ["suspect 1 over alive 1", claim("alive", 1), claim("suspect", 1), "suspect"],
    ["not alive 1 over dead 1", claim("dead", 1), claim("alive", 1), "dead"],
    ["alive 2 over dead 1: it is back", claim("dead", 1), claim("alive", 2), "alive"],
    ["left 1 over dead 1: its own word", claim("dead", 1), claim("left", 1), "left"],
  ])("%s", (_, first, second, status) => {
    const table = new MemberTable(10);
    table.merge(claim("alive", 0), 0);
    table.merge(first, 0);
    table.merge(second, 0);
    expect(table.get("m")?.status).toBe(status);
  });

  it("does not take in the dead it never met, nor more members than it may", () => {
    const table = new MemberTable(1);
    table.merge(claim("dead", 1), 0);
    expect(table.all()).toEqual([]);
    table.merge(claim("alive", 1), 0);
    table.merge(claim("alive", 1, "other"), 0);
    expect(table.all().map(({ record }) => record.name)).toEqual(["m"]);
  });

  it("leaves a name to the live member that has it, and gives it away when that is dead", () => {
    const table = new MemberTable(10);
    const other = claim("alive", 9);
    const elsewhere = {
      ...other,
      record: { ...other.record, mesh: { address: "10.0.0.2", port: 7442 } },
    };
    table.merge(claim("alive", 1), 0);
    expect(table.merge(elsewhere, 0).kind).toBe("conflict");
    table.merge(claim("dead", 1), 0);
    expect(table.merge(elsewhere, 0).kind).toBe("changed");
  });
});

describe("suspicion", () => {
  it.each([
    [1, 2000],
    [10, 2000],
    [100, 4000],
  ])("in a mesh of %i lasts %i ms", (members, ms) => {
    const options = { suspicionMultiplier: 4, probeIntervalMs: 500 };
    expect(suspicionTimeoutMs(options, members)).toBe(ms);
  });

  it("is prolonged by our own sleep, however long, but not by ever more of them", () => {
    const suspicions = new Suspicions();
    suspicions.start("m", 1000, 0);
    suspicions.prolong(60_000, 60_200);
    expect(suspicions.takeExpired(60_999)).toEqual([]);
    for (let pause = 0; pause < 20; pause++) suspicions.prolong(1000, 0);
    expect(suspicions.takeExpired(61_000 + 7 * 1000)).toEqual(["m"]);
  });
});

describe("rumours", () => {
  it("send the least often sent first, and each until its limit", () => {
    const rumours = new Rumours();
    const room = { count: 1, bytes: 1000, limit: 2, except: undefined };
    const take = (): string[] => rumours.take(room).map(({ record }) => record.name);
    rumours.add(claim("alive", 1, "a"));
    rumours.add(claim("alive", 1, "b"));
    expect([take(), take(), take(), take(), take()]).toEqual([["a"], ["b"], ["a"], ["b"], []]);
    expect(rumours.empty).toBe(true);
    expect([retransmitLimit(4, 3), retransmitLimit(4, 128)]).toEqual([8, 12]);
  });

  it("fill a packet to its budget and never beyond", () => {
    const updates = Array.from({ length: 40 }, (_, i) => claim("alive", i, `node-${i}`));
    const groups = splitByBudget(updates);
    expect(groups.flat()).toEqual(updates);
    for (const group of groups)
      expect(messageUpdateBytes({ kind: "state", updates: group })).toBeLessThanOrEqual(
        updateBudgetBytes,
      );
  });
});

describe("probe order", () => {
  it("probes everybody once before anybody twice", () => {
    const order = new ProbeOrder(() => 0.3);
    for (const name of ["a", "b", "c", "d"]) order.add(name);
    const round = (): string[] => Array.from({ length: 4 }, () => order.next() ?? "").sort();
    expect([round(), round()]).toEqual([
      ["a", "b", "c", "d"],
      ["a", "b", "c", "d"],
    ]);
  });
});
