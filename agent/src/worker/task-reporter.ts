import type { TaskSpec, TaskStatus } from "../model/task";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import type { Prober } from "../ports/prober";
import type { Random } from "../ports/random";
import type { TaskReport } from "../reconcile/step";
import { catalogEntryOf, taskEntryPrefix } from "./catalog-entry";
import type { CatalogSync } from "./catalog-sync";
import { HealthWatch, probedPort } from "./health-watch";
import type { CompiledWorkerOptions } from "./options";
import type { StatusOutbox } from "./status-outbox";
import type { Task } from "./task";

interface ReporterDependencies {
  readonly catalog: CatalogSync;
  readonly outbox: StatusOutbox;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Makes what became of a task known: to the framework by its status, to the world by the catalog, health included. */
export class TaskReporter {
  constructor(
    private readonly deps: ReporterDependencies,
    private readonly options: CompiledWorkerOptions,
    private readonly kick: (task: Task) => void,
  ) {}

  report(task: Task, report: TaskReport): void {
    task.status = this.statusOf(task.spec, report, task);
    this.deps.log.info("task", {
      task: task.spec.id,
      state: report.state,
      reason: report.reason,
      message: report.message,
    });
    this.deps.outbox.put(task.spec, task.status);
    if (report.state === "TASK_RUNNING") this.running(task);
    else {
      task.rest();
      void this.withdraw(task);
    }
  }

  /** Resolves when the catalog does not show it any more, or does not answer. */
  withdraw(task: Task): Promise<void> {
    return this.deps.catalog.drop(taskEntryPrefix + task.spec.id);
  }

  /** STAGING is not sent, the master says so itself; KILLING is sent once. Neither is acknowledged. */
  statusOf(spec: TaskSpec, report: TaskReport, task?: Task): TaskStatus {
    const silent = report.state === "TASK_STAGING" || report.state === "TASK_KILLING";
    return {
      taskId: spec.id,
      ...report,
      healthy: report.state === "TASK_RUNNING" ? task?.healthy : undefined,
      node: this.options.node,
      containerId: task?.containerId,
      atMs: this.deps.clock.wallMs(),
      uuid: silent ? "" : this.deps.random.hex(16),
    };
  }

  /** It runs: shown in the catalog, and asked for its health. */
  private running(task: Task): void {
    const { spec } = task;
    const entry = catalogEntryOf(spec, this.options.place);
    const health = spec.health ? undefined : { passing: true, note: "running" };
    if (entry) this.deps.catalog.want(entry, health);
    const port = probedPort(spec);
    if (!spec.health || port === undefined) return;
    const { clock } = this.deps;
    const watch = new HealthWatch(
      this.deps,
      { address: this.options.address, port },
      { ...spec.health, ...this.options.probe },
      {
        probed: (healthy, note) => this.probed(task, healthy, note),
        exhausted: (note) => this.exhausted(task, note),
      },
    );
    task.health = watch;
    const ranForMs = task.startedAtMs === undefined ? 0 : clock.wallMs() - task.startedAtMs;
    task.firstProbe = watch.start(Math.max(0, ranForMs));
  }

  private probed(task: Task, healthy: boolean, note: string): void {
    this.deps.catalog.setHealth(taskEntryPrefix + task.spec.id, healthy, note);
    if (task.healthy === healthy) return;
    task.healthy = healthy;
    const report: TaskReport = {
      state: "TASK_RUNNING",
      reason: undefined,
      message: note,
      exitCode: undefined,
    };
    task.status = this.statusOf(task.spec, report, task);
    this.deps.outbox.put(task.spec, task.status);
  }

  private exhausted(task: Task, note: string): void {
    task.end({ state: "TASK_FAILED", reason: "unhealthy", message: note, exitCode: undefined });
    this.kick(task);
  }
}
