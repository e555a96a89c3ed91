/** The node's loop: runs what the master launches, watches over it, and says what became of it. */
import { isTerminal } from "../model/task";
import type { TaskRecord, TaskSpec } from "../model/task";
import type { Catalog } from "../ports/catalog";
import type { Clock } from "../ports/clock";
import type { ContainerEvent, Containers, FoundContainer } from "../ports/containers";
import type { Log } from "../ports/log";
import type { AgentMessage, MasterMessage } from "../ports/master-link";
import type { Prober } from "../ports/prober";
import type { Random } from "../ports/random";
import { decideStrays } from "../reconcile/decide";
import { taskEntryPrefix } from "./catalog-entry";
import { CatalogSync } from "./catalog-sync";
import { EngineWatch } from "./engine-watch";
import { withinMs } from "./executors";
import { Lane } from "./lane";
import { compileWorkerOptions } from "./options";
import type { CompiledWorkerOptions, WorkerOptions } from "./options";
import { StatusOutbox } from "./status-outbox";
import { nodeLeaves, Task } from "./task";
import { TaskLoop } from "./task-loop";
import { TaskReporter } from "./task-reporter";

export interface WorkerDependencies {
  readonly containers: Containers;
  readonly catalog: Catalog;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Why the master itself ends a task; all else is the word of its framework. */
const masterReasons = ["node-drained", "framework-removed"] as const;

export class Worker {
  private readonly options: CompiledWorkerOptions;
  private readonly tasks = new Map<string, Task>();
  /** Tasks that ended here, so that none is launched or adopted again; the oldest fall out. */
  private readonly gone = new Set<string>();
  private readonly listeners: ((message: AgentMessage) => void)[] = [];
  private readonly watching = new AbortController();
  private readonly catalog: CatalogSync;
  private readonly engine: EngineWatch;
  private readonly outbox: StatusOutbox;
  private readonly reporter: TaskReporter;
  private readonly loop: TaskLoop;
  private term = 0;
  private adoptedNow = false;
  private leaving = false;
  private emptied: (() => void) | undefined;

  constructor(
    private readonly deps: WorkerDependencies,
    options: WorkerOptions,
  ) {
    this.options = compileWorkerOptions(options);
    const { clock, containers, log } = deps;
    this.catalog = new CatalogSync(deps, { ...this.options.catalog, prefix: taskEntryPrefix });
    this.engine = new EngineWatch(deps, this.options.engine, {
      listed: (found) => this.listed(found),
      changed: (unhealthy) => this.emit({ kind: "health", unhealthy }),
    });
    this.outbox = new StatusOutbox(clock, this.options.resend, (status, spec) =>
      this.emit({ kind: "status", status, spec }),
    );
    this.reporter = new TaskReporter(
      { ...deps, catalog: this.catalog, outbox: this.outbox },
      this.options,
      (task) => this.loop.kick(task),
    );
    this.loop = new TaskLoop(
      {
        containers,
        clock,
        log,
        lanes: {
          engine: new Lane(this.options.concurrency),
          image: new Lane(this.options.imagesAtOnce),
          stop: new Lane(this.options.stopsAtOnce),
        },
        catalogPatienceMs: this.options.catalogPatienceMs,
        report: (task, report) => this.reporter.report(task, report),
        progress: (task, said) => this.reporter.progress(task, said),
        withdraw: (task) => this.reporter.withdraw(task),
        forget: (task) => this.forget(task),
      },
      this.options.loop,
      (reason) => this.engine.suspect(reason),
    );
  }

  /** undefined: fit for work; else why not. */
  get unhealthy(): string | undefined {
    return this.engine.unhealthy;
  }

  /** The node's containers have been seen: only from then on `records` is all there is. */
  get adopted(): boolean {
    return this.adoptedNow;
  }

  /**
   * Adopts running containers and puts them into the catalog; never restarts one. Resolves after the first attempt:
   * with an engine that does not answer `adopted` is still false then, and becomes true with the `health` message
   * that says that it is back.
   */
  async start(): Promise<void> {
    const { clock } = this.deps;
    await withinMs(clock, this.options.adoptionMs, this.catalog.learn());
    this.deps.containers.watch((event) => this.seen(event), this.watching.signal);
    await this.engine.start();
    const settled = [...this.tasks.values()].map(async (task) => {
      await this.loop.advance(task);
      await task.firstProbe;
    });
    await withinMs(clock, this.options.adoptionMs, Promise.all(settled));
  }

  /** The agent ends; containers and catalog entries live on for the next one. */
  stop(): Promise<void> {
    this.watching.abort();
    this.loop.stop();
    this.engine.stop();
    this.catalog.stop();
    this.outbox.stop();
    for (const task of this.tasks.values()) task.rest();
    return Promise.resolve();
  }

  /** The node leaves: all tasks are killed with their grace, their containers and catalog entries removed. Bounded. */
  async stopTasks(): Promise<void> {
    this.leaving = true;
    const graces = [...this.tasks.values()].map((task) => task.spec.killGraceMs);
    const empty = new Promise<void>((resolve) => {
      this.emptied = resolve;
    });
    for (const task of this.tasks.values()) {
      task.end(nodeLeaves);
      task.acknowledged = true;
      this.loop.kick(task);
    }
    this.noteEmpty();
    await withinMs(this.deps.clock, Math.max(0, ...graces) + this.options.leaveMs, empty);
    for (const task of this.tasks.values())
      this.deps.log.error("could not remove a task's container; `docker rm -f` it", {
        task: task.spec.id,
        container: task.containerId,
      });
    await withinMs(this.deps.clock, this.options.leaveMs, this.catalog.idle());
  }

  records(): TaskRecord[] {
    return [...this.tasks.values()].map(({ spec, status }) => ({ spec, status }));
  }

  onMessage(listener: (message: AgentMessage) => void): void {
    this.listeners.push(listener);
  }

  /** `attached` also makes all unacknowledged statuses be sent again at once. */
  obey(message: MasterMessage): void {
    if (message.term < this.term) {
      this.deps.log.warn("refused a command of a deposed master", {
        kind: message.kind,
        term: message.term,
        highest: this.term,
      });
      return;
    }
    this.term = message.term;
    if (message.kind === "attached") {
      this.outbox.resend();
      // The master may have taken this node for dead, and its entries out of the catalog.
      this.catalog.compareNow();
    } else if (message.kind === "launch") this.launch(message.spec);
    else if (message.kind === "kill") this.kill(message.taskId, message.reason);
    else this.acknowledge(message.taskId, message.uuid);
  }

  private launch(spec: TaskSpec): void {
    const known = this.tasks.get(spec.id);
    if (known) {
      this.emit({ kind: "status", status: known.status, spec: known.spec });
      return;
    }
    if (this.gone.has(spec.id)) {
      this.deps.log.warn("refused a launch: the task has run here already", { task: spec.id });
      return;
    }
    const task = this.admit(spec, "getting its image and container ready");
    if (this.leaving) task.end({ ...nodeLeaves, state: "TASK_DROPPED" });
    else if (this.tasks.size > this.options.maxTasks)
      task.end({
        state: "TASK_DROPPED",
        reason: "invalid-offer",
        message: `node ${this.options.node} runs ${this.options.maxTasks} tasks already, its limit`,
        exitCode: undefined,
      });
    this.loop.kick(task);
  }

  private kill(taskId: string, reason: string): void {
    const task = this.tasks.get(taskId);
    if (!task) {
      this.deps.log.warn("kill of a task that is not here", { task: taskId });
      return;
    }
    task.end({
      state: "TASK_KILLED",
      reason: masterReasons.find((one) => one === reason) ?? "killed-by-framework",
      message: reason,
      exitCode: undefined,
    });
    this.loop.kick(task);
  }

  private acknowledge(taskId: string, uuid: string): void {
    const task = this.tasks.get(taskId);
    if (!this.outbox.acknowledge(taskId, uuid) || !task || !isTerminal(task.reported)) return;
    this.deps.clock.after(this.options.removeAfterMs, () => {
      task.acknowledged = true;
      this.loop.kick(task);
    });
  }

  private admit(spec: TaskSpec, message: string): Task {
    const status = this.reporter.statusOf(spec, {
      state: "TASK_STAGING",
      reason: undefined,
      message,
      exitCode: undefined,
    });
    const task = new Task(spec, status, this.deps.clock.nowMs());
    this.tasks.set(spec.id, task);
    return task;
  }

  private seen(event: ContainerEvent): void {
    const task = event.kind === "changed" ? this.tasks.get(event.taskId) : undefined;
    if (task && event.kind === "changed") this.loop.saw(task, event.ended);
    else if (event.kind === "resync" || !this.gone.has(event.taskId)) this.engine.resync();
  }

  private listed(found: readonly FoundContainer[]): void {
    for (const task of this.tasks.values()) this.loop.kick(task);
    const strays = decideStrays(this.tasks, this.gone, found);
    for (const container of strays.adopt) {
      this.deps.log.info("adopted a container", {
        task: container.spec.id,
        state: container.state,
      });
      this.takeIn(container);
    }
    for (const container of strays.discard) {
      const task = this.takeIn(container);
      task.status = { ...task.status, state: "TASK_LOST" };
      task.acknowledged = true;
    }
    if (this.adoptedNow) return;
    this.adoptedNow = true;
    this.catalog.start();
  }

  private takeIn(container: FoundContainer): Task {
    const task = this.admit(container.spec, "found again after a restart of the agent");
    task.seen = true;
    task.containerId = container.id;
    task.startedAtMs = container.startedAtMs;
    if (this.leaving) {
      task.end(nodeLeaves);
      task.acknowledged = true;
    }
    this.loop.kick(task);
    return task;
  }

  private forget(task: Task): void {
    const { id } = task.spec;
    task.rest();
    this.outbox.drop(id);
    this.tasks.delete(id);
    this.gone.add(id);
    for (const oldest of this.gone) {
      if (this.gone.size <= this.options.goneKept) break;
      this.gone.delete(oldest);
    }
    this.noteEmpty();
  }

  private noteEmpty(): void {
    if (this.tasks.size === 0) this.emptied?.();
  }

  private emit(message: AgentMessage): void {
    for (const listener of this.listeners) listener(message);
  }
}
