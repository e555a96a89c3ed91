import type { Offer } from "../../src/model/offer";
import { portion } from "../../src/model/portion";
import type { Resources } from "../../src/model/resources";
import { coversResources, subtractResources, sumResources } from "../../src/model/resources";
import type { SchedulerCall, SchedulerEvent } from "../../src/model/scheduler";
import type { TaskReason, TaskSpec, TaskState } from "../../src/model/task";
import { taskResources } from "../../src/model/task";
import type { Instant } from "../../src/ports/framework";
import { resources, taskStatus } from "./specs";

/** What a framework's machine looks like from here. */
export interface SchedulerUnderTest {
  event(event: SchedulerEvent, at: Instant): SchedulerCall[];
  tick(at: Instant): SchedulerCall[];
  deadlineMs(): number | undefined;
}

export interface WorldTask {
  readonly spec: TaskSpec;
  readonly node: string;
  state: TaskState;
  healthy: boolean | undefined;
  dying: boolean;
}

export interface WorldNode {
  readonly total: Resources;
  readonly attributes: Readonly<Record<string, string>>;
  up: boolean;
  draining: boolean;
}

const longestSilence = 1000;

/**
 * The other side of the scheduler interface, as plain as can be: nodes, tasks that do what a test says, and offers
 * of everything free whenever they are wanted. Refuses to be overdrawn, and to be talked to for ever.
 */
export class OfferWorld {
  readonly nodes = new Map<string, WorldNode>();
  readonly tasks = new Map<string, WorldTask>();
  nowMs = 0;
  wantsOffers = true;
  /** Every call but acknowledgements, one line each. */
  readonly heard: string[] = [];
  /** Called when a task has been launched, for a test's own rules. */
  launched: (task: WorldTask) => void = () => undefined;
  private readonly offers = new Map<string, Offer>();
  private made = 0;

  constructor(readonly scheduler: SchedulerUnderTest) {}

  at(): Instant {
    return { nowMs: this.nowMs, wallMs: 1e12 + this.nowMs };
  }

  addNode(name: string, total = resources(), attributes: Record<string, string> = {}): this {
    this.nodes.set(name, { total, attributes, up: true, draining: false });
    return this;
  }

  /** Gives the machine's calls to the world, the world's events to the machine, until both are silent. */
  obey(calls: readonly SchedulerCall[]): this {
    let pending = [...calls];
    for (let round = 0; pending.length > 0; round++) {
      if (round > longestSilence)
        throw new Error("the framework and its offers never come to rest");
      const events = pending.flatMap((call) => this.perform(call));
      pending = events.flatMap((event) => this.scheduler.event(event, this.at()));
    }
    return this;
  }

  tell(event: SchedulerEvent): this {
    return this.obey(this.scheduler.event(event, this.at()));
  }

  /** Offers what is free, as after a change that made more of it. */
  offer(): this {
    return this.wantsOffers ? this.tell(this.makeOffers()) : this;
  }

  /** Time passes up to the next deadline of the machine, and on. */
  pass(ms: number): this {
    const untilMs = this.nowMs + ms;
    for (let turns = 0; turns <= longestSilence; turns++) {
      const dueMs = this.scheduler.deadlineMs() ?? Infinity;
      if (dueMs > untilMs) break;
      if (turns === longestSilence) throw new Error("the machine's deadline does not move on");
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.obey(this.scheduler.tick(this.at()));
    }
    this.nowMs = untilMs;
    return this.offer();
  }

  become(id: string, state: TaskState, healthy?: boolean): this {
    const task = this.task(id);
    task.state = state;
    task.healthy = healthy;
    return this.say(task, state, healthy);
  }

  end(id: string, state: TaskState, reason?: TaskReason, message = "exit code 1"): this {
    const task = this.task(id);
    this.tasks.delete(id);
    const status = taskStatus(id, task.node, state, { reason, message, atMs: this.at().wallMs });
    return this.tell({ kind: "update", status, spec: task.spec }).offer();
  }

  /** All that is staged runs and is healthy, all that is dying is dead. */
  settle(): this {
    for (const [id, task] of [...this.tasks]) {
      if (!this.isUp(task)) continue;
      if (task.dying) this.end(id, "TASK_KILLED", "killed-by-framework");
      else if (task.state === "TASK_STAGING") this.become(id, "TASK_RUNNING", true);
    }
    return this;
  }

  lose(name: string): this {
    this.node(name).up = false;
    for (const task of this.on(name)) this.say(task, "TASK_UNREACHABLE");
    return this.offer();
  }

  giveBack(name: string): this {
    this.node(name).up = true;
    for (const task of this.on(name)) this.say(task, task.state, task.healthy);
    return this.offer();
  }

  drain(name: string, draining: boolean): this {
    this.node(name).draining = draining;
    return this.tell(
      draining
        ? { kind: "drain", node: name, deadlineMs: 30_000 }
        : { kind: "drain-cancelled", node: name },
    ).offer();
  }

  /** Those on nodes that are up. */
  seen(): WorldTask[] {
    return [...this.tasks.values()].filter((task) => this.isUp(task));
  }

  on(name: string): WorldTask[] {
    return [...this.tasks.values()].filter((task) => task.node === name);
  }

  node(name: string): WorldNode {
    const node = this.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    return node;
  }

  private task(id: string): WorldTask {
    const task = this.tasks.get(id);
    if (!task) throw new Error(`no task ${id}`);
    return task;
  }

  private isUp(task: WorldTask): boolean {
    return this.node(task.node).up;
  }

  private say(task: WorldTask, state: TaskState, healthy?: boolean): this {
    const status = taskStatus(task.spec.id, task.node, state, { healthy });
    return this.tell({ kind: "update", status, spec: task.spec });
  }

  private perform(call: SchedulerCall): SchedulerEvent[] {
    if (call.kind !== "acknowledge") this.heard.push(lineOf(call));
    switch (call.kind) {
      case "accept":
        this.accept(call);
        return [];
      case "decline":
        for (const id of call.offerIds) this.offers.delete(id);
        return [];
      case "kill": {
        const task = this.tasks.get(call.taskId);
        if (task) task.dying = true;
        return [];
      }
      case "acknowledge":
      case "reconcile":
        return [];
      case "revive":
        this.wantsOffers = true;
        return [this.makeOffers()];
      case "suppress":
        this.wantsOffers = false;
        return [];
    }
  }

  private accept(call: Extract<SchedulerCall, { kind: "accept" }>): void {
    const offers = call.offerIds.map((id) => this.offers.get(id));
    for (const id of call.offerIds) this.offers.delete(id);
    const [first] = offers;
    if (!first) throw new Error(`accepted an offer that is not out: ${call.offerIds.join(" ")}`);
    for (const spec of call.tasks) {
      if (this.tasks.has(spec.id)) throw new Error(`task id ${spec.id} was used twice`);
      if (!coversResources(this.freeOf(first.node), taskResources(spec)))
        throw new Error(`node ${first.node} is overdrawn by ${spec.id}`);
      const task: WorldTask = {
        spec,
        node: first.node,
        state: "TASK_STAGING",
        healthy: undefined,
        dying: false,
      };
      this.tasks.set(spec.id, task);
      this.launched(task);
    }
  }

  private makeOffers(): SchedulerEvent {
    const offers = [...this.nodes].flatMap(([node, { attributes, up, draining }]): Offer[] => {
      const free = this.freeOf(node);
      if (!up || draining || free.cpus <= 0 || free.memMiB <= 0) return [];
      const id = `o${++this.made}`;
      const whose = { id, framework: "services", role: "services", node, address: "10.0.0.1" };
      return [{ ...whose, resources: free, portions: [portion(free)], attributes }];
    });
    for (const offer of offers) this.offers.set(offer.id, offer);
    return { kind: "offers", offers };
  }

  private freeOf(name: string): Resources {
    const used = sumResources(this.on(name).map((task) => taskResources(task.spec)));
    return subtractResources(this.node(name).total, used);
  }
}

function lineOf(call: SchedulerCall): string {
  switch (call.kind) {
    case "accept":
      return `launch ${call.tasks.length}`;
    case "kill":
      return `kill ${call.taskId}: ${call.reason}`;
    default:
      return call.kind;
  }
}
