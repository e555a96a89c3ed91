import type { TaskSpec, TaskStatus } from "../model/task";
import type { Timer } from "../ports/clock";
import type { TaskAim } from "../reconcile/decide";
import type { TaskReport } from "../reconcile/step";
import type { HealthWatch } from "./health-watch";

/** Names a check within its task, as the spec does. */
export type CheckName = "health" | "readiness";

/** One task in the worker's memory; all of it can be found again from its container. */
export class Task implements TaskAim {
  imageReady = false;
  seen = false;
  startUnknown = false;
  acknowledged = false;
  containerId: string | undefined;
  startedAtMs: number | undefined;
  healthy: boolean | undefined;
  watches: HealthWatch[] = [];
  /** What each of its checks said last. */
  readonly verdicts = new Map<CheckName, boolean>();
  /** Resolves when each of its checks has been asked once; undefined where there is nothing to ask. */
  firstProbe: Promise<unknown> | undefined;
  /** Steps are being done; `again`: something happened meanwhile. */
  progress: Promise<void> | undefined;
  again = false;
  /** Failed attempts in a row, while the engine does not answer. */
  attempt = 0;
  retry: Timer | undefined;
  /** Resolves as soon as it shall end, for steps that take long. */
  readonly endAsked: Promise<void>;
  private askEnd: () => void = () => undefined;
  private endingNow: TaskReport | undefined;

  constructor(
    readonly spec: TaskSpec,
    public status: TaskStatus,
    readonly launchedAtMs: number,
  ) {
    this.endAsked = new Promise((resolve) => {
      this.askEnd = resolve;
    });
  }

  get reported(): TaskStatus["state"] {
    return this.status.state;
  }

  get ending(): TaskReport | undefined {
    return this.endingNow;
  }

  /** The first reason to end stays. */
  end(ending: TaskReport): void {
    this.endingNow ??= ending;
    this.askEnd();
  }

  /** Stops all that runs on its behalf in here; its container is not touched. */
  rest(): void {
    for (const watch of this.watches.splice(0)) watch.stop();
    this.retry?.cancel();
  }
}

/** How all tasks of a node end that leaves its cluster. */
export const nodeLeaves: TaskReport = {
  state: "TASK_KILLED",
  reason: "node-drained",
  message: "the node leaves the cluster",
  exitCode: undefined,
};
