import type { TaskState } from "../model/task";
import type { TaskCounts } from "../ports/figures";

/** How tasks have ended, by state; each is counted once. */
export class Endings {
  private readonly counts = new Map<TaskState, number>();

  add(state: TaskState): void {
    this.counts.set(state, (this.counts.get(state) ?? 0) + 1);
  }

  all(): TaskCounts {
    return Object.fromEntries(this.counts);
  }
}
