import fc from "fast-check";
import type { MemberUpdate } from "../model/mesh-message";
import { Awareness } from "./awareness";
import { MemberTable } from "./member-table";
import { messageUpdateBytes, splitByBudget, updateBudgetBytes } from "./packet-size";
import { ProbeOrder } from "./probe-order";
import { retransmitLimit, Rumours } from "./rumours";
import { suspicionTerms, Suspicions } from "./suspicions";

function claim(status: MemberUpdate["status"], incarnation: number, name = "m"): MemberUpdate {
  const mesh = { address: "10.0.0.1", port: 7442 };
  const record = { name, mesh, apiPort: 1, grpcPort: 2, voter: false, version: "1" };
  return { status, incarnation, record, from: "x" };
}

const anyClaim = fc
  .tuple(fc.constantFrom("alive", "suspect", "dead", "left"), fc.integer({ min: 1, max: 4 }))
  .map(([status, incarnation]) => claim(status, incarnation));

/** When the only suspicion ends, as ticks would find out. */
function expiry(suspicions: Suspicions): number {
  suspicions.takeWarned(suspicions.deadlineMs());
  return suspicions.deadlineMs();
}

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
  const options = {
    suspicionMultiplier: 4,
    suspicionMaxMultiplier: 6,
    suspicionConfirmations: 3,
    probeIntervalMs: 500,
  };
  const terms = { minMs: 1000, maxMs: 6000, confirmations: 3 };

  it.each([
    [1, { minMs: 2000, maxMs: 12_000, confirmations: 0 }],
    [4, { minMs: 2000, maxMs: 12_000, confirmations: 0 }],
    [10, { minMs: 2000, maxMs: 12_000, confirmations: 3 }],
    [100, { minMs: 4000, maxMs: 24_000, confirmations: 3 }],
  ])(
    "in a mesh of %i lasts so long, and needs so many accusers to last shortest",
    (members, of) => {
      expect(suspicionTerms(options, members)).toEqual(of);
    },
  );

  it("shrinks with each further accuser, each counted once, and with none too many", () => {
    const suspicions = new Suspicions(false);
    suspicions.start("m", "a", terms, 0);
    const steps = ["a", "b", "b", "c", "d", "e"].map((by) => {
      const news = suspicions.confirm("m", by);
      return [by, news, Math.round(expiry(suspicions))];
    });
    expect(steps).toEqual([
      ["a", false, 6000],
      ["b", true, 3500],
      ["b", false, 3500],
      ["c", true, 2038],
      ["d", true, 1000],
      ["e", false, 1000],
    ]);
  });

  it("lasts shortest at once where nobody is left to confirm it", () => {
    const suspicions = new Suspicions(false);
    suspicions.start("m", "a", { ...terms, confirmations: 0 }, 0);
    expect(expiry(suspicions)).toBe(1000);
  });

  it("is told to the suspect at half and at three quarters of its shortest time", () => {
    const suspicions = new Suspicions(true);
    suspicions.start("m", "a", terms, 0);
    const at = [499, 500, 749, 750, 5999].map((now) => suspicions.takeWarned(now));
    expect(at).toEqual([[], ["m"], [], ["m"], []]);
  });

  it("is prolonged by our own sleep, however long, but not by ever more of them", () => {
    const suspicions = new Suspicions(false);
    suspicions.start("m", "a", { ...terms, confirmations: 0 }, 0);
    suspicions.prolong(60_000, 60_200);
    expect(suspicions.takeExpired(60_999)).toEqual([]);
    for (let pause = 0; pause < 20; pause++) suspicions.prolong(1000, 0);
    expect(suspicions.takeExpired(61_000 + 7 * 1000)).toEqual(["m"]);
  });
});

describe("awareness", () => {
  it("stays in its range, and stretches what we wait by one more at each level", () => {
    const awareness = new Awareness(3);
    const scaled = [-1, 1, 5, -1, -9].map((delta) => {
      awareness.adjust(delta);
      return awareness.scale(100);
    });
    expect(scaled).toEqual([100, 200, 300, 200, 100]);
  });

  it("is off with a single level", () => {
    const awareness = new Awareness(1);
    awareness.adjust(5);
    expect(awareness.score).toBe(0);
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
