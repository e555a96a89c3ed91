import fc from "fast-check";
import { scalarsOf } from "../quantity/scalars";
import { FairTree, lanes, root } from "./fair-tree";

type Vector = readonly [cpus: number, memMiB: number, diskMiB: number];

interface User {
  readonly demand: Vector;
  readonly weight: number;
}

const scalars = ([cpus, memMiB, diskMiB]: Vector) => scalarsOf({ cpus, memMiB, diskMiB });

/**
 * How many tasks each user gets when one after another is given to whoever is ranked first and still fits
 * (Ghodsi 2011, algorithm 1). Tasks are small against the cluster, so it comes as near to the divisible case of
 * the paper's theorems as one largest task.
 */
function fill(capacity: Vector, users: readonly User[]): number[] {
  const tree = new FairTree();
  tree.changeTotal(scalars(capacity), 1);
  const ids = users.map((user, index) => {
    const id = tree.add(root, `u${index}`);
    tree.startWanting(id);
    tree.setWeight(id, user.weight);
    return id;
  });
  const left = [...capacity];
  const tasks = users.map(() => 0);
  for (;;) {
    tree.refresh();
    const id = tree.ranking(root)?.size ? tree.ranking(root)?.at(0) : undefined;
    if (id === undefined) return tasks;
    const index = ids.indexOf(id);
    const demand = users[index]?.demand ?? [0, 0, 0];
    if (demand.some((need, k) => need > (left[k] ?? 0))) {
      tree.stopWanting(id);
      continue;
    }
    demand.forEach((need, k) => (left[k] = (left[k] ?? 0) - need));
    tasks[index] = (tasks[index] ?? 0) + 1;
    tree.hold(id, scalars(demand), 1);
  }
}

const vector = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
);
const capacity = fc.tuple(
  fc.integer({ min: 2000, max: 9000 }),
  fc.integer({ min: 2000, max: 9000 }),
  fc.integer({ min: 2000, max: 9000 }),
);
const users = fc.array(vector, { minLength: 2, maxLength: 4 });
const equal = (demand: Vector): User => ({ demand, weight: 1 });
/** The largest task of anybody, in any resource, is 9 units, and everybody needs 1 of each at least. */
const roundingTasks = 2 * 9;
const runs = { numRuns: 60 };

/** How many of its tasks a user with this demand could run on these resources. */
function tasksOn(resources: readonly number[], demand: Vector): number {
  return Math.min(...demand.map((need, k) => (resources[k] ?? 0) / need));
}

describe("dominant resource fairness, as the paper proves it (Ghodsi 2011, section 5)", () => {
  it("ends as the example of section 4.1 does: 3 tasks for A, 2 for B", () => {
    expect(fill([9, 18, 0], [equal([1, 4, 0]), equal([3, 1, 0])])).toEqual([3, 2]);
  });

  it("gives sharing incentive: nobody would do better with an n-th of the cluster of his own", () => {
    fc.assert(
      fc.property(capacity, users, (whole, demands) => {
        fill(whole, demands.map(equal)).forEach((tasks, index) => {
          const part = whole.map((have) => have / demands.length);
          const alone = tasksOn(part, demands[index] ?? [1, 1, 1]);
          expect(tasks).toBeGreaterThanOrEqual(alone - roundingTasks);
        });
      }),
      runs,
    );
  });

  it("is strategy-proof: nobody does better by asking for something else than he needs", () => {
    fc.assert(
      fc.property(capacity, users, vector, (whole, demands, lie) => {
        const [truth = lie] = demands;
        const [honest = 0] = fill(whole, demands.map(equal));
        const [lied = 0] = fill(whole, [lie, ...demands.slice(1)].map(equal));
        const useful = tasksOn(
          lie.map((need) => need * lied),
          truth,
        );
        expect(useful).toBeLessThanOrEqual(honest + roundingTasks);
      }),
      runs,
    );
  });

  it("is free of envy: nobody would do better with what another has", () => {
    fc.assert(
      fc.property(capacity, users, (whole, demands) => {
        const tasks = fill(whole, demands.map(equal));
        demands.forEach((demand, index) => {
          demands.forEach((other, at) => {
            const his = other.map((need) => need * (tasks[at] ?? 0));
            expect(tasks[index] ?? 0).toBeGreaterThanOrEqual(tasksOn(his, demand) - roundingTasks);
          });
        });
      }),
      runs,
    );
  });

  it("is Pareto efficient: some resource is used up, so nobody gets more unless another gets less", () => {
    fc.assert(
      fc.property(capacity, users, (whole, demands) => {
        const tasks = fill(whole, demands.map(equal));
        const left = whole.map((have, k) =>
          demands.reduce(
            (rest, demand, index) => rest - (demand[k] ?? 0) * (tasks[index] ?? 0),
            have,
          ),
        );
        for (const demand of demands) expect(tasksOn(left, demand)).toBeLessThan(1);
      }),
      runs,
    );
  });

  it("gives dominant shares in the ratio of the weights (section 4.3)", () => {
    const [a = 0, b = 0] = fill(
      [9000, 9000, 9000],
      [
        { demand: [3, 1, 1], weight: 3 },
        { demand: [1, 3, 1], weight: 1 },
      ],
    );
    expect(a / b).toBeCloseTo(3, 1);
  });
});

const change = fc.oneof(
  fc.record({ kind: fc.constant("hold" as const), of: fc.nat(11), amount: vector }),
  fc.record({ kind: fc.constant("want" as const), of: fc.nat(11) }),
  fc.record({ kind: fc.constant("total" as const), amount: capacity }),
  fc.record({
    kind: fc.constant("weight" as const),
    of: fc.nat(3),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
);

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Four roles of three frameworks each, after these changes. */
function treeAfter(changes: readonly Change[]) {
  const tree = new FairTree();
  const roles = [0, 1, 2, 3].map((index) => tree.add(root, `r${index}`));
  const leaves = roles.flatMap((role) => [0, 1, 2].map((index) => tree.add(role, `f${index}`)));
  const wants = leaves.map(() => false);
  for (const one of changes) {
    if (one.kind === "total") tree.changeTotal(scalars(one.amount), 1);
    else if (one.kind === "weight") tree.setWeight(roles[one.of] ?? 0, one.weight);
    else if (one.kind === "hold") tree.hold(leaves[one.of] ?? 0, scalars(one.amount), 1);
    else {
      wants[one.of] = !wants[one.of];
      if (wants[one.of]) tree.startWanting(leaves[one.of] ?? 0, one.of % lanes);
      else tree.stopWanting(leaves[one.of] ?? 0);
    }
  }
  return { tree, roles, leaves, wants };
}

describe("the fair tree, for any course of changes", () => {
  it("ranks as sorting everything anew does", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const { tree, roles, leaves, wants } = treeAfter(changes);
        tree.refresh();
        for (const [index, role] of roles.entries()) {
          const own = leaves.slice(index * 3, index * 3 + 3);
          for (let lane = 0; lane < lanes; lane++) {
            const sorted = own
              .filter((leaf) => wants[leaves.indexOf(leaf)])
              .filter((leaf) => ((leaves.indexOf(leaf) % lanes) & lane) === lane)
              .sort((a, b) => (tree.comesBefore(a, b) ? -1 : 1));
            const ranking = tree.ranking(role, lane);
            expect(sorted.map((_, position) => ranking?.at(position))).toEqual(sorted);
            expect(ranking?.size ?? 0).toBe(sorted.length);
          }
        }
      }),
    );
  });
});
