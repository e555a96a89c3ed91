import type { TaskSpec } from "../../src/model/task";
import type { Clock } from "../../src/ports/clock";
import type {
  ContainerEnd,
  ContainerEvent,
  Containers,
  ExecOutcome,
  FoundContainer,
  ImageWant,
} from "../../src/ports/containers";
import { ContainerError } from "../../src/ports/containers";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Call =
  "list" | "look" | "ensureImage" | "create" | "start" | "stop" | "remove" | "exec" | "ping";

export interface MemoryContainersOptions {
  readonly clock: Clock;
  /** How long each call takes; default 0 for all. */
  readonly latencyMs?: Partial<Record<Call, number>>;
  /** After which a hanging call fails with `unavailable`; default 30 s, `ping` 5 s. */
  readonly deadlineMs?: number;
}

/** A container engine in memory. What it holds survives the worker that made it. */
export class MemoryContainers implements Containers {
  /** Images that are not there. */
  readonly missingImages = new Set<string>();
  /** What is told of every pull. */
  pullProgress: readonly string[] = [];
  /** Host ports held by someone else. */
  readonly takenPorts = new Set<number>();
  /**
   * undefined: it answers; `down`: refuses at once; `hanging`: does nothing, every call runs into its deadline;
   * `mute`: does what it is asked for, but every call runs into its deadline.
   */
  fault: "down" | "hanging" | "mute" | undefined;
  /** Task ids whose process does not heed TERM. */
  readonly stubborn = new Set<string>();
  /** How commands end, by `TASK COMMAND`; others end with 0. */
  readonly execs = new Map<string, ExecOutcome>();
  /** Every change that was made, in order: `create t1`, `start t1`, ... */
  readonly journal: string[] = [];
  /** Called after each change of a caller has been made, before he hears of it. */
  afterChange: ((entry: string) => void) | undefined;

  private readonly held = new Map<string, Mutable<FoundContainer>>();
  private readonly listeners = new Set<(event: ContainerEvent) => void>();
  private readonly hanging = new Set<() => void>();
  private created = 0;

  constructor(private readonly options: MemoryContainersOptions) {}

  list(): Promise<FoundContainer[]> {
    return this.call("list", () => [...this.held.values()].map((container) => ({ ...container })));
  }

  look(taskId: string): Promise<FoundContainer | undefined> {
    return this.call("look", () => {
      const found = this.ofTask(taskId);
      return found && { ...found };
    });
  }

  ensureImage({ image }: ImageWant, told?: (progress: string) => void): Promise<void> {
    return this.call("ensureImage", () => {
      for (const progress of this.pullProgress) told?.(progress);
      if (this.missingImages.has(image))
        throw new ContainerError("image-not-found", `image '${image}' is not there`);
      this.afterChange?.(`ensure-image ${image}`);
    });
  }

  create(spec: TaskSpec): Promise<string> {
    return this.call("create", () => {
      if (this.ofTask(spec.id) !== undefined)
        throw new ContainerError("name-taken", `container covey-${spec.id} exists already`);
      const id = `container-${++this.created}`;
      this.held.set(id, {
        id,
        spec,
        state: "created",
        exitCode: undefined,
        oomKilled: false,
        startedAtMs: undefined,
        error: "",
      });
      this.changed(`create ${spec.id}`);
      return id;
    });
  }

  start(id: string): Promise<void> {
    return this.call("start", () => {
      const container = this.get(id);
      if (container.state === "running") return;
      const taken = container.spec.ports.find((port) => this.isTaken(port.hostPort));
      if (taken) {
        container.error = `port ${taken.hostPort} is already allocated`;
        throw new ContainerError("port-taken", `port ${taken.hostPort} is taken`);
      }
      container.state = "running";
      container.startedAtMs = this.options.clock.wallMs();
      this.changed(`start ${container.spec.id}`);
      this.tell(container.spec.id);
    });
  }

  async stop(id: string, graceMs: number): Promise<void> {
    const container = this.held.get(id);
    if (container?.state === "running" && this.stubborn.has(container.spec.id))
      await this.wait(graceMs);
    await this.call("stop", () => {
      const running = this.held.get(id);
      if (running?.state !== "running") return;
      const exitCode = this.stubborn.has(running.spec.id) ? 137 : 143;
      this.changed(`stop ${running.spec.id}`);
      this.exit(running.spec.id, { exitCode });
    });
  }

  remove(id: string): Promise<void> {
    return this.call("remove", () => {
      const container = this.held.get(id);
      if (!container) return;
      this.held.delete(id);
      this.changed(`remove ${container.spec.id}`);
      this.tell(container.spec.id);
    });
  }

  exec(id: string, command: readonly string[]): Promise<ExecOutcome> {
    return this.call("exec", () => {
      const { spec, state } = this.get(id);
      if (state !== "running") throw new ContainerError("refused", `container ${id} does not run`);
      return this.execs.get(`${spec.id} ${command.join(" ")}`) ?? { exitCode: 0, output: "" };
    });
  }

  watch(listener: (event: ContainerEvent) => void, signal: AbortSignal): void {
    this.listeners.add(listener);
    signal.addEventListener("abort", () => this.listeners.delete(listener), { once: true });
  }

  async ping(): Promise<string | undefined> {
    try {
      await this.call("ping", () => null);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The process of a task ends by itself, or is killed from outside. */
  exit(taskId: string, how: { readonly exitCode: number; readonly oomKilled?: boolean }): void {
    const container = this.ofTask(taskId);
    if (container?.state !== "running") throw new Error(`task ${taskId} does not run`);
    container.state = "exited";
    container.exitCode = how.exitCode;
    container.oomKilled = how.oomKilled ?? false;
    const { id, oomKilled } = container;
    this.tell(taskId, { containerId: id, exitCode: how.exitCode, oomKilled });
  }

  /** `docker rm -f` by someone else. */
  vanish(taskId: string): void {
    const container = this.ofTask(taskId);
    if (!container) throw new Error(`task ${taskId} has no container`);
    this.held.delete(container.id);
    this.tell(taskId);
  }

  /** The event stream breaks and comes back. */
  breakEvents(): void {
    for (const listener of [...this.listeners]) listener({ kind: "resync" });
  }

  /** It is started anew: connections end, and with them what hangs on them; it answers from now on. */
  restart(): void {
    this.fault = undefined;
    const hanging = [...this.hanging];
    this.hanging.clear();
    for (const end of hanging) end();
    this.breakEvents();
  }

  /** What is there, as an onlooker sees it. */
  all(): readonly FoundContainer[] {
    return [...this.held.values()];
  }

  ofTask(taskId: string): Mutable<FoundContainer> | undefined {
    return [...this.held.values()].find((container) => container.spec.id === taskId);
  }

  private get(id: string): Mutable<FoundContainer> {
    const container = this.held.get(id);
    if (!container) throw new ContainerError("not-found", `no container ${id}`);
    return container;
  }

  private isTaken(port: number): boolean {
    return (
      this.takenPorts.has(port) ||
      this.all().some(
        ({ state, spec }) =>
          state === "running" && spec.ports.some((other) => other.hostPort === port),
      )
    );
  }

  private changed(entry: string): void {
    this.journal.push(entry);
    this.afterChange?.(entry);
  }

  /** As Docker does: the event arrives after the change, not within the call. */
  private tell(taskId: string, ended?: ContainerEnd): void {
    if (this.fault) return;
    this.options.clock.after(0, () => {
      for (const listener of [...this.listeners])
        listener({ kind: "changed", taskId, ...(ended ? { ended } : {}) });
    });
  }

  private async call<T>(name: Call, operation: () => T): Promise<T> {
    const latencyMs = this.options.latencyMs?.[name] ?? 0;
    if (latencyMs > 0) await this.wait(latencyMs);
    else await Promise.resolve();
    const { fault } = this;
    if (fault === "hanging" || fault === "mute") {
      if (fault === "mute") operation();
      await this.hang(name === "ping" ? 5000 : (this.options.deadlineMs ?? 30_000));
      throw new ContainerError("unavailable", `Docker did not answer ${name} in time`);
    }
    if (this.fault === "down")
      throw new ContainerError("unavailable", "Docker does not answer: is dockerd running?");
    return operation();
  }

  private hang(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.hanging.add(resolve);
      this.options.clock.after(delayMs, () => {
        this.hanging.delete(resolve);
        resolve();
      });
    });
  }

  private wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.options.clock.after(delayMs, resolve);
    });
  }
}
