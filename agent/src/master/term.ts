import type { DesiredChange, DesiredState } from "../model/desired-state";
import type { Member } from "../model/member";
import type { SchedulerCall } from "../model/scheduler";
import type { Catalog } from "../ports/catalog";
import type { Clock, Timer } from "../ports/clock";
import type { Framework, FrameworkFactory, FrameworkHost, Instant } from "../ports/framework";
import type { Log } from "../ports/log";
import type { AgentConnection, AgentMessage } from "../ports/master-link";
import type { Random } from "../ports/random";
import type { Store } from "../ports/store";
import { DesiredWriter } from "./desired-writer";
import type { KernelEffect, KernelEvent } from "./events";
import { Kernel } from "./kernel";
import { AgentLinks } from "./links";
import { builtInInfo } from "./registry";
import { Schedulers } from "./schedulers";
import { Sweeper } from "./sweeper";

export interface TermWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly store: Store;
  readonly catalog: Catalog;
  readonly frameworks: readonly FrameworkFactory[];
  lastDesired(): DesiredState;
  members(): readonly Member[];
  /** Whether the lease holds at this very moment. */
  mayAct(): boolean;
}

/** The term cannot go on: we have been fenced, or have made a mistake. */
export type TermOver = (term: number, reason: string) => void;

/**
 * One term as master: the kernel, the built-in frameworks, and the loop between them and the world. Whatever comes in
 * is turned to its end before the next: the kernel's effects reach frameworks, their calls go back to the kernel. While
 * the lease is over nothing is turned: it waits for the lease to be renewed, or goes with the term.
 */
export class Term {
  readonly kernel = new Kernel();
  readonly writer: DesiredWriter;
  readonly frameworks: readonly Framework[];
  readonly schedulers: Schedulers;
  readonly begun: Instant;
  private readonly links = new AgentLinks();
  private readonly sweeper: Sweeper;
  private readonly inbox: (() => KernelEffect[])[] = [];
  private turning = false;
  private over = false;
  private timer: { readonly atMs: number; readonly timer: Timer } | undefined;
  /** `desired` has come from the store since the term began: it may be acted on without reserve. */
  private authoritative = false;

  constructor(
    readonly term: number,
    private readonly world: TermWorld,
    private readonly onOver: TermOver,
  ) {
    this.begun = this.now();
    this.sweeper = new Sweeper(world);
    this.writer = new DesiredWriter(world, term, world.lastDesired(), {
      loaded: (state) => this.loaded(state),
      committed: (state, changes) => this.committed(state, changes),
      unavailable: (reason) => this.storeAway(reason),
      fenced: (higher) => this.onOver(higher, `term ${higher} has taken the store`),
    });
    this.schedulers = new Schedulers({
      term,
      kernel: this.kernel,
      writer: this.writer,
      dispatch: (event) => this.dispatch(event),
      wallMs: () => world.clock.wallMs(),
      nowMs: () => world.clock.nowMs(),
    });
    this.frameworks = world.frameworks.map((make, index) => make(this.hostFor(index)));
  }

  start(): void {
    const members = this.world.members().map((one) => [one.record.name, one.status] as const);
    this.dispatch({
      kind: "started",
      term: this.term,
      nodes: Object.values(this.writer.desired.nodes),
      members: Object.fromEntries(members),
      frameworks: this.frameworks.map(({ name }) => builtInInfo(name)),
    });
    // An empty copy says nothing: better no desired state than one that knows of no services.
    if (this.writer.desired.term > 0) this.tellDesired();
    this.writer.start();
  }

  stop(reason: string): void {
    if (this.over) return;
    this.over = true;
    this.timer?.timer.cancel();
    this.inbox.length = 0;
    this.writer.stop(reason);
    this.sweeper.stop();
    this.schedulers.stop(reason);
    this.links.closeAll(reason);
  }

  /** What came in while the lease was over is dealt with now. */
  resume(): void {
    this.turn(() => []);
  }

  now(): Instant {
    return { nowMs: this.world.clock.nowMs(), wallMs: this.world.clock.wallMs() };
  }

  dispatch(event: KernelEvent): void {
    this.turn(() => this.kernel.handle(event, this.now()));
  }

  memberChanged(member: Member): void {
    const { status, record } = member;
    if (status === "alive") this.sweeper.spare(record.name);
    this.dispatch({ kind: "member", node: record.name, status });
  }

  agentSaid(connection: AgentConnection, message: AgentMessage): void {
    const { node } = connection;
    if (this.over) return;
    if (message.kind === "attach") {
      if (message.node.name !== node) {
        connection.close(`this agent's certificate is for '${node}', not '${message.node.name}'`);
        return;
      }
      this.links.attach(connection);
      this.dispatch({ kind: "attached", node: message.node, tasks: message.tasks });
      return;
    }
    if (!this.links.holds(connection)) return;
    this.dispatch({ ...message, node });
  }

  agentGone(connection: AgentConnection, reason: string): void {
    if (!this.links.detach(connection)) return;
    this.world.log.info("an agent's stream ended", { node: connection.node, reason });
    this.dispatch({ kind: "detached", node: connection.node });
  }

  private loaded(state: DesiredState): void {
    this.authoritative = true;
    this.dispatch(this.desiredEvent(state));
    this.tellDesired();
  }

  /** Failover goes on from the copy on disk; recovery need not wait for a store that is away. */
  private storeAway(reason: string): void {
    this.world.log.warn("the store is away: what runs goes on, writes are refused", { reason });
    const { desired } = this.writer;
    if (!this.authoritative && desired.term > 0) this.dispatch(this.desiredEvent(desired));
  }

  private desiredEvent(state: DesiredState): KernelEvent {
    const { nodes, frameworks = {}, roles = {} } = state;
    return {
      kind: "desired",
      nodes: Object.values(nodes),
      frameworks: Object.values(frameworks),
      roles: Object.values(roles),
      authoritative: this.authoritative,
    };
  }

  private committed(state: DesiredState, changes: readonly DesiredChange[]): void {
    if (changes.some(({ kind }) => kind === "put-role" || kind === "delete-role"))
      this.dispatch({ kind: "roles", roles: Object.values(state.roles ?? {}) });
    this.tellDesired();
  }

  private tellDesired(): void {
    const { desired } = this.writer;
    for (const framework of this.frameworks)
      this.turn(() =>
        this.obey(framework, framework.desired(desired, this.authoritative, this.now())),
      );
  }

  /** Runs to quiescence; an error in a machine is a bug, and ends the term rather than the process. */
  private turn(work: () => KernelEffect[]): void {
    if (this.over) return;
    this.inbox.push(work);
    if (this.turning || !this.world.mayAct()) return;
    this.turning = true;
    try {
      for (let next = this.inbox.shift(); next; next = this.inbox.shift())
        for (const effect of next()) this.perform(effect);
      this.wind();
    } catch (error) {
      const fields = { term: this.term, error: error instanceof Error ? error.stack : error };
      this.world.log.error("the master made a mistake and resigns", fields);
      this.onOver(this.term, "an internal error of the master, see its log");
    } finally {
      this.turning = false;
    }
  }

  private obey(framework: Framework, calls: readonly SchedulerCall[]): KernelEffect[] {
    for (const call of calls)
      this.inbox.push(() =>
        this.kernel.handle({ kind: "call", framework: framework.name, call }, this.now()),
      );
    return [];
  }

  private perform(effect: KernelEffect): void {
    switch (effect.kind) {
      case "to-agent":
        this.links.send(effect.node, effect.message);
        return;
      case "to-framework": {
        const framework = this.frameworks.find((one) => one.name === effect.framework);
        if (!framework) this.schedulers.deliver(effect.framework, effect.event);
        else this.inbox.push(() => this.obey(framework, framework.event(effect.event, this.now())));
        return;
      }
      case "sweep-catalog":
        this.sweeper.sweep(effect.node);
        return;
      case "admit":
        void this.admit(effect);
        return;
      case "framework-removed":
        this.world.log.info("a framework has not come back and is removed", { id: effect.id });
        this.schedulers.expired(effect.id);
        return;
      case "disconnect":
        this.links.close(effect.node, effect.reason);
        return;
      case "note":
        this.world.log.warn(effect.message);
    }
  }

  /** Where the store is away now, the kernel asks again when it has been read anew. */
  private async admit({ node }: Extract<KernelEffect, { kind: "admit" }>): Promise<void> {
    try {
      await this.writer.commit([{ kind: "put-node", node }]);
      this.world.log.info("admitted a node", { node: node.name, address: node.address });
    } catch (error) {
      this.world.log.warn("an admitted node is not stored yet", {
        node: node.name,
        error: String(error),
      });
    }
  }

  private wind(): void {
    const due = [this.kernel, ...this.frameworks].flatMap((one) => one.deadlineMs() ?? []);
    const atMs = this.over ? Infinity : Math.min(...due);
    if (atMs === this.timer?.atMs) return;
    this.timer?.timer.cancel();
    this.timer = undefined;
    if (atMs === Infinity) return;
    const delayMs = Math.max(0, atMs - this.world.clock.nowMs());
    this.timer = { atMs, timer: this.world.clock.after(delayMs, () => this.tick()) };
  }

  private tick(): void {
    this.timer = undefined;
    this.dispatch({ kind: "tick" });
    for (const framework of this.frameworks) {
      const dueMs = framework.deadlineMs();
      if (dueMs !== undefined && dueMs <= this.world.clock.nowMs())
        this.turn(() => this.obey(framework, framework.tick(this.now())));
    }
  }

  /** A framework is numbered before it has said its name. */
  private hostFor(index: number): FrameworkHost {
    return {
      clock: this.world.clock,
      random: this.world.random,
      refusals: () => this.kernel.refusals(this.frameworks[index]?.name ?? "", this.now()),
      supply: () => this.kernel.supply(this.frameworks[index]?.name ?? "", this.now()),
      recovering: () => this.kernel.recovering,
      desired: () => this.writer.desired,
      unread: () => this.writer.unread(),
      settled: () => this.writer.settled(),
      commit: (changes) => this.writer.commit(changes),
    };
  }
}
