export interface OutputQuery {
  /** Goes on with what is said from now on, until the task ends. */
  readonly follow: boolean;
  /** Only so many of the last lines, of both streams together; undefined: all that is kept. */
  readonly tail: number | undefined;
  /** Wall clock; undefined: from the beginning. */
  readonly sinceMs: number | undefined;
  readonly stream: "stdout" | "stderr" | "both";
}

/** What a task uses at this moment. */
export interface TaskUsage {
  /** Processors, averaged over the last second. */
  readonly cpus: number;
  /** Without the file cache, which is given back. */
  readonly memMiB: number;
  readonly memLimitMiB: number;
  readonly pids: number;
}

/**
 * What the containers of this node say and use, those that have ended too as long as they are there. Undefined where a task has
 * none here. Throws ContainerError; ends when the signal aborts.
 */
export interface TaskOutput {
  logs(
    taskId: string,
    query: OutputQuery,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array> | undefined>;
  usage(taskId: string): Promise<TaskUsage | undefined>;
}
