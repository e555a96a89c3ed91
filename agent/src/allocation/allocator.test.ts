import { Allocator } from "./allocator";
import type { Grant } from "./allocator";
import { portion } from "../model/portion";
import type { Portion, Reservation } from "../model/portion";
import { frameworkTerms, nodeTerms } from "./testing/terms";

const whole = portion({ cpus: 4, memMiB: 4000 });
const told = (grants: readonly Grant[]): string[] =>
  grants.map(({ node, framework, role }) => `${node} to ${framework} in ${role}`);
const dynamic = (role: string): Reservation => ({ kind: "dynamic", role });

function cluster(nodes: number, frameworks: Readonly<Record<string, string[]>>): Allocator {
  const allocator = new Allocator();
  for (let n = 1; n <= nodes; n++) allocator.addNode(`n${n}`, nodeTerms([whole]));
  for (const [name, roles] of Object.entries(frameworks))
    allocator.addFramework(name, frameworkTerms({ roles }));
  return allocator;
}

describe("the allocator", () => {
  it("reproduces table 1 of the DRF paper", () => {
    // Ghodsi 2011, section 4.1: <9 CPU, 18 GB>, user A's tasks need <1, 4>, user B's <3, 1>.
    const demand = { A: portion({ cpus: 1, memMiB: 4 }), B: portion({ cpus: 3, memMiB: 1 }) };
    const allocator = new Allocator();
    allocator.addNode("n1", nodeTerms([portion({ cpus: 9, memMiB: 18 })]));
    // Whoever is chosen takes one task's worth and leaves the rest to the next choice; the paper begins with B.
    for (const user of ["A", "B"] as const)
      allocator.addFramework(user, frameworkTerms({ roles: [user] }));
    const steps: string[] = [];
    const choose = (user: "A" | "B"): void => {
      allocator.hold({ framework: user, role: user, node: "n1" }, [demand[user]]);
      const shares = (["A", "B"] as const).map((one) => allocator.dominantShare(one)?.toFixed(3));
      steps.push(`${user}: ${shares.join(" ")}`);
    };
    choose("B");
    while (steps.length < 5) {
      const [grant] = allocator.allocate(0).grants;
      const user = grant?.framework === "A" ? "A" : "B";
      allocator.giveBack({ framework: user, role: user, node: "n1" }, grant?.portions ?? []);
      choose(user);
    }
    expect(steps).toEqual([
      "B: 0.000 0.333",
      "A: 0.222 0.333",
      "A: 0.444 0.333",
      "B: 0.444 0.667",
      "A: 0.667 0.667",
    ]);
  });

  it("gives each node whole, by weighted share of the role, then by share in the role", () => {
    const allocator = cluster(6, { a: ["eng"], b: ["eng"], c: ["ops"] });
    allocator.setWeight("eng", 2);
    // eng may have twice as much; at n4 both are at 1/6 by weight, and ops has been given something less often.
    expect(told(allocator.allocate(0).grants)).toEqual([
      "n1 to a in eng",
      "n2 to c in ops",
      "n3 to b in eng",
      "n4 to c in ops",
      "n5 to a in eng",
      "n6 to b in eng",
    ]);
  });

  it("shares by the tree: what a role has, its sub-roles share", () => {
    const allocator = cluster(4, { a: ["eng/x"], b: ["eng/y"], c: ["ops"] });
    expect(told(allocator.allocate(0).grants)).toEqual([
      "n1 to a in eng/x",
      "n2 to c in ops",
      "n3 to b in eng/y",
      "n4 to c in ops",
    ]);
  });

  it("asks again only when there is more, when the time is up, or on revival", () => {
    const allocator = cluster(1, { a: ["r"] });
    const holder = { framework: "a", role: "r", node: "n1" };
    const decline = (): void => {
      const [grant] = allocator.allocate(0).grants;
      allocator.giveBack(holder, grant?.portions ?? [], { untilMs: 5000 });
      expect(allocator.allocate(4999).grants).toEqual([]);
    };
    decline();
    expect(allocator.nextMs()).toBe(5000);
    expect(allocator.explain(holder, 1000)?.message).toContain("asked again in 4 s");
    expect(allocator.allocate(5000).grants).toHaveLength(1);
    allocator.giveBack(holder, [whole]);
    decline();
    allocator.revive("a", "r");
    expect(allocator.allocate(0).grants).toHaveLength(1);
    allocator.giveBack(holder, [whole]);
    decline();
    allocator.updateNode("n1", nodeTerms([portion({ cpus: 5, memMiB: 4000 })]));
    expect(allocator.allocate(0).grants).toHaveLength(1);
  });

  it("offers those most in use first", () => {
    const allocator = cluster(3, { a: ["r"] });
    allocator.hold({ framework: "a", role: "r", node: "n3" }, [portion({ cpus: 1, memMiB: 1 })]);
    expect(allocator.allocate(0).grants.map(({ node }) => node)).toEqual(["n3", "n1", "n2"]);
  });

  it("keeps machines with gpus for those who use them, and other regions for those who ask", () => {
    const allocator = new Allocator({ region: "here" });
    const far = { domain: { region: "far", zone: "z" } };
    allocator.addNode("gpu", nodeTerms([portion({ cpus: 4, memMiB: 4000, gpus: 1 })]));
    allocator.addNode("far", nodeTerms([whole], far));
    allocator.addFramework("a", frameworkTerms({ roles: ["r"] }));
    expect(allocator.allocate(0).grants).toEqual([]);
    const why = (node: string) => allocator.explain({ framework: "a", role: "r", node }, 0)?.rule;
    expect([why("gpu"), why("far")]).toEqual(["gpus", "region"]);
    allocator.updateFramework("a", frameworkTerms({ roles: ["r"], gpus: true, regionAware: true }));
    expect(allocator.allocate(0).grants).toHaveLength(2);
  });

  it("holds to offer constraints: one group of them whole", () => {
    const allocator = new Allocator();
    allocator.addNode("ssd", nodeTerms([whole], { attributes: { disk: "ssd" } }));
    allocator.addNode("old", nodeTerms([whole], { attributes: { disk: "hdd", old: "yes" } }));
    allocator.addFramework("a", frameworkTerms({ roles: ["r"] }));
    const attribute = (name: string) => ({ kind: "attribute", name }) as const;
    allocator.setConstraints("a", "r", [
      [{ selector: attribute("disk"), predicate: { kind: "text-equals", value: "ssd" } }],
      [
        { selector: { kind: "hostname" }, predicate: { kind: "exists" } },
        { selector: attribute("old"), predicate: { kind: "not-exists" } },
      ],
    ]);
    expect(told(allocator.allocate(0).grants)).toEqual(["ssd to a in r"]);
    expect(allocator.explain({ framework: "a", role: "r", node: "old" }, 0)?.rule).toBe(
      "constraint",
    );
  });
});

describe("ports and sets", () => {
  it("go whole to the first taker, and what comes back in pieces is whole again", () => {
    const allocator = new Allocator();
    const ports = [{ begin: 31_000, end: 31_009 }];
    const all = { ...whole, ports, sets: { disks: ["d1", "d2"] } };
    allocator.addNode("n1", nodeTerms([all]));
    allocator.addFramework("a", frameworkTerms({ roles: ["r"] }));
    const holder = { framework: "a", role: "r", node: "n1" };
    expect(allocator.allocate(0).grants[0]?.portions).toEqual([all]);
    const used = { cpus: 1, memMiB: 1000, ports: [{ begin: 31_003, end: 31_003 }] };
    const disk = { disks: ["d2"] };
    const rest = portion({
      cpus: 3,
      memMiB: 3000,
      ports: [
        { begin: 31_000, end: 31_002 },
        { begin: 31_004, end: 31_009 },
      ],
      sets: { disks: ["d1"] },
    });
    allocator.giveBack(holder, [rest], { untilMs: 9 });
    expect(allocator.allocate(0).grants).toEqual([]);
    allocator.giveBack(holder, [portion({ ...used, sets: disk })]);
    // A port more than was refused: offered at once.
    expect(allocator.allocate(0).grants[0]?.portions).toEqual([all]);
  });

  it("cannot be given back by who does not hold them", () => {
    const allocator = cluster(1, { a: ["r"] });
    allocator.allocate(0);
    const holder = { framework: "a", role: "r", node: "n1" };
    const port = portion({ ports: [{ begin: 1, end: 1 }] });
    expect(() => allocator.giveBack(holder, [port])).toThrow(
      "does not hold that much of node 'n1'",
    );
    expect(() => allocator.giveBack(holder, [portion({ cpus: 5 })])).toThrow("does not hold");
  });
});

describe("quota", () => {
  it("chops a node at the limit of the role or of one above it", () => {
    const allocator = cluster(2, { a: ["eng/x"], b: ["ops"] });
    allocator.setQuota("eng", { guarantee: {}, limit: { cpus: 3 } });
    const grants = allocator.allocate(0).grants;
    expect(grants.find(({ framework }) => framework === "a")?.portions[0]?.cpus).toBe(3);
    expect(told(grants)).toEqual(["n1 to a in eng/x", "n2 to b in ops"]);
    const again = { framework: "b", role: "ops", node: "n2" };
    allocator.giveBack(again, [whole]);
    allocator.suppress("b", "ops");
    expect(allocator.allocate(0).grants).toEqual([]);
    expect(allocator.explain({ ...again, framework: "a", role: "eng/x" }, 0)?.rule).toBe(
      "quota-limit",
    );
  });

  it("keeps free what guarantees still miss, and gives it to those who have them", () => {
    const allocator = cluster(2, { a: ["eng"], b: ["ops"] });
    allocator.suppress("a", "eng");
    allocator.setQuota("eng", { guarantee: { cpus: 6, memMiB: 4000 }, limit: {} });
    const first = allocator.allocate(0).grants;
    expect(first).toHaveLength(1);
    expect(first[0]?.portions[0]).toMatchObject({ cpus: 2, memMiB: 4000 });
    expect(allocator.explain({ framework: "b", role: "ops", node: "n2" }, 0)?.rule).toBe(
      "quota-guarantee",
    );
    allocator.revive("a", "eng");
    const held = allocator.allocate(0).grants.flatMap(({ portions }) => portions);
    expect(held.reduce((sum, { cpus }) => sum + cpus, 0)).toBe(4);
  });

  it("counts what is reserved for the role, held or not", () => {
    const allocator = new Allocator();
    const reserved = portion({
      cpus: 3,
      memMiB: 1000,
      reservations: [{ kind: "static", role: "eng" }],
    });
    allocator.addNode("n1", nodeTerms([whole, reserved]));
    allocator.setQuota("eng", { guarantee: {}, limit: { cpus: 3, memMiB: 9000 } });
    allocator.addFramework("a", frameworkTerms({ roles: ["eng"] }));
    expect(allocator.consumed("eng")).toMatchObject({ cpus: 3, memMiB: 1000 });
    const portions = allocator.allocate(0).grants[0]?.portions ?? [];
    expect(portions.map(({ cpus, memMiB }) => [cpus, memMiB])).toEqual([
      [0, 4000],
      [3, 1000],
    ]);
  });
});

describe("reservations", () => {
  const offered = (allocator: Allocator): Portion[] =>
    allocator.allocate(0).grants.flatMap(({ portions }) => portions);

  it("go to the role and those below it, never to others", () => {
    const allocator = cluster(1, { other: ["ops"] });
    const change = { from: [whole], to: [{ ...whole, reservations: [dynamic("eng")] }] };
    allocator.convert({ node: "n1", by: undefined }, change);
    expect(offered(allocator)).toEqual([]);
    expect(allocator.explain({ framework: "other", role: "ops", node: "n1" }, 0)?.rule).toBe(
      "reserved",
    );
    allocator.addFramework("child", frameworkTerms({ roles: ["eng/x"] }));
    expect(offered(allocator)).toEqual(change.to);
  });

  it("are refined, and come back when the refinement is undone", () => {
    const allocator = cluster(1, { up: ["eng"] });
    const coarse = { ...whole, reservations: [dynamic("eng")] };
    const fine = { ...whole, reservations: [dynamic("eng"), dynamic("eng/x")] };
    allocator.convert({ node: "n1", by: undefined }, { from: [whole], to: [coarse] });
    allocator.convert({ node: "n1", by: undefined }, { from: [coarse], to: [fine] });
    expect(offered(allocator)).toEqual([]);
    allocator.convert({ node: "n1", by: undefined }, { from: [fine], to: [coarse] });
    expect(offered(allocator)).toEqual([coarse]);
  });

  it("hold volumes, which are offered whole to whom they are reserved for", () => {
    const allocator = new Allocator();
    allocator.addNode("n1", nodeTerms([portion({ cpus: 4, memMiB: 4000, diskMiB: 1000 })]));
    allocator.addFramework("a", frameworkTerms({ roles: ["eng"] }));
    const holder = { framework: "a", role: "eng", node: "n1" };
    expect(offered(allocator)).toHaveLength(1);
    const volume = portion({ diskMiB: 600, reservations: [dynamic("eng")], volume: "v1" });
    const by = { framework: "a", role: "eng" };
    allocator.convert({ node: "n1", by }, { from: [portion({ diskMiB: 600 })], to: [volume] });
    expect(allocator.consumed("eng")).toMatchObject({ cpus: 4, diskMiB: 1000 });
    allocator.giveBack(holder, [volume, portion({ cpus: 4, memMiB: 4000, diskMiB: 400 })]);
    expect(offered(allocator).find((part) => part.volume === "v1")?.diskMiB).toBe(600);
  });
});

describe("maintenance", () => {
  it("asks holders to give back, and closes the node for as long as it lasts", () => {
    const allocator = cluster(1, { a: ["r"] });
    const holder = { framework: "a", role: "r", node: "n1" };
    allocator.allocate(0);
    allocator.scheduleMaintenance("n1", { startMs: 100, endMs: 200 }, 0);
    expect(allocator.allocate(0).inverseOffers).toHaveLength(1);
    expect(allocator.allocate(1).inverseOffers).toEqual([]);
    allocator.answerInverseOffer(holder, { accepted: false, refuseMs: 50 }, 10);
    expect(allocator.nextMs()).toBe(60);
    expect(allocator.allocate(60).inverseOffers).toHaveLength(1);
    allocator.giveBack(holder, [whole]);
    expect(allocator.allocate(150)).toEqual({ grants: [], inverseOffers: [] });
    expect(allocator.explain(holder, 150)?.rule).toBe("maintenance");
    expect(allocator.allocate(200).grants).toHaveLength(1);
  });

  it("offers nothing of a node that is deactivated, and what is held there stays held", () => {
    const allocator = cluster(2, { a: ["r"] });
    allocator.allocate(0);
    allocator.deactivateNode("n1", { rule: "draining", message: "it is being drained" });
    for (const node of ["n1", "n2"])
      allocator.giveBack({ framework: "a", role: "r", node }, [whole]);
    expect(told(allocator.allocate(0).grants)).toEqual(["n2 to a in r"]);
    allocator.reactivateNode("n1");
    expect(told(allocator.allocate(0).grants)).toEqual(["n1 to a in r"]);
  });
});
