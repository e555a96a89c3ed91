import type { TaskSpec, TaskStatus } from "../model/task";
import type { Clock, Timer } from "../ports/clock";
import { backOffMs } from "./back-off";
import type { BackOff } from "./back-off";

interface Unacknowledged {
  readonly spec: TaskSpec;
  readonly status: TaskStatus;
  attempt: number;
  timer: Timer | undefined;
}

/**
 * Sends statuses until they are acknowledged. Of each task only the latest is kept: it supersedes what a framework
 * has not taken yet, and the outbox is never longer than the list of tasks.
 */
export class StatusOutbox {
  private readonly pending = new Map<string, Unacknowledged>();

  constructor(
    private readonly clock: Clock,
    private readonly backOff: BackOff,
    private readonly send: (status: TaskStatus, spec: TaskSpec) => void,
  ) {}

  /** A status without uuid is sent once; no acknowledgement is due for it. */
  put(spec: TaskSpec, status: TaskStatus): void {
    this.drop(status.taskId);
    if (status.uuid === "") {
      this.send(status, spec);
      return;
    }
    const entry: Unacknowledged = { spec, status, attempt: 0, timer: undefined };
    this.pending.set(status.taskId, entry);
    this.deliver(entry);
  }

  /** True where this was the status waited for. */
  acknowledge(taskId: string, uuid: string): boolean {
    if (this.pending.get(taskId)?.status.uuid !== uuid) return false;
    this.drop(taskId);
    return true;
  }

  /** There is a new master: it gets all that is open at once. */
  resend(): void {
    for (const entry of [...this.pending.values()]) {
      entry.attempt = 0;
      this.deliver(entry);
    }
  }

  drop(taskId: string): void {
    this.pending.get(taskId)?.timer?.cancel();
    this.pending.delete(taskId);
  }

  stop(): void {
    for (const taskId of [...this.pending.keys()]) this.drop(taskId);
  }

  private deliver(entry: Unacknowledged): void {
    entry.timer?.cancel();
    entry.timer = this.clock.after(backOffMs(this.backOff, entry.attempt), () => {
      entry.attempt++;
      this.deliver(entry);
    });
    this.send(entry.status, entry.spec);
  }
}
