import fc from "fast-check";
import { taskSpec } from "../../../test/fakes/specs";
import type { Instance } from "./instance";
import { isDying, isLostSight, isReady, launched } from "./instance";
import type { PlanInput } from "./plan";
import { planService, plannedKills, spareInstances } from "./plan";
import { Tally } from "./tally";

const nodes = ["n1", "n2", "n3"] as const;
const states = ["TASK_STAGING", "TASK_RUNNING", "TASK_KILLING", "TASK_UNREACHABLE"] as const;

/** What happens to one service, in the order in which it does. */
type Step =
  | {
      readonly kind: "put";
      readonly id: number;
      readonly node: string;
      readonly state: Instance["state"];
      readonly killAskedMs: number | undefined;
      readonly cameBack: boolean;
    }
  | { readonly kind: "remove"; readonly id: number }
  | { readonly kind: "version"; readonly version: string }
  | { readonly kind: "drain" | "undrain"; readonly node: string }
  | { readonly kind: "pass"; readonly ms: number };

const node = fc.constantFrom(...nodes);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      id: fc.nat(8),
      node,
      state: fc.constantFrom(...states),
      killAskedMs: fc.option(fc.constantFrom(0, 10_000, 40_000), { nil: undefined }),
      cameBack: fc.boolean(),
    }),
  },
  fc.nat(8).map((id): Step => ({ kind: "remove", id })),
  fc.constantFrom("a", "b").map((version): Step => ({ kind: "version", version })),
  fc
    .constantFrom<"drain" | "undrain">("drain", "undrain")
    .chain((kind) => node.map((name): Step => ({ kind, node: name }))),
  fc.constantFrom(1000, 30_000).map((ms): Step => ({ kind: "pass", ms })),
);

class Run {
  nowMs = 0;
  version = "a";
  readonly draining = new Set<string>();
  readonly tally = new Tally("a", this.draining);

  take(step: Step): void {
    switch (step.kind) {
      case "put": {
        const { id, killAskedMs, cameBack, state } = step;
        // Its version stays what it was launched with.
        const labels = { "covey.version": id % 2 === 0 ? "a" : "b" };
        const fresh = launched(taskSpec(`web.${id}`, { labels }), step.node, id * 100);
        this.tally.put({ ...fresh, state, killAskedMs, cameBack });
        return;
      }
      case "remove":
        this.tally.remove(`web.${step.id}`);
        return;
      case "version":
        this.version = step.version;
        this.tally.setVersion(step.version);
        return;
      case "pass":
        this.nowMs += step.ms;
        return;
      default: {
        const recount = this.tally.recounting();
        if (step.kind === "drain") this.draining.add(step.node);
        else this.draining.delete(step.node);
        recount();
      }
    }
  }

  input(instances: number): PlanInput {
    const { tally, version, draining, nowMs } = this;
    return { spec: { name: "web", instances }, version, tally, draining, nowMs };
  }
}

describe("the plan of a service", () => {
  it("is, by counts that are kept, what counting everything anew says", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(6), (steps, wanted) => {
        const run = new Run();
        for (const one of steps) {
          run.take(one);
          const input = run.input(wanted);
          const plan = planService(input);
          const naive = naivePlan(input);
          expect(plan.launch).toBe(naive.launch);
          expect(plannedKills(input, plan).map((kill) => kill.instance.taskId)).toEqual(naive.kill);
          expect(spareInstances(input, plan).map((one) => one.taskId)).toEqual(naive.spare);
          const { tally } = run;
          for (const name of nodes)
            expect(tally.nodes.on(name)).toBe(
              seenOf(tally).filter((one) => one.node === name).length,
            );
          expect(tally.nextAgainMs()).toBeLessThanOrEqual(Math.min(Infinity, ...againOf(tally)));
        }
      }),
      { numRuns: 500 },
    );
  });
});

function seenOf(tally: Tally): Instance[] {
  return [...tally.instances.values()].filter((one) => !isLostSight(one));
}

/** A second and its grace, and 30 s more. */
function againOf(tally: Tally): number[] {
  return seenOf(tally).flatMap(({ killAskedMs }) =>
    killAskedMs === undefined ? [] : killAskedMs + 31_000,
  );
}

/** The rules as they are written. */
function naivePlan({ spec, version, tally, draining, nowMs }: PlanInput): {
  launch: number;
  kill: string[];
  spare: string[];
} {
  const wanted = spec.instances;
  const seen = seenOf(tally);
  const dying = seen.filter(isDying);
  const alive = seen.filter((one) => !isDying(one));
  const moves = (one: Instance) => draining.has(one.node);
  const good = alive.filter((one) => one.version === version && !moves(one));
  const stale = alive.filter((one) => !good.includes(one));
  const ready = good.filter(isReady);
  const hung = dying.filter(({ killAskedMs = Infinity }) => killAskedMs + 31_000 <= nowMs);

  const surge = stale.length > 0 ? Math.max(1, stale.filter(moves).length) : 0;
  const room = wanted + surge - alive.length - (dying.length - hung.length);
  const launch = Math.max(0, Math.min(wanted - good.length, room));
  const firstToGo = (a: Instance, b: Instance) =>
    Number(isReady(a)) - Number(isReady(b)) ||
    Number(b.cameBack) - Number(a.cameBack) ||
    b.knownSinceMs - a.knownSinceMs ||
    (a.taskId < b.taskId ? -1 : 1);
  const staleOrder = [...stale].sort(
    (a, b) => Number(moves(b)) - Number(moves(a)) || firstToGo(a, b),
  );
  const killed = [
    ...staleOrder.slice(0, Math.max(0, ready.length + stale.length - wanted)),
    ...[...good].sort(firstToGo).slice(0, Math.max(0, good.length - wanted)),
  ];
  const mayMakeRoom =
    launch > 0 &&
    dying.length === 0 &&
    ready.length === good.length &&
    good.length + stale.length >= wanted;
  const spare = mayMakeRoom ? staleOrder.filter((one) => !moves(one)) : [];
  const idOf = (one: Instance) => one.taskId;
  return { launch, kill: killed.map(idOf), spare: spare.map(idOf) };
}
