import { ContainerError, type ContainerEnd } from "../ports/containers";
import type { Log } from "../ports/log";
import { decideTask } from "../reconcile/decide";
import { isTerminal } from "../model/task";
import { backOffMs } from "./back-off";
import type { BackOff } from "./back-off";
import { perform } from "./executors";
import type { TaskWorld } from "./executors";
import { Lane } from "./lane";
import type { Task } from "./task";

export interface TaskLoopOptions {
  readonly retry: BackOff;
  /** So long a task that has no container yet waits for an engine that does not answer. */
  readonly launchPatienceMs: number;
}

/**
 * Looks, decides, does, and looks again until there is nothing to do: for one task one step at a time, for many
 * tasks side by side.
 */
export class TaskLoop {
  private readonly looking = new Lane(8);
  private stopped = false;

  constructor(
    private readonly world: TaskWorld & { readonly log: Log },
    private readonly options: TaskLoopOptions,
    private readonly suspectEngine: (reason: string) => void,
  ) {}

  /** Something happened to it. */
  kick(task: Task): void {
    void this.advance(task);
  }

  /** The engine said that it changed, maybe how it ended: reported on the spot, and only then looked at. */
  saw(task: Task, ended: ContainerEnd | undefined): void {
    if (ended && !task.progress && !this.stopped && task.containerId === ended.containerId) {
      const { containerId: id, exitCode, oomKilled } = ended;
      const step = decideTask(task, { id, state: "exited", exitCode, oomKilled, error: "" });
      if (step?.name === "report") void perform(step, task, this.world);
    }
    this.kick(task);
  }

  /** Resolves when there is nothing to do for now. */
  advance(task: Task): Promise<void> {
    task.again = true;
    task.progress ??= this.run(task);
    return task.progress;
  }

  stop(): void {
    this.stopped = true;
  }

  private async run(task: Task): Promise<void> {
    task.retry?.cancel();
    try {
      while (this.isAskedAgain(task)) {
        task.again = false;
        await this.steps(task);
      }
      task.attempt = 0;
    } catch (error) {
      this.failed(task, error);
    }
    task.progress = undefined;
  }

  private isAskedAgain(task: Task): boolean {
    return task.again && !this.stopped;
  }

  private async steps(task: Task): Promise<void> {
    while (!this.stopped) {
      const container = await this.looking.run(() => this.world.containers.look(task.spec.id));
      if (this.isStopped()) return;
      if (container) {
        task.seen = true;
        task.containerId = container.id;
        task.startedAtMs = container.startedAtMs;
      }
      const step = decideTask(task, container);
      if (!step) return;
      this.world.log.debug("step", { task: task.spec.id, step: step.name });
      await perform(step, task, this.world);
      if (step.name === "forget") return;
    }
  }

  /** Changes while a step is awaited. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private failed(task: Task, error: unknown): void {
    if (this.stopped) return;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ContainerError && error.fault === "unavailable")
      this.suspectEngine(message);
    else this.world.log.warn("a step failed; retrying", { task: task.spec.id, error: message });
    const { clock } = this.world;
    const waitedMs = clock.nowMs() - task.launchedAtMs;
    const patienceMs = this.options.launchPatienceMs - waitedMs;
    if (!task.seen && !isTerminal(task.reported) && patienceMs <= 0) this.giveUp(task, message);
    const delayMs = backOffMs(this.options.retry, task.attempt++);
    task.retry = clock.after(patienceMs > 0 ? Math.min(delayMs, patienceMs) : delayMs, () =>
      this.kick(task),
    );
  }

  /** Another node may have it. Should its container turn up after all, it is stopped and removed. */
  private giveUp(task: Task, message: string): void {
    const report = task.ending ?? {
      state: "TASK_FAILED",
      reason: "docker-unavailable",
      message,
      exitCode: undefined,
    };
    task.end(report);
    this.world.report(task, report);
  }
}
