import type { OutputQuery, TaskOutput, TaskUsage } from "../../src/ports/task-output";

/** One node's tasks and what they say. A followed log goes on until its signal aborts. */
export class ScriptedOutput implements TaskOutput {
  readonly said = new Map<string, readonly string[]>();
  readonly queries: OutputQuery[] = [];
  /** Thrown by the next call. */
  fails: Error | undefined;
  #ended: () => void = () => undefined;
  /** Resolves when a followed log has ended. */
  readonly ended = new Promise<void>((resolve) => {
    this.#ended = resolve;
  });

  logs(
    taskId: string,
    query: OutputQuery,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (this.fails) return Promise.reject(this.fails);
    this.queries.push(query);
    const said = this.said.get(taskId);
    return Promise.resolve(said && this.words(said, query.follow, signal));
  }

  usage(taskId: string): Promise<TaskUsage | undefined> {
    if (this.fails) return Promise.reject(this.fails);
    const usage = { cpus: 0.5, memMiB: 12.25, memLimitMiB: 64, pids: 3 };
    return Promise.resolve(this.said.has(taskId) ? usage : undefined);
  }

  private async *words(
    said: readonly string[],
    follow: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    for (const text of said) yield Buffer.from(text);
    if (!follow) return;
    if (!signal.aborted)
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    this.#ended();
    throw new Error("aborted");
  }
}
