import fc from "fast-check";
import type { Resources } from "../model/resources";
import { addResources, coversResources, noResources, sumResources } from "../model/resources";
import type { AllocatableNode, AllocationInput, Claimant } from "./allocate";
import { allocate, explainNoOffer, freeOf } from "./allocate";
import { OfferFilters } from "./filters";
import { dominantShare } from "./share";

const scalars = (cpus: number, memMiB: number): Resources => ({ ...noResources, cpus, memMiB });
const node = (name: string, changes: Partial<AllocatableNode> = {}): AllocatableNode => ({
  name,
  total: scalars(4, 4000),
  used: noResources,
  offered: noResources,
  unfit: undefined,
  ...changes,
});
const claimant = (framework: string, held = noResources, wantsOffers = true): Claimant => ({
  framework,
  held,
  wantsOffers,
});
const input = (changes: Partial<AllocationInput>): AllocationInput => ({
  nodes: [node("n1")],
  claimants: [claimant("a")],
  filters: new OfferFilters(),
  nowMs: 0,
  ...changes,
});

describe("the allocator", () => {
  it("offers a node whole to the framework with the smallest dominant share", () => {
    const claimants = [claimant("a", scalars(2, 100)), claimant("b", scalars(0.1, 1000))];
    const grants = allocate(input({ nodes: [node("n1"), node("n2")], claimants }));
    // a holds 2 of 8 cpus (1/4), b 1000 of 8000 MiB (1/8); with n1 b has 5/8, so n2 goes to a.
    expect(grants.map(({ node, framework }) => `${node} to ${framework}`)).toEqual([
      "n1 to b",
      "n2 to a",
    ]);
  });

  it("offers only what is neither used nor in another offer", () => {
    const nodes = [node("n1", { used: scalars(1, 1000), offered: scalars(2, 500) })];
    expect(allocate(input({ nodes }))).toEqual([
      { framework: "a", node: "n1", resources: scalars(1, 2500) },
    ]);
  });

  it("holds a refused node back, until its time is up or it has more than was refused", () => {
    const filters = new OfferFilters();
    filters.refuse({ framework: "a", node: "n1", untilMs: 5000, refused: scalars(4, 4000) });
    expect(allocate(input({ filters }))).toEqual([]);
    expect(allocate(input({ filters, nowMs: 5000 }))).toHaveLength(1);
    const grown = [node("n1", { total: scalars(5, 4000) })];
    expect(allocate(input({ filters, nodes: grown }))).toHaveLength(1);
    filters.clearFramework("a");
    expect(allocate(input({ filters }))).toHaveLength(1);
  });

  it.each<[string, Partial<AllocationInput>, string]>([
    ["unfit", { nodes: [node("n1", { unfit: { rule: "draining", message: "m" } })] }, "draining"],
    ["full", { nodes: [node("n1", { used: scalars(4, 4000) })] }, "resources"],
    ["offered", { nodes: [node("n1", { offered: scalars(4, 4000) })] }, "offered"],
    ["unwanted", { claimants: [claimant("a", noResources, false)] }, "suppressed"],
    ["unclaimed", { claimants: [] }, "unsubscribed"],
  ])("says why a node that is %s is not offered", (_what, changes, rule) => {
    const given = input(changes);
    expect(allocate(given)).toEqual([]);
    const [only] = given.nodes;
    expect(only && explainNoOffer(given, only, "a")?.rule).toBe(rule);
  });

  it("says until when a node has been declined", () => {
    const filters = new OfferFilters();
    filters.refuse({ framework: "a", node: "n1", untilMs: 4200, refused: scalars(4, 4000) });
    const refusal = explainNoOffer(input({ filters }), node("n1"), "a");
    expect(refusal?.message).toBe("framework 'a' declined it, asked again in 5 s");
  });
});

const some = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
  .map(([cpus, mem]) => scalars(cpus / 2, mem * 500));
const anyInput = fc
  .record({
    nodes: fc.array(fc.record({ total: some, used: some, offered: some, fit: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    }),
    claimants: fc.array(fc.record({ held: some, wantsOffers: fc.boolean() }), { maxLength: 4 }),
    refusals: fc.array(
      fc.record({
        framework: fc.nat(3),
        node: fc.nat(5),
        untilMs: fc.integer({ min: 0, max: 200 }),
        refused: some,
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ nodes, claimants, refusals }) => ({ nodes, claimants, refusals }));

describe("the allocator, for any cluster", () => {
  it("offers each node at most once, never more than is free, and explains every other", () => {
    fc.assert(
      fc.property(anyInput, (drawn) => {
        const given = build(drawn);
        const grants = allocate(given);
        expect(new Set(grants.map((grant) => grant.node)).size).toBe(grants.length);
        for (const one of given.nodes) {
          const grant = grants.find((other) => other.node === one.name);
          if (grant) {
            const all = sumResources([one.used, one.offered, grant.resources]);
            expect(coversResources(one.total, all)).toBe(true);
          }
          for (const { framework, wantsOffers } of given.claimants)
            if (!grant || !wantsOffers) expect(explainNoOffer(given, one, framework)).toBeDefined();
        }
      }),
    );
  });

  it("decides as the naive version does", () => {
    fc.assert(
      fc.property(anyInput, (drawn) => {
        const grants = allocate(build(drawn));
        expect(grants.map((grant) => [grant.node, grant.framework])).toEqual(naive(drawn));
      }),
    );
  });
});

type Drawn = typeof anyInput extends fc.Arbitrary<infer T> ? T : never;
const nowMs = 100;
const frameworkName = (index: number) => `f${index}`;

function build(drawn: Drawn): AllocationInput {
  const filters = new OfferFilters();
  for (const { framework, node: index, untilMs, refused } of drawn.refusals)
    filters.refuse({ framework: frameworkName(framework), node: `n${index}`, untilMs, refused });
  return {
    nodes: drawn.nodes.map(({ fit, ...rest }, index) =>
      node(`n${index}`, { ...rest, unfit: fit ? undefined : { rule: "unhealthy", message: "m" } }),
    ),
    claimants: drawn.claimants.map((one, index) => ({ ...one, framework: frameworkName(index) })),
    filters,
    nowMs,
  };
}

/** Sorts anew for every node, and reads the rules straight off their description. */
function naive(drawn: Drawn): [string, string][] {
  const total = sumResources(drawn.nodes.map((one) => one.total));
  const held = drawn.claimants.map((one) => one.held);
  const given: [string, string][] = [];
  drawn.nodes.forEach((one, index) => {
    const free = freeOf(one);
    if (!one.fit || free.cpus === 0 || free.memMiB === 0) return;
    const last = (framework: number) =>
      drawn.refusals.findLast((r) => r.framework === framework && r.node === index);
    const takers = drawn.claimants
      .map((claim, framework) => ({ ...claim, framework, refused: last(framework) }))
      .filter(({ wantsOffers }) => wantsOffers)
      .filter(({ refused: r }) => !r || r.untilMs <= nowMs || !coversResources(r.refused, free))
      .map(({ framework }) => framework)
      .sort((a, b) => share(a) - share(b) || a - b);
    const [winner] = takers;
    if (winner === undefined) return;
    held[winner] = addResources(held[winner] ?? noResources, free);
    given.push([`n${index}`, frameworkName(winner)]);
  });
  return given;

  function share(framework: number): number {
    return dominantShare(held[framework] ?? noResources, total);
  }
}
