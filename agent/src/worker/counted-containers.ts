import { ContainerError, type ContainerEvent, type Containers } from "../ports/containers";
import type { ExecOutcome, FoundContainer, ImageWant } from "../ports/containers";
import type { ContainerFailures, ContainerOperation } from "../ports/figures";
import type { TaskSpec } from "../model/task";

/** A container engine that counts what it did not do. */
export class CountedContainers implements Containers {
  private readonly counts = new Map<string, ContainerFailures>();

  constructor(private readonly engine: Containers) {}

  /** Since it was made; as many as there are operations times faults, at the most. */
  failures(): ContainerFailures[] {
    return [...this.counts.values()];
  }

  list(): Promise<FoundContainer[]> {
    return this.counted("list", this.engine.list());
  }

  look(taskId: string): Promise<FoundContainer | undefined> {
    return this.counted("look", this.engine.look(taskId));
  }

  ensureImage(want: ImageWant, told?: (progress: string) => void): Promise<void> {
    return this.counted("image", this.engine.ensureImage(want, told));
  }

  create(spec: TaskSpec): Promise<string> {
    return this.counted("create", this.engine.create(spec));
  }

  start(id: string): Promise<void> {
    return this.counted("start", this.engine.start(id));
  }

  stop(id: string, graceMs: number): Promise<void> {
    return this.counted("stop", this.engine.stop(id, graceMs));
  }

  remove(id: string): Promise<void> {
    return this.counted("remove", this.engine.remove(id));
  }

  exec(id: string, command: readonly string[], timeoutMs: number): Promise<ExecOutcome> {
    return this.counted("exec", this.engine.exec(id, command, timeoutMs));
  }

  watch(listener: (event: ContainerEvent) => void, signal: AbortSignal): void {
    this.engine.watch(listener, signal);
  }

  ping(): Promise<string | undefined> {
    return this.engine.ping();
  }

  private async counted<T>(operation: ContainerOperation, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof ContainerError) this.count(operation, error.fault);
      throw error;
    }
  }

  private count(operation: ContainerOperation, fault: ContainerError["fault"]): void {
    const key = `${operation} ${fault}`;
    const count = (this.counts.get(key)?.count ?? 0) + 1;
    this.counts.set(key, { operation, fault, count });
  }
}
