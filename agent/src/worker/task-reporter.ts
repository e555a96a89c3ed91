import type { TaskSpec, TaskStatus } from "../model/task";
import type { Clock } from "../ports/clock";
import type { Containers } from "../ports/containers";
import type { Log } from "../ports/log";
import type { Prober } from "../ports/prober";
import type { Random } from "../ports/random";
import type { TaskReport } from "../reconcile/step";
import { catalogEntryOf, taskEntryPrefix } from "./catalog-entry";
import type { CatalogSync } from "./catalog-sync";
import { HealthWatch } from "./health-watch";
import { Lane } from "./lane";
import type { CompiledWorkerOptions } from "./options";
import { probeOf } from "./probe";
import type { StatusOutbox } from "./status-outbox";
import type { CheckName, Task } from "./task";

interface ReporterDependencies {
  readonly catalog: CatalogSync;
  readonly outbox: StatusOutbox;
  readonly prober: Prober;
  readonly containers: Containers;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Makes what became of a task known: to the framework by its status, to the world by the catalog, health included. */
export class TaskReporter {
  private readonly commands: Lane;

  constructor(
    private readonly deps: ReporterDependencies,
    private readonly options: CompiledWorkerOptions,
    private readonly kick: (task: Task) => void,
  ) {
    this.commands = new Lane(options.commandsAtOnce);
  }

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

  /** On the way to its container: said in its status, once, and not in the log, for a pull has many tasks waiting for it. */
  progress(task: Task, said: string): void {
    if (task.reported !== "TASK_STAGING" || task.ending) return;
    const report = { reason: undefined, message: said, exitCode: undefined };
    task.status = this.statusOf(task.spec, { state: "TASK_STAGING", ...report }, task);
    this.deps.outbox.put(task.spec, task.status);
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
    const checked = spec.health !== undefined || spec.readiness !== undefined;
    if (entry)
      this.deps.catalog.want(entry, checked ? undefined : { passing: true, note: "running" });
    const ranForMs =
      task.startedAtMs === undefined ? 0 : this.deps.clock.wallMs() - task.startedAtMs;
    this.watch(task, "health", (note) => this.exhausted(task, note));
    // What is not ready is left alone: it may be waiting for others.
    this.watch(task, "readiness", () => undefined);
    task.firstProbe = Promise.all(task.watches.map((one) => one.start(Math.max(0, ranForMs))));
  }

  private watch(task: Task, name: CheckName, exhausted: (note: string) => void): void {
    const check = task.spec[name];
    if (!check) return;
    const { prober, containers, clock } = this.deps;
    const world = { prober, containers, commands: this.commands, address: this.options.address };
    const probe = probeOf(task.spec, check, task.containerId, world);
    if (!probe) return;
    const probed = (passing: boolean, note: string): void => this.probed(task, name, passing, note);
    task.watches.push(
      new HealthWatch(clock, probe, { ...check, ...this.options.probe }, { probed, exhausted }),
    );
  }

  /** Healthy is what passes all its checks; one that has not been asked yet leaves it open. */
  private probed(task: Task, name: CheckName, passing: boolean, said: string): void {
    task.verdicts.set(name, passing);
    const asked = task.verdicts.size === task.watches.length;
    const healthy = [...task.verdicts.values()].every((one) => one);
    if (healthy && !asked) return;
    if (passing && !healthy) return;
    const note = name === "readiness" && !passing ? `not ready: ${said}` : said;
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
