import fc from "fast-check";
import { OfferWorld } from "../../../test/fakes/offer-world";
import { SeededRandom } from "../../../test/fakes/seeded-random";
import { serviceSpec } from "../../../test/fakes/specs";
import { ServicesScheduler } from "./scheduler";

const nodes = ["n1", "n2", "n3"] as const;
type Step =
  | { readonly kind: "scale"; readonly instances: number }
  | { readonly kind: "change"; readonly image: string }
  | { readonly kind: "fail"; readonly task: number }
  | { readonly kind: "lose" | "return" | "drain" | "undrain"; readonly node: string }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "settle" };

const onNode = (kind: "lose" | "return" | "drain" | "undrain") =>
  fc.constantFrom(...nodes).map((node): Step => ({ kind, node }));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((instances): Step => ({ kind: "scale", instances })),
  fc.constantFrom("a", "b", "c").map((image): Step => ({ kind: "change", image })),
  fc.nat(9).map((task): Step => ({ kind: "fail", task })),
  onNode("lose"),
  onNode("return"),
  onNode("drain"),
  onNode("undrain"),
  fc.constantFrom(100, 1000, 15_000).map((ms): Step => ({ kind: "pass", ms })),
  fc.constant<Step>({ kind: "settle" }),
  fc.constant<Step>({ kind: "settle" }),
);

class Run {
  readonly scheduler: ServicesScheduler;
  readonly world: OfferWorld;
  spec = serviceSpec("web", { instances: 3, image: "a", cpus: 0.5, memMiB: 200 });

  constructor(seed: number) {
    this.scheduler = new ServicesScheduler(new SeededRandom(seed));
    this.world = new OfferWorld(this.scheduler);
    for (const node of nodes) this.world.addNode(node);
    this.world.launched = () => this.checkBound();
    this.want({});
  }

  take(step: Step): void {
    switch (step.kind) {
      case "scale":
        this.want({ instances: step.instances });
        return;
      case "change":
        this.want({ image: step.image });
        return;
      case "fail":
        this.fail(step.task);
        return;
      case "lose":
      case "return":
        this.turn(step.node, step.kind === "return");
        return;
      case "drain":
      case "undrain":
        this.world.drain(step.node, step.kind === "drain");
        return;
      case "pass":
        this.world.pass(step.ms);
        return;
      case "settle":
        this.world.settle();
    }
  }

  /** Peace: all nodes are there, nothing fails, time passes. */
  calmDown(): void {
    for (const node of nodes) {
      this.take({ kind: "return", node });
      this.take({ kind: "undrain", node });
    }
    for (let round = 0; round < 40; round++) this.world.settle().pass(5000);
  }

  private fail(index: number): void {
    const seen = this.world.seen();
    const task = seen[index % Math.max(1, seen.length)];
    if (task) this.world.end(task.spec.id, "TASK_FAILED", "container-exited");
  }

  private turn(node: string, up: boolean): void {
    if (this.world.node(node).up === up) return;
    if (up) this.world.giveBack(node);
    else this.world.lose(node);
  }

  private want(changes: { instances?: number; image?: string }): void {
    this.spec = { ...this.spec, ...changes };
    this.world.obey(this.scheduler.desired({ web: this.spec }, true, this.world.at()));
  }

  /** Whenever one is launched: what can be seen is no more than wanted and one, but for draining nodes. */
  private checkBound(): void {
    const { world } = this;
    const moving = world.seen().filter((task) => world.node(task.node).draining).length;
    expect(world.seen().length).toBeLessThanOrEqual(this.spec.instances + Math.max(1, moving));
  }
}

describe("the services framework, whatever happens", () => {
  it("never runs more than wanted and one, and comes to exactly what is wanted in the end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(), (steps, seed) => {
        const run = new Run(seed);
        for (const one of steps) run.take(one);
        run.calmDown();
        const tasks = run.world.seen();
        expect(tasks.map((task) => [task.spec.image, task.state, task.dying])).toEqual(
          Array.from({ length: run.spec.instances }, () => [run.spec.image, "TASK_RUNNING", false]),
        );
        const view = run.scheduler.view("web", { refusals: [], recovering: false });
        expect(view).toMatchObject({ phase: "running", updated: run.spec.instances, failures: 0 });
        expect(run.world.wantsOffers).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
