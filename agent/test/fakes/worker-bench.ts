/** One worker on fakes, and the master's end of its stream: for tests of the worker alone. */
import type { TaskSpec, TaskStatus } from "../../src/model/task";
import type { AgentMessage } from "../../src/ports/master-link";
import { Worker } from "../../src/worker/worker";
import { MemoryCatalog } from "./memory-catalog";
import { MemoryContainers } from "./memory-containers";
import { ScriptedProber } from "./scripted-prober";
import { VirtualClock } from "./virtual-clock";
import { silentLog } from "./silent-log";

const benchNode = { node: "n1", address: "10.0.0.1" } as const;

export class WorkerBench {
  readonly clock = new VirtualClock();
  readonly containers: MemoryContainers;
  readonly catalog = new MemoryCatalog({ clock: this.clock, node: benchNode.node });
  readonly prober = new ScriptedProber({ clock: this.clock });
  /** All that the worker said, in order. */
  readonly heard: AgentMessage[] = [];
  /** Whether statuses are acknowledged as they come. */
  acknowledging = true;
  worker: Worker;
  private term = 1;
  private drawn = 0;

  /** `removeAfterMs` as in `WorkerOptions`; most stories do not care. */
  constructor(
    latencyMs: ConstructorParameters<typeof MemoryContainers>[0]["latencyMs"] = {},
    private readonly removeAfterMs = 0,
  ) {
    this.containers = new MemoryContainers({ clock: this.clock, latencyMs });
    this.worker = this.makeWorker();
  }

  async start(): Promise<void> {
    const progress = { done: false };
    const started = this.worker.start().finally(() => {
      progress.done = true;
    });
    await this.clock.advanceSettled(0);
    for (let waitedMs = 0; !progress.done && waitedMs < 60_000; waitedMs += 10)
      await this.clock.advanceSettled(10);
    await started;
  }

  /** The agent's process is killed and started again: nothing but the engine and the catalog is left. */
  async restart(): Promise<void> {
    void this.worker.stop();
    this.worker = this.makeWorker();
    await this.start();
  }

  launch(spec: TaskSpec): void {
    this.worker.obey({ kind: "launch", term: this.term, spec });
  }

  kill(taskId: string, reason = "scaled down"): void {
    this.worker.obey({ kind: "kill", term: this.term, taskId, reason });
  }

  acknowledge(status: TaskStatus): void {
    this.worker.obey({
      kind: "acknowledge",
      term: this.term,
      taskId: status.taskId,
      uuid: status.uuid,
    });
  }

  /** Statuses of a task as heard, in order. */
  statuses(taskId: string): TaskStatus[] {
    return this.heard.flatMap((message) =>
      message.kind === "status" && message.status.taskId === taskId ? [message.status] : [],
    );
  }

  states(taskId: string): string[] {
    return this.statuses(taskId).map(({ state }) => state);
  }

  last(taskId: string): TaskStatus {
    const status = this.statuses(taskId).at(-1);
    if (!status) throw new Error(`nothing was heard of task ${taskId}`);
    return status;
  }

  private makeWorker(): Worker {
    const { containers, catalog, prober, clock } = this;
    const random = {
      next: () => 0.5,
      hex: (bytes: number) => (++this.drawn).toString(16).padStart(bytes * 2, "0"),
    };
    const worker = new Worker(
      { containers, catalog, prober, clock, random, log: silentLog },
      { ...benchNode, removeAfterMs: this.removeAfterMs },
    );
    worker.onMessage((message) => {
      this.heard.push(message);
      if (!this.acknowledging || message.kind !== "status" || message.status.uuid === "") return;
      const { status } = message;
      clock.after(0, () => {
        if (worker === this.worker) this.acknowledge(status);
      });
    });
    return worker;
  }
}

export function benchTask(id: string, more: Partial<TaskSpec> = {}): TaskSpec {
  return {
    id,
    framework: "services",
    image: "web:1",
    command: undefined,
    env: {},
    labels: { service: "web" },
    cpus: 0.1,
    memMiB: 32,
    ports: [{ name: "http", containerPort: 80, hostPort: 31000, protocol: "tcp" }],
    network: "bridge",
    health: undefined,
    killGraceMs: 3000,
    catalogName: "web",
    ...more,
  };
}

export const benchHealth = {
  kind: "http",
  port: "http",
  path: "/",
  intervalMs: 1000,
  timeoutMs: 500,
  graceMs: 5000,
  maxFailures: 3,
} as const;
