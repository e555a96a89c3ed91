/** What tasks' containers say and use: read beside the worker, which has no part in it. */
import type Docker from "dockerode";
import { ContainerError } from "../../ports/containers";
import type { OutputQuery, TaskOutput, TaskUsage } from "../../ports/task-output";
import type { DockerOptions } from "./docker";
import { connectEngine } from "./engine-calls";
import type { EngineCalls } from "./engine-calls";
import { readFrames } from "./frames";
import { ownContainerId } from "./own-container";
import { usageOf, type EngineStats } from "./usage";

export function connectDockerOutput(options: DockerOptions): TaskOutput {
  return new DockerOutput(options);
}

class DockerOutput implements TaskOutput {
  readonly docker: Docker;
  readonly engine: EngineCalls;

  constructor(private readonly options: DockerOptions) {
    ({ docker: this.docker, engine: this.engine } = connectEngine(options));
  }

  async logs(
    taskId: string,
    query: OutputQuery,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const id = await this.find(taskId);
    if (id === undefined) return undefined;
    const stream = await this.engine.call(`reading the log of task ${taskId}`, () =>
      this.dialLogs(id, query, signal),
    );
    return this.words(stream);
  }

  async usage(taskId: string): Promise<TaskUsage | undefined> {
    const id = await this.find(taskId);
    if (id === undefined) return undefined;
    const stats = await this.engine.call(`reading what task ${taskId} uses`, (abortSignal) =>
      // Not `one-shot`: the engine looks twice, a second apart, and so can say what was used in between.
      this.engine.dial(`/containers/${id}/stats`, abortSignal, { query: { stream: "false" } }),
    );
    return usageOf(stats as EngineStats);
  }

  private find(taskId: string): Promise<string | undefined> {
    return ownContainerId(this, this.options, taskId);
  }

  /** Past dockerode's own `logs`, which holds all of a log in memory that is not followed. */
  private dialLogs(
    id: string,
    { follow, tail, sinceMs, stream }: OutputQuery,
    abortSignal: AbortSignal,
  ): Promise<AsyncIterable<Buffer>> {
    const query = {
      stdout: String(stream !== "stderr"),
      stderr: String(stream !== "stdout"),
      follow: String(follow),
      tail: tail === undefined ? "all" : String(tail),
      since: sinceMs === undefined ? "0" : (sinceMs / 1000).toFixed(3),
    };
    return this.engine.dial(`/containers/${id}/logs`, abortSignal, {
      query,
      stream: true,
    }) as Promise<AsyncIterable<Buffer>>;
  }

  private async *words(stream: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
    try {
      for await (const { data } of readFrames(stream)) yield data;
    } catch (error) {
      throw new ContainerError("unavailable", `the log broke off: ${String(error)}`, {
        cause: error,
      });
    }
  }
}
